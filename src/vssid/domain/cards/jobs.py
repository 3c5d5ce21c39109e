"""Once a day: announce the next signing key in time, switch to it, destroy what is no longer needed."""

from __future__ import annotations

from procrastinate.contrib.django import app

from vssid.infra.database import clock

from . import actions


@app.periodic(cron="30 20 * * *")
@app.task(name="cards.tend_keys", queue="default", queueing_lock="cards.tend_keys")
def tend_keys(timestamp: int) -> None:
    """At 03:30 in Việt Nam."""
    actions.tend_keys(now=clock.of_database())
