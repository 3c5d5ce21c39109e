"""Compare what somebody typed with the register, in the same time whether the person is known or not."""

from __future__ import annotations

from functools import cache

from vssid.domain.participants import queries as participants
from vssid.domain.participants.views import PersonView


def person_to_compare(person: PersonView | None) -> PersonView | None:
    """The person to compare with: somebody else where none was found, so that unknown numbers take the same
    statements and time. None only in an empty register. The comparison with somebody else never counts.
    """
    return person or participants.person(somebody())


@cache
def somebody() -> int:
    """Some person of the register, read once."""
    return participants.somebody()
