"""The clocks of files: the last day for whoever's turn it is (docs/adr/0005 says how days are counted)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from vssid.kernel.calendar import end_of, last_day, last_working_day, local_day, working_days_around

ONE_DAY = timedelta(days=1)


def calendar_days(start: datetime, days: int) -> date:
    """The last of `days` days after a moment; one that falls on a day off ends on the next working day."""
    return last_day(start, days, working_days_around(local_day(start)))


def working_days(start: datetime, days: int) -> date:
    """The last of `days` working days after a moment, whose own day is not counted."""
    return last_working_day(start, days, working_days_around(local_day(start)))


def days_left(due_on: date, now: datetime) -> int:
    """Whole days between today in Việt Nam and the last day: 0 on that day, negative when it is over."""
    return (due_on - local_day(now)).days


def start_of_day(now: datetime) -> datetime:
    """00:00 of today in Việt Nam."""
    return end_of(local_day(now) - ONE_DAY)
