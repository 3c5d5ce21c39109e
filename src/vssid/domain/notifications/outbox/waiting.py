"""What waits to be sent, for whoever must say whether it still should be; and dropping what should not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from ..models.messages import Message
from . import transitions
from .states import State

WAITING = (State.CREATED, State.SENDING)
DROPPED = "dropped"
BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """Messages of one kind and channel: how many, of these how many made before a time, and the oldest."""

    kind: str
    channel: str
    count: int
    old: int
    oldest: datetime


def waiting(*, before: datetime, now: datetime) -> list[Waiting]:
    """Everything that would go out: the outbox without what has run out by itself."""
    rows = Message.objects.filter(state__in=WAITING, expires_at__gt=now).values("kind", "channel")
    groups = rows.annotate(
        count=Count("id"), old=Count("id", filter=Q(created_at__lt=before)), oldest=Min("created_at")
    )
    return [Waiting(**row) for row in groups.order_by("kind", "channel")]


def drop(*, before: datetime, now: datetime) -> int:
    """End what waits and was made before a time, and erase its text; returns how many."""
    old, done = Message.objects.filter(state__in=WAITING, created_at__lt=before), 0
    while keys := list(old.values_list("subject_id", "id")[:BATCH]):
        for subject_id, message_id in keys:
            row = transitions.row_of(subject_id, message_id)
            done += transitions.end(row, State.EXPIRED, reason=DROPPED, now=now, states=WAITING)
    return done
