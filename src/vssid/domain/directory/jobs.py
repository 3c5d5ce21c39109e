"""What time does to the directory: the index follows the files."""

from __future__ import annotations

from procrastinate.contrib.django import app

from . import index


@app.periodic(cron="* * * * *")
@app.task(
    name="directory.refresh_index",
    queue="default",
    queueing_lock="directory.refresh_index",
    pass_context=False,
)
def refresh_index(timestamp: int) -> None:
    """Take what files and edits changed in the last minute; nothing changed costs three short queries."""
    index.refresh()
