"""Keep the table of texts by office: each hour the days on which something changed, each night all that is
kept.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from vssid.kernel.calendar import local_day, start_of

from .models import TextLine
from .reading import sql

DAY = timedelta(days=1)
KEPT = timedelta(days=100)
# A change that was committed after the count before began, though it happened earlier.
SLACK = timedelta(minutes=10)


def recount(cursor: Any, now: datetime, *, since: datetime | None) -> None:
    """Count anew what changed since; everything with None, and the first time. After the files, whose offices
    are told here.
    """
    today = local_day(now)
    oldest = today - KEPT
    is_whole = since is None or not TextLine.objects.exists()
    days = _all(oldest, today) if since is None or is_whole else _touched(cursor, oldest, since - SLACK)
    TextLine.objects.filter(day__in=days).delete()
    TextLine.objects.filter(day__lt=oldest).delete()
    cursor.execute(sql("count_texts"), {"days": sorted(days)})


def _all(oldest: date, today: date) -> set[date]:
    return {oldest + number * DAY for number in range((today - oldest).days + 1)}


def _touched(cursor: Any, oldest: date, since: datetime) -> set[date]:
    """A file that was sent meanwhile brings with it the code by which it was sent, of that day or the one
    before.
    """
    cursor.execute(sql("touched_texts"), {"from": start_of(oldest), "since": since})
    found = {day for (day,) in cursor.fetchall()} | {local_day(since), local_day(since) - DAY}
    return {day for day in found if day >= oldest}
