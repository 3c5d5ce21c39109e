"""Where somebody who signs in by two steps is signed in, and how that ends."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.casework import claims
from vssid.kernel.actor import Actor, person

from ..models.accounts import Session
from ..queries import DeviceView
from . import sessions


def of(person_id: int, *, kind: str, now: datetime) -> list[DeviceView]:
    """The member's browsers whose sessions hold (`kind` of account), the one used last first."""
    rows = Session.objects.filter(person_id=person_id, seen_at__gte=now - sessions.idle_limit(kind))
    most = sessions.longest(kind)
    rows = rows if most is None else rows.filter(created_at__gte=now - most)
    return [DeviceView(row.id, row.device, row.created_at, row.seen_at) for row in rows.order_by("-seen_at")]


def end(person_id: int, session_id: uuid.UUID, *, now: datetime) -> bool:
    """End one of the member's sessions; twice is fine, and another person's is not there. Was it open?"""
    with transaction.atomic():
        row = Session.objects.select_for_update().filter(person_id=person_id, id=session_id).first()
        if row is None:
            return False
        sessions.end(person_id, session_id)
        audit.record("account.session_ended", subject=person_id, by=person(person_id), now=now)
    return True


def end_others(person_id: int, here: uuid.UUID, *, now: datetime) -> int:
    """End every session of the member but this one; returns how many."""
    others = Session.objects.filter(person_id=person_id).exclude(id=here).values_list("id", flat=True)
    return sum(end(person_id, session_id, now=now) for session_id in list(others))


def end_shift(person_id: int, session_id: uuid.UUID, *, by: Actor, now: datetime) -> int:
    """End the session at the end of the shift: what the member had in hand is free for colleagues at once.
    Returns how many files.
    """
    with transaction.atomic():
        freed = claims.release_all(by=by)
        sessions.end(person_id, session_id)
        audit.record("account.shift_ended", subject=person_id, by=by, now=now, facts={"freed": freed})
    return freed
