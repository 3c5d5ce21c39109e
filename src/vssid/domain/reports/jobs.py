"""The room's jobs: counts that reports read."""

from __future__ import annotations

from procrastinate.contrib.django import app

from vssid.infra.database import clock

from . import counting, making, schedules


@app.periodic(cron="7 * * * *")
@app.task(name="reports.count", queue="default", queueing_lock="reports.count")
def count(timestamp: int) -> None:
    """Each hour: files, and how far the workers of each employer are."""
    counting.recount(clock.of_database())


@app.periodic(cron="40 20 * * *")
@app.task(name="reports.count_people", queue="default", queueing_lock="reports.count_people")
def count_people(timestamp: int) -> None:
    """At 03:40 in Việt Nam: also who works where, by the newest file of contributions."""
    counting.recount(clock.of_database(), people=True)


@app.periodic(cron="20 * * * *")
@app.task(name="reports.make", queue="default", queueing_lock="reports.make")
def make(timestamp: int) -> None:
    """Each hour, after the count: reports that posts have made each week or month, and old ones away."""
    now = clock.of_database()
    making.make_due(now)
    schedules.forget_old(now)
