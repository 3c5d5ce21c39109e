"""Jobs that need what doors say."""

from __future__ import annotations

from procrastinate.contrib.django import app

from vssid.api.v1 import open_data


@app.periodic(cron="17 * * * *")
@app.task(
    name="house.make_open_data", queue="default", queueing_lock="house.make_open_data", pass_context=False
)
def make_open_data(timestamp: int) -> None:
    """Lay down what everybody may read, so that no reader has it made."""
    open_data.make_all()
