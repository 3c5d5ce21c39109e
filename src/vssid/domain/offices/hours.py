"""Opening hours: read from a cell, said in Vietnamese. Pure.

Offices of the state work on the weekend days that are swapped for weekdays, by the hours of a weekday; other
places keep the hours of their week.

A cell is `2-6 07:30-11:30 13:30-17:00; 7 07:30-11:30` with Vietnamese week days (2 = Monday … 7 = Saturday,
8 = Sunday). Kept as a list of {days, open, close} with ISO days.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from vssid.kernel.calendar import FRIDAY, SATURDAY, VIETNAM, working_days

_DAYS = re.compile(r"^([2-8])(?:-([2-8]))?$")
_SPAN = re.compile(r"^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$")


DAYS = 7
LOOK_AHEAD = 30  # days; longer than any row of public holidays


class BadHours(ValueError):
    """The cell is not written as this module's docstring says."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Open from `open` to `close` on some ISO days."""

    days: tuple[int, ...]
    open: time
    close: time


def parse(cell: str) -> list[Opening]:
    """Read a cell. Raises BadHours."""
    openings: list[Opening] = []
    for group in filter(None, (group.strip() for group in cell.split(";"))):
        days, *spans = group.split()
        if not (match := _DAYS.match(days)) or not spans:
            raise BadHours
        first, last = int(match[1]), int(match[2] or match[1])
        openings.extend(_opening(range(first - 1, last), span) for span in spans)
    return openings


def _opening(days: Sequence[int], span: str) -> Opening:
    if not (match := _SPAN.match(span)) or not days:
        raise BadHours
    start, end = time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))
    if start >= end:
        raise BadHours
    return Opening(tuple(days), start, end)


def to_cell(openings: Sequence[Opening]) -> str:
    """As `parse` reads it."""
    groups: dict[tuple[int, ...], list[str]] = {}
    for o in openings:
        groups.setdefault(o.days, []).append(f"{o.open:%H:%M}-{o.close:%H:%M}")
    return "; ".join(f"{_written(days)} {' '.join(spans)}" for days, spans in groups.items())


def _written(days: tuple[int, ...]) -> str:
    first, last = days[0] + 1, days[-1] + 1
    return f"{first}" if len(days) == 1 else f"{first}-{last}"


def to_json(openings: Sequence[Opening]) -> list[dict[str, Any]]:
    """As stored."""
    return [{"days": [*o.days], "open": f"{o.open:%H:%M}", "close": f"{o.close:%H:%M}"} for o in openings]


def from_json(rows: Sequence[dict[str, Any]]) -> tuple[Opening, ...]:
    """From the stored form."""
    return tuple(
        Opening(tuple(row["days"]), time.fromisoformat(row["open"]), time.fromisoformat(row["close"]))
        for row in rows
    )


def _day_name(day: int) -> str:
    names = [_("Thứ Hai"), _("Thứ Ba"), _("Thứ Tư"), _("Thứ Năm"), _("Thứ Sáu"), _("Thứ Bảy"), _("Chủ nhật")]
    return names[day - 1]


def lines(openings: Sequence[Opening]) -> list[str]:
    """One line for each group of days: `Thứ Hai – Thứ Sáu: 7:30–11:30, 13:30–17:00`."""
    groups: dict[tuple[int, ...], list[str]] = {}
    for o in openings:
        groups.setdefault(o.days, []).append(f"{o.open.hour}:{o.open:%M}–{o.close.hour}:{o.close:%M}")
    return [f"{_days(days)}: {', '.join(spans)}" for days, spans in groups.items()]


def _days(days: tuple[int, ...]) -> str:
    first, last = _day_name(days[0]), _day_name(days[-1])
    return first if len(days) == 1 else f"{first} – {last}"


def is_open(
    openings: Sequence[Opening], now: datetime, closed: Collection[date] = (), *, of_state: bool = False
) -> bool:
    """Open at this moment, in Việt Nam time: within the week's hours and not on a day off."""
    local = now.astimezone(VIETNAM)
    day = week_day(local.date(), of_state=of_state)
    inside = any(day in o.days and o.open <= local.time() < o.close for o in openings)
    return inside and not is_day_off(openings, local.date(), closed)


def week_day(day: date, *, of_state: bool) -> int:
    """The ISO week day whose hours hold on a day. That a swapped weekend day has those of a Friday is [M]."""
    swapped = of_state and day.weekday() >= SATURDAY and working_days(day.year).is_working(day)
    return FRIDAY if swapped else day.isoweekday()


def is_day_off(openings: Sequence[Opening], day: date, closed: Collection[date] = ()) -> bool:
    """A day of `closed`, or a holiday or day swapped: on these all rest but who is open day and night."""
    return day in closed or (day in working_days(day.year).off and not _is_day_and_night(openings))


def _is_day_and_night(openings: Sequence[Opening]) -> bool:
    whole = {day for o in openings if o.open == time.min and o.close >= time(23, 59) for day in o.days}
    return len(whole) == DAYS


def closes(openings: Sequence[Opening], now: datetime, *, of_state: bool = False) -> time | None:
    """When what is open now closes; None where nothing is, or where it goes on all night."""
    local = now.astimezone(VIETNAM)
    day = week_day(local.date(), of_state=of_state)
    ends = [o.close for o in openings if day in o.days and o.open <= local.time() < o.close]
    return None if not ends or max(ends) >= time(23, 59) else max(ends)


def opens(
    openings: Sequence[Opening], now: datetime, closed: Collection[date] = (), *, of_state: bool = False
) -> datetime | None:
    """When it opens next, in Việt Nam time; None when not within the next weeks."""
    local = now.astimezone(VIETNAM)
    for ahead in range(LOOK_AHEAD):
        day = local.date() + timedelta(days=ahead)
        of_week = week_day(day, of_state=of_state)
        starts = [o.open for o in openings if of_week in o.days]
        later = [start for start in sorted(starts) if ahead or start > local.time()]
        if later and not is_day_off(openings, day, closed):
            return datetime.combine(day, later[0], VIETNAM)
    return None
