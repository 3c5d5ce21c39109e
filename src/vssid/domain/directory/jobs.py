"""What time does to the directory: the index follows the files."""

from __future__ import annotations

from procrastinate.contrib.django import app

from vssid.infra.database import clock

from . import edits, index


@app.periodic(cron="* * * * *")
@app.task(
    name="directory.refresh_index",
    queue="default",
    queueing_lock="directory.refresh_index",
    pass_context=False,
)
def refresh_index(timestamp: int) -> None:
    """Take what files and edits changed in the last minute; nothing changed costs three short queries."""
    index.refresh(wait=False)


@app.periodic(cron="*/5 * * * *")
@app.task(
    name="directory.apply_changes",
    queue="default",
    queueing_lock="directory.apply_changes",
    pass_context=False,
)
def apply_changes(timestamp: int) -> None:
    """Apply the changes by hand whose day has come."""
    edits.apply_due(clock.of_database())
