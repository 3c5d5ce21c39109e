"""A day that waits for an answer goes with an employer that moved; who accepted one comes all the same."""

from __future__ import annotations

from datetime import datetime

from vssid.kernel.actor import Actor

from ..models.days import RegistrationDay
from . import moves

PROPOSED = RegistrationDay.State.PROPOSED


def offices() -> set[tuple[str, str]]:
    """Of which employer a proposal waits at which office."""
    return set(RegistrationDay.objects.filter(state=PROPOSED).values_list("employer_id", "office_id"))


def hand_on(employer: str, to: str, *, by: Actor, now: datetime) -> None:
    """Give the employer's proposals to the office, in the caller's transaction."""
    rows = RegistrationDay.objects.select_for_update().filter(employer_id=employer, state=PROPOSED)
    for row in rows.exclude(office_id=to).order_by("id"):
        RegistrationDay.objects.filter(id=row.id).update(office_id=to)
        moves.record("followed", row, by=by, now=now, to=to)
