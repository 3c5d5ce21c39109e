"""What HR says of a difference: the register is to be mended, or the file."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.kernel.actor import Actor
from vssid.kernel.errors import NotYours

from ..corrections import sending
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
        if sending.lies_at_office(row.id):
            raise LiesAtOffice
        row.state, row.said_at, row.said_by = state, now, by.name
        row.save(update_fields=["state", "said_at", "said_by"])
        facts = {"employer": employer, "kind": row.kind, "state": state.value}
        subject = row.person_id or row.subject_id or 0
        audit.record("employer.difference_said", subject=subject, by=by, now=now, facts=facts)
