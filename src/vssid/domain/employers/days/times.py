"""The times of a registration day, and what HR must say to propose one. Limits are our own choice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from vssid.kernel.calendar import VIETNAM, local_day
from vssid.kernel.errors import Invalid

from ..models.days import RegistrationDay

LONGEST_PLACE, LONGEST_NOTE, LONGEST_WHY = 200, 500, 500
SLOTS = (10, 15, 20, 30, 60)
MOST_PER_SLOT, MOST_EXPECTED = 20, 2_000
FURTHEST = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A day as HR asks for it."""

    on: date
    opens: time
    closes: time
    place: str
    expected: int
    slot_minutes: int
    per_slot: int
    note: str = ""

    @property
    def places(self) -> int:
        """How many workers the times have room for."""
        return len(starts(self.on, self.opens, self.closes, self.slot_minutes)) * self.per_slot


def starts(on: date, opens: time, closes: time, minutes: int) -> list[datetime]:
    """When the times begin; each ends before the day closes."""
    at, end = (datetime.combine(on, moment, VIETNAM) for moment in (opens, closes))
    step, found = timedelta(minutes=minutes), []
    while at + step <= end:
        found.append(at)
        at += step
    return found


def of_day(day: RegistrationDay) -> list[datetime]:
    """The times of a day."""
    return starts(day.on, day.opens, day.closes, day.slot_minutes)


def check(wanted: Wanted, now: datetime) -> None:
    """Raises Invalid by field: past, far, before_opens, required, too_long, bad_choice, out_of_range or
    no_room, where the times are too few for those expected.
    """
    today, wrong = local_day(now), {}
    if wanted.on <= today:
        wrong["on"] = "past"
    elif wanted.on - today > FURTHEST:
        wrong["on"] = "far"
    if wanted.closes <= wanted.opens:
        wrong["closes"] = "before_opens"
    if not wanted.place:
        wrong["place"] = "required"
    elif len(wanted.place) > LONGEST_PLACE:
        wrong["place"] = "too_long"
    if len(wanted.note) > LONGEST_NOTE:
        wrong["note"] = "too_long"
    if wanted.slot_minutes not in SLOTS:
        wrong["slot_minutes"] = "bad_choice"
    if not 1 <= wanted.per_slot <= MOST_PER_SLOT:
        wrong["per_slot"] = "out_of_range"
    if not 1 <= wanted.expected <= MOST_EXPECTED:
        wrong["expected"] = "out_of_range"
    elif not wrong and wanted.places < wanted.expected:
        wrong["expected"] = "no_room"
    if wrong:
        raise Invalid(**wrong)
