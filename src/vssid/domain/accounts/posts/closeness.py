"""How a member of staff is close to a person of the register; casework asks before anything is done."""

from __future__ import annotations

from datetime import datetime

from vssid.domain.casework.own_files import Closeness
from vssid.domain.participants import queries as participants
from vssid.domain.participants.views import PersonView
from vssid.kernel.actor import Actor

from .. import queries
from ..guardianship import guardians, trusted
from .members import person_of


def _who(by: Actor) -> int | None:
    return person_of(by.id)


def _how(own_id: int, person_id: int, now: datetime) -> str:
    if own_id == person_id:
        return "own"
    own = participants.person(own_id)
    if own is not None and _one_household(own, person_id):
        return "household"
    if guardians.has_link(own_id, person_id, now=now):
        return "guardian"
    return "trusted" if _is_trusted_by(own_id, own, person_id) else ""


def _one_household(own: PersonView, person_id: int) -> bool:
    other = participants.person(person_id)
    return bool(own.household_code) and other is not None and other.household_code == own.household_code


def _is_trusted_by(own_id: int, own: PersonView | None, person_id: int) -> bool:
    """A trusted person is known by a phone: that of the member's account, or of the register."""
    view = trusted.of(person_id)
    if view is None or view.agreed_at is None:
        return False
    phones = (queries.phone_of(own_id), own.phone if own else None)
    return any(phone is not None and phone.reveal() == view.phone.reveal() for phone in phones)


CLOSENESS = Closeness(_who, _how)
