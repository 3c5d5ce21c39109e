"""Add an event to the log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from vssid.kernel.actor import Actor

from .chain import digest
from .models import LANES, Event, Lane


def record(
    kind: str,
    *,
    subject: int,
    by: Actor,
    now: datetime,
    facts: dict[str, Any] | None = None,
    office: str = "",
) -> Event:
    """Add one event in the caller's transaction, so it exists exactly when the act does.

    `facts` must be JSON values without personal data. `office` defaults to the actor's office.
    """
    with transaction.atomic():
        head = _head(subject % LANES)
        event = Event(
            lane=head.lane,
            seq=head.seq + 1,
            at=now,
            kind=kind,
            subject_id=subject,
            actor_kind=by.kind.value,
            actor_id=by.id,
            actor_name=by.name,
            office=office or by.office,
            facts=facts or {},
            previous=bytes(head.hash),
        )
        event.hash = digest(event)
        event.save(force_insert=True)
        head.seq, head.hash = event.seq, event.hash
        head.save(update_fields=["seq", "hash"])
    return event


def _head(lane: int) -> Lane:
    head = Lane.objects.select_for_update().filter(lane=lane).first()
    if head is None:
        Lane.objects.bulk_create([Lane(lane=lane)], ignore_conflicts=True)
        head = Lane.objects.select_for_update().get(lane=lane)
    return head
