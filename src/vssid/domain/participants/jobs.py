"""What time does to merged people: what hangs on them goes to those who are kept."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from . import following

# A merge is written within hours of the time that it bears; what is older the nightly look finds.
RECENT = timedelta(days=1)


@app.periodic(cron="* * * * *")
@app.task(name="participants.follow_merges", queue="default", pass_context=False)
def follow_merges(timestamp: int) -> None:
    """Follow the merges of late."""
    now = timezone.now()
    following.follow(now - RECENT, now=now)


@app.periodic(cron="35 19 * * *")
@app.task(name="participants.follow_all_merges", queue="default", pass_context=False)
def follow_all_merges(timestamp: int) -> None:
    """Follow every merge that left something behind (02:35 in Việt Nam)."""
    following.follow(None, now=timezone.now())
