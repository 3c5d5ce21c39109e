"""How long an office was open between two moments: the time that counts while it is the office's turn. Pure.

By the hours of its week (two spans a day are two), without public holidays and its own closed days, with the
weekend days that offices of the state work instead. Nights, lunch and days off do not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from vssid.kernel.calendar import VIETNAM, end_of, local_day, start_of, working_days

from . import hours
from .hours import Opening

ONE_DAY = timedelta(days=1)
NONE = timedelta()
# A file that has lain for longer is old beyond counting; the sum stops there.
MOST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class Week:
    """The hours of an office and its own days off. Without hours a working day counts whole, 00:00 to 24:00,
    since nothing better is known.
    """

    openings: tuple[Opening, ...] = ()
    closed: frozenset[date] = frozenset()

    @property
    def usual_day(self) -> timedelta:
        """The longest day of the week: what is meant by one day of work."""
        return _usual_day(self.openings)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The time the office was open from `start` to `end`; none where the end is not later."""
        total, first = NONE, local_day(start)
        for number in range(min((local_day(end) - first).days, MOST_DAYS) + 1):
            for opened, closes in self._open_on(first + timedelta(days=number)):
                total += max(NONE, min(closes, end) - max(opened, start))
        return total

    def _open_on(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        if not self.openings:
            if day not in self.closed and working_days(day.year).is_working(day):
                yield start_of(day), end_of(day)
            return
        if hours.is_day_off(self.openings, day, self.closed):
            return
        for opened, closes in _merged(self.openings, hours.week_day(day, of_state=True)):
            yield datetime.combine(day, opened, VIETNAM), datetime.combine(day, closes, VIETNAM)


@lru_cache(maxsize=1024)
def _usual_day(openings: tuple[Opening, ...]) -> timedelta:
    days = {day for opening in openings for day in opening.days}
    return max((_length(_merged(openings, day)) for day in days), default=ONE_DAY)


def _merged(openings: tuple[Opening, ...], week_day: int) -> list[tuple[time, time]]:
    """The spans of a day in order; where two overlap, the time counts once."""
    spans: list[tuple[time, time]] = []
    for opened, closes in sorted((o.open, o.close) for o in openings if week_day in o.days):
        if spans and opened <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], closes))
        else:
            spans.append((opened, closes))
    return spans


def _length(spans: list[tuple[time, time]]) -> timedelta:
    return sum((_since_midnight(closes) - _since_midnight(opened) for opened, closes in spans), NONE)


def _since_midnight(moment: time) -> timedelta:
    return timedelta(hours=moment.hour, minutes=moment.minute)
