"""Each night: where the log ends is written down outside the database."""

from __future__ import annotations

from procrastinate.contrib.django import app

from vssid.infra.database import clock

from . import anchors


@app.periodic(cron="10 20 * * *")
@app.task(name="audit.anchor", queue="default", queueing_lock="audit.anchor")
def anchor(timestamp: int) -> None:
    """At 03:10 in Việt Nam."""
    anchors.take(now=clock.of_database())
