"""The last day to hand in the signed form: ten days, counted as docs/adr/0005 says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from vssid.domain.casework import clocks
from vssid.kernel.calendar import end_of


@dataclass(frozen=True, slots=True)
class Due:
    """The last day, and the first moment that is too late (24:00 of that day in Việt Nam)."""

    day: date
    at: datetime


def due(confirmed: datetime, days: int) -> Due:
    """The term of `days` days that starts when the application is sent."""
    day = clocks.calendar_days(confirmed, days)
    return Due(day, end_of(day))
