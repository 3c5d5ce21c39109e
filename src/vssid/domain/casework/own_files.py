"""Nobody decides a file of their own, of their household, or of somebody they answer for.

Who is close to whom is not known here: accounts hands in how to ask (`register`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from vssid.infra.database import clock
from vssid.kernel.actor import Actor
from vssid.kernel.errors import DomainError


@dataclass(frozen=True, slots=True)
class Closeness:
    """`who`: the person of the register that an actor is, None while nobody said. `how`: from that person to
    another: own, household, guardian, trusted, or empty.
    """

    who: Callable[[Actor], int | None]
    how: Callable[[int, int, datetime], str]


_handed_in: list[Closeness] = []


class OwnFile(DomainError):
    """The officer is close to the person: `how` says own, household, guardian or trusted."""

    code = "own_file"

    def __init__(self, *, how: str) -> None:
        super().__init__(how=how)
        self.how = how


def register(closeness: Closeness) -> None:
    """Hand in how to ask, once, at start. Raises ValueError for a second one."""
    if _handed_in:
        raise ValueError("closeness is handed in twice")
    _handed_in.append(closeness)


def refuse(by: Actor, persons: Callable[[], Collection[int]]) -> None:
    """Raises OwnFile when the actor is close to one of the persons that a file is about."""
    for closeness in _handed_in:
        if (own_id := closeness.who(by)) is None:
            continue
        now = clock.of_database()
        for person_id in persons():
            if how := closeness.how(own_id, person_id, now):
                raise OwnFile(how=how)
