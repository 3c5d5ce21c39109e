"""Days and terms in Việt Nam time.

Counting rule: Civil Code 2015, articles 147 and 148 (registration.md section 8). The day of the event is
not counted; a term ends at 24:00 of its last day; when that day is a weekend day or a public holiday it
ends at 24:00 of the next working day. Whether the live service rolls over holidays is unknown [?], so the
rule is a function of a `WorkingDays` value and the length a setting.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
SATURDAY = 5  # as date.weekday() counts
FRIDAY = 5  # as date.isoweekday() counts


def local_day(moment: datetime) -> date:
    """The calendar day in Việt Nam of an aware moment."""
    return moment.astimezone(VIETNAM).date()


def end_of(day: date) -> datetime:
    """24:00 of the day in Việt Nam: the first moment that is too late."""
    return datetime.combine(day + timedelta(days=1), time.min, VIETNAM)


def start_of(day: date) -> datetime:
    """00:00 of the day in Việt Nam."""
    return datetime.combine(day, time.min, VIETNAM)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Which days are worked: Monday to Friday but for those `off`, and the weekend days that are `worked`."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Does a term count the day, may it end on it?"""
        return day in self.worked if day.weekday() >= SATURDAY else day not in self.off


def last_day(confirmed: datetime, days: int, calendar: WorkingDays) -> date:
    """The last day of a term of `days` days that starts with the event at `confirmed`."""
    day = local_day(confirmed) + timedelta(days=days)
    while not calendar.is_working(day):
        day += timedelta(days=1)
    return day


def last_working_day(event: datetime, days: int, calendar: WorkingDays) -> date:
    """The last day of a term of `days` working days; the day of the event is not counted."""
    day = local_day(event)
    while days > 0:
        day += timedelta(days=1)
        days -= calendar.is_working(day)
    return day


@lru_cache(maxsize=64)
def working_days(year: int) -> WorkingDays:
    """Public holidays, days in lieu and swaps of a year [M for years not yet announced].

    The `holidays` package, and over it `data/working_day_swaps.csv`: swaps are decided year by year, and no
    package knows them all. Both ways: a weekday that is off, a weekend day that is worked.
    """
    import holidays  # half of what a process that only reads a file needs to start

    package = holidays.country_holidays("VN", years=year)
    off = {*package.keys()}
    worked = {day for day in package.weekend_workdays if day.year == year}
    for day, works in _swaps().items():
        if day.year == year:
            (worked if works else off).add(day)
            (off if works else worked).discard(day)
    return WorkingDays(frozenset(off), frozenset(worked))


@lru_cache(maxsize=1)
def _swaps() -> dict[date, bool]:
    with (files("vssid.kernel") / "data" / "working_day_swaps.csv").open(encoding="utf-8") as lines:
        return {date.fromisoformat(row["date"]): row["works"] == "yes" for row in csv.DictReader(lines)}


def working_days_around(day: date) -> WorkingDays:
    """Those of the year of `day` and the next, enough for any term of days."""
    this, following = working_days(day.year), working_days(day.year + 1)
    return WorkingDays(this.off | following.off, this.worked | following.worked)


def moment_of(text: str) -> datetime | None:
    """The moment that a page of ours wrote down (ISO, with its zone); None for anything else."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
