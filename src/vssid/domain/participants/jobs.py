"""What time does to the register: what hangs on merged people follows them, employers are counted."""

from __future__ import annotations

from datetime import timedelta

import structlog
from procrastinate.contrib.django import app

from vssid.infra.database import clock

from . import unsealed
from .employers import statistics
from .merges import merge_hooks

# A merge is written within hours of the time that it bears; what is older the nightly look finds.
RECENT = timedelta(days=1)
NIGHT = 30 * 60.0  # seconds
log = structlog.get_logger()


@app.periodic(cron="* * * * *")
@app.task(name="participants.follow_merges", queue="default", pass_context=False)
def follow_merges(timestamp: int) -> None:
    """Follow the merges of late."""
    now = clock.of_database()
    merge_hooks.follow(now - RECENT, now=now)


@app.periodic(cron="35 19 * * *")
@app.task(name="participants.follow_all_merges", queue="default", pass_context=False)
def follow_all_merges(timestamp: int) -> None:
    """Follow every merge that left something behind (02:35 in Việt Nam)."""
    merge_hooks.follow(None, now=clock.of_database())


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="participants.count_after_files",
    queue="default",
    queueing_lock="participants.count_after_files",
    pass_context=False,
)
def count_after_files(timestamp: int) -> None:
    """Count the employers' standings when a file of contributions came in; else two short queries."""
    if statistics.is_behind():
        statistics.count(now=clock.of_database())


@app.periodic(cron="55 19 * * *")
@app.task(
    name="participants.count_standings",
    queue="default",
    queueing_lock="participants.count_standings",
    pass_context=False,
)
def count_employer_statistics(timestamp: int) -> None:
    """Count them every night too (02:55 in Việt Nam), when merges of people have been followed."""
    statistics.count(now=clock.of_database())


@app.periodic(cron="15 20 * * *")
@app.task(
    name="participants.seal_plain",
    queue="default",
    queueing_lock="participants.seal_plain",
    pass_context=False,
)
def seal_plain(timestamp: int) -> None:
    """Seal what an older version wrote in plain (03:15 in Việt Nam); what is left waits a day."""
    if done := unsealed.seal(seconds=NIGHT):
        log.info("plain_columns_sealed", count=done)
