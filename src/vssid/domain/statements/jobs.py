"""What time does to statements: their files go after a term."""

from __future__ import annotations

from procrastinate.contrib.django import app

from vssid.domain.casework import batches
from vssid.infra.database import clock

from . import files


@app.periodic(cron="55 19 * * *")
@app.task(name="statements.nightly", queue="default", queueing_lock="statements.nightly", pass_context=False)
def nightly(timestamp: int) -> None:
    """At 02:55 in Việt Nam: files past their term, files nobody names."""
    batches.run((files.erase_old, files.sweep_orphans), clock.of_database())
