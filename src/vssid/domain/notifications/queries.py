"""Read what became of messages; no text, no phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from vssid.infra.database.kept import Query, given

from .inbox.kinds import Channel
from .models.messages import Message
from .outbox.states import FINAL, OPEN, State

MOST = 10_000
_LATEST = Query(
    lambda: Message.objects.filter(subject_id=given("subject"), kind=given("kind")).order_by("-created_at")[
        :1
    ]
)
# Each is answered by an index of that state alone.
_LOOK = "(SELECT channel, state FROM notifications_message WHERE state = '{state}' {more} LIMIT {most})"


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message. `state` is a states.State; `reason` says why it failed or expired:
    undelivered, rejected, unsure, erased, http_…, smtp_…, unsent, unconfirmed, cancelled,
    dropped; of a delivered one that
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
    return [view_of(row) for row in Message.objects.filter(subject_id=subject_id).order_by("-created_at")]


def latest(subject_id: int, kind: str) -> MessageView | None:
    """The newest message of a kind, if any."""
    row = _LATEST.first(subject=subject_id, kind=kind)
    return view_of(row) if row else None


def counts() -> dict[tuple[str, str], int]:
    """How many messages there are by channel and state: open ones, and those that ended within the last hour.

    At most `MOST` of a state are looked at, so that asking stays cheap when millions wait; nobody is named.
    """
    zeros = {(channel.value, state.value): 0 for channel in Channel for state in State}
    looks = [(state, "") for state in OPEN]
    looks += [(state, "AND ended_at > now() - interval '1 hour'") for state in FINAL]
    some = " UNION ALL ".join(_LOOK.format(state=state, more=more, most=MOST) for state, more in looks)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT channel, state, count(*) FROM ({some}) AS looked_at GROUP BY 1, 2")  # noqa: S608
        return zeros | {(channel, state): count for channel, state, count in cursor.fetchall()}


def view_of(row: Message) -> MessageView:
    """The message as doors see it."""
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
