"""Days and terms in Việt Nam time.

Counting rule: Civil Code 2015, articles 147 and 148 (registration.md section 8). The day of the event is
not counted; a term ends at 24:00 of its last day; when that day is a weekend day or a public holiday it
ends at 24:00 of the next working day. Whether the live service rolls over holidays is unknown [?], so the
rule is a function of a `Holidays` value and the length a setting.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
SATURDAY = 5


def local_day(moment: datetime) -> date:
    """The calendar day in Việt Nam of an aware moment."""
    return moment.astimezone(VIETNAM).date()


def end_of(day: date) -> datetime:
    """24:00 of the day in Việt Nam: the first moment that is too late."""
    return datetime.combine(day + timedelta(days=1), time.min, VIETNAM)


def start_of(day: date) -> datetime:
    """00:00 of the day in Việt Nam."""
    return datetime.combine(day, time.min, VIETNAM)


def is_working_day(day: date, off: Collection[date]) -> bool:
    """Neither Saturday, Sunday nor a public holiday."""
    return day.weekday() < SATURDAY and day not in off


def last_day(confirmed: datetime, days: int, off: Collection[date]) -> date:
    """The last day of a term of `days` days that starts with the event at `confirmed`."""
    day = local_day(confirmed) + timedelta(days=days)
    while not is_working_day(day, off):
        day += timedelta(days=1)
    return day


def last_working_day(event: datetime, days: int, off: Collection[date]) -> date:
    """The last day of a term of `days` working days; the day of the event is not counted."""
    day = local_day(event)
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day, off)
    return day


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """Public holidays with days in lieu, from the `holidays` package [M for years not yet announced]."""
    return frozenset(holidays.country_holidays("VN", years=year).keys())


def holidays_around(day: date) -> frozenset[date]:
    """Holidays of the year of `day` and the next, enough for any term of days."""
    return public_holidays(day.year) | public_holidays(day.year + 1)
