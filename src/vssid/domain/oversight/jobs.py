"""Each night: what the log shows of the day before."""

from __future__ import annotations

import structlog
from procrastinate.contrib.django import app

from vssid.infra.database import clock
from vssid.kernel.calendar import local_day

from . import alerts

log = structlog.get_logger()


@app.periodic(cron="25 20 * * *")
@app.task(name="oversight.note", queue="default", queueing_lock="oversight.note")
def note(timestamp: int) -> None:
    """At 03:25 in Việt Nam."""
    now = clock.of_database()
    if told := alerts.note_days(local_day(now), now=now):
        log.warning("oversight_alerts", count=told)
