"""What time does to employers' papers."""

from __future__ import annotations

from procrastinate.contrib.django import app

from vssid.domain.casework import batches
from vssid.infra.database import clock

from .papers import filing


@app.periodic(cron="20 20 * * *")
@app.task(name="employers.nightly", queue="default", queueing_lock="employers.nightly", pass_context=False)
def nightly(timestamp: int) -> None:
    """At 03:20 in Việt Nam; one that fails must not keep the other from its work."""
    batches.run((filing.erase_old, filing.sweep_orphans), clock.of_database())
