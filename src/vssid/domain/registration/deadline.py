"""The last day to hand in the signed form: ten days, counted as docs/adr/0005 says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from vssid.kernel.calendar import end_of, last_day, local_day, working_days_around

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """The last day, and the first moment that is too late (24:00 of that day in Việt Nam)."""

    day: date
    at: datetime


def due(confirmed: datetime, days: int) -> Due:
    """The term of `days` days that starts when the application is sent."""
    day = last_day(confirmed, days, working_days_around(local_day(confirmed)))
    return Due(day, end_of(day))


def days_left(due_on: date, now: datetime) -> int:
    """Whole days between today in Việt Nam and the last day; 0 on the last day itself."""
    return (due_on - local_day(now)).days
