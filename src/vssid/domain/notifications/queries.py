"""Read what became of messages; no text, no phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from .models import Message


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message. `state` is a states.State; `reason` says why it failed or expired:
    undelivered, unsure, erased, http_…, smtp_…, unsent, unconfirmed, cancelled; of a delivered one that
    the provider took it and gives no receipts: handed_over.
    """

    id: UUID
    kind: str
    channel: str
    state: str
    created_at: datetime
    sent_at: datetime | None
    delivered_at: datetime | None
    ended_at: datetime | None
    attempts: int
    to_masked: str
    reason: str


def messages_of(subject_id: int) -> list[MessageView]:
    """The subject's messages, newest first."""
    return [_view(row) for row in Message.objects.filter(subject_id=subject_id).order_by("-created_at")]


def latest(subject_id: int, kind: str) -> MessageView | None:
    """The newest message of a kind, if any."""
    row = Message.objects.filter(subject_id=subject_id, kind=kind).order_by("-created_at").first()
    return _view(row) if row else None


def _view(row: Message) -> MessageView:
    return MessageView(
        id=row.id,
        kind=row.kind,
        channel=row.channel,
        state=row.state,
        created_at=row.created_at,
        sent_at=row.sent_at,
        delivered_at=row.delivered_at,
        ended_at=row.ended_at,
        attempts=row.attempts,
        to_masked=row.to_masked,
        reason=row.reason,
    )
