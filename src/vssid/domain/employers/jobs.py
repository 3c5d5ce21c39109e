"""What time does to employers: rosters follow the register, papers are put away."""

from __future__ import annotations

from procrastinate.contrib.django import app

from vssid.domain.casework import batches
from vssid.infra.database import clock

from .papers import filing
from .roster import refreshing


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="employers.follow_files", queue="default", queueing_lock="employers.follow_files", pass_context=False
)
def follow_files(timestamp: int) -> None:
    """Make the rosters anew when a file of the register came in; else a few short queries."""
    if refreshing.is_behind():
        refreshing.refresh(clock.of_database())


@app.periodic(cron="20 20 * * *")
@app.task(name="employers.nightly", queue="default", queueing_lock="employers.nightly", pass_context=False)
def nightly(timestamp: int) -> None:
    """At 03:20 in Việt Nam; one that fails must not keep the other from its work."""
    batches.run((filing.erase_old, filing.sweep_orphans), clock.of_database())
