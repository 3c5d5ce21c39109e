"""Whose turn it is, and for how long it was the office's. Pure.

A file waits for the person or for the office; the office's clock runs only on the office's turn, and only
while the office is open (`offices.working_time`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from vssid.domain.offices.working_time import NONE, Week


class Turn(StrEnum):
    """Who has to do something; nobody with what is closed or not sent."""

    PERSON = "person"
    OFFICE = "office"
    NOBODY = "nobody"


# From when on whose turn it was; in the order of time, each ends where the next begins.
Change = tuple[datetime, Turn]


@dataclass(frozen=True, slots=True)
class Standing:
    """Whose turn it is now and since when; `spent`: what all turns of the office took, in opening time."""

    turn: Turn
    since: datetime
    spent: timedelta

    @property
    def is_office(self) -> bool:
        """Does the office's clock run?"""
        return self.turn is Turn.OFFICE

    @property
    def is_person(self) -> bool:
        """Does the file wait for the person?"""
        return self.turn is Turn.PERSON


def standing(changes: Sequence[Change], week: Week, now: datetime) -> Standing:
    """How a file stands after these changes, of which there is at least one."""
    spent, ends = NONE, [at for at, _turn in changes[1:]] + [now]
    for (begun, turn), end in zip(changes, ends, strict=True):
        if turn is Turn.OFFICE:
            spent += week.between(begun, end)
    at, turn = changes[-1]
    # Twice the same turn in a row is one: it began with the first.
    for earlier, same in reversed(changes[:-1]):
        if same is not turn:
            break
        at = earlier
    return Standing(turn, at, spent)
