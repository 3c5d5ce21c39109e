"""What HR says of a difference: the register is to be mended, or the file."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.kernel.actor import Actor
from vssid.kernel.errors import NotYours

from ..corrections import moves
from ..corrections.errors import LiesAtOffice
from ..models.differences import Difference
from .kinds import State


def say(difference_id: int, employer: str, state: State, *, by: Actor, now: datetime) -> None:
    """Note who is wrong; said again it stays. Raises NotYours for what is not there, LiesAtOffice."""
    with transaction.atomic():
        row = Difference.objects.select_for_update().filter(id=difference_id, employer_code=employer).first()
        if row is None:
            raise NotYours
        if row.state == state:
            return
        if moves.lies_at_office(row.id):
            raise LiesAtOffice
        row.state, row.said_at, row.said_by = state, now, by.name
        row.save(update_fields=["state", "said_at", "said_by"])
        facts = {"employer": employer, "kind": row.kind, "state": state.value}
        subject = row.person_id or row.subject_id or 0
        audit.record("employer.difference_said", subject=subject, by=by, now=now, facts=facts)


def blame_register(differences: Collection[int], *, by: Actor, now: datetime) -> None:
    """Note of what was sent to the office that the register is wrong, in the caller's transaction."""
    rows = Difference.objects.filter(id__in=differences)
    rows.update(state=State.REGISTER, said_at=now, said_by=by.name[:120])
