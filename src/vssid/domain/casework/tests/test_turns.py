"""The office's clock runs on its own turns alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from vssid.domain.casework.turns import Change, Turn, standing
from vssid.domain.families import states as families
from vssid.domain.offices import hours
from vssid.domain.offices.working_time import Week
from vssid.domain.procedures import states as procedures
from vssid.domain.registration import states as registration
from vssid.domain.support import states as support
from vssid.kernel.calendar import VIETNAM

WEEK = Week(tuple(hours.parse("2-6 07:30-11:30 13:30-17:00")))
OFFICE, PERSON, NOBODY = Turn.OFFICE, Turn.PERSON, Turn.NOBODY


def at(day: int, hour: int) -> datetime:
    """An hour of November 2026; the 18th is a Wednesday."""
    return datetime(2026, 11, day, hour, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("changes", "now", "turn", "since", "hours_spent"),
    [
        ([(at(18, 8), OFFICE)], at(18, 10), OFFICE, at(18, 8), 2),
        ([(at(18, 8), PERSON)], at(20, 10), PERSON, at(18, 8), 0),
        # Sent, asked for more, answered a week later: the week is not the office's.
        (
            [(at(18, 8), OFFICE), (at(18, 10), PERSON), (at(25, 8), OFFICE)],
            at(25, 9),
            OFFICE,
            at(25, 8),
            3,
        ),
        ([(at(18, 8), PERSON), (at(19, 8), OFFICE), (at(19, 11), NOBODY)], at(27, 9), NOBODY, at(19, 11), 3),
        # The person writes twice: the turn began with the first.
        ([(at(18, 8), OFFICE), (at(18, 9), OFFICE)], at(18, 11), OFFICE, at(18, 8), 3),
        # What lay over night and over lunch.
        ([(at(18, 16), OFFICE)], at(19, 14), OFFICE, at(18, 16), 5.5),
    ],
)
def test_what_the_persons_turns_took_is_not_the_offices(
    changes: list[Change], now: datetime, turn: Turn, since: datetime, hours_spent: float
) -> None:
    stands = standing(changes, WEEK, now)
    assert (stands.turn, stands.since) == (turn, since)
    assert stands.spent == timedelta(hours=hours_spent)


@pytest.mark.parametrize("states", [registration, procedures, families, support])
def test_every_state_is_somebodys_turn_or_says_that_it_is_nobodys(states: Any) -> None:
    assert set(states.TURNS) == set(states.State)
