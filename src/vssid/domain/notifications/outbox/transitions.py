"""The ways between states, each one conditional UPDATE: its row count says whether it happened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from vssid.infra.jobs import defer
from vssid.kernel.errors import DomainError

from ..models.messages import Message
from .states import CLOCK_SLACK, LEASE, OPEN, REJECTED_PAUSE, REJECTIONS, State, pause

SEND = "notifications.send"
_URGENT = "_code"


class NoMessage(DomainError):
    """No such message; doors answer 404."""

    code = "not_found"


def row_of(subject_id: int, message_id: UUID) -> QuerySet[Message]:
    """The message as a queryset; it names the subject, so it stays on one shard."""
    return Message.objects.filter(subject_id=subject_id, id=message_id)


def get(subject_id: int, message_id: UUID) -> Message:
    """The message as it is now. Raises NoMessage."""
    message = row_of(subject_id, message_id).first()
    if message is None:
        raise NoMessage
    return message


def defer_send(message: Message, *, at: datetime | None = None) -> None:
    """Queue the job that sends; somebody waits for a code, so it goes first."""
    defer(
        SEND,
        at=at,
        queue=message.channel,
        priority=10 if message.kind.endswith(_URGENT) else 0,
        subject_id=message.subject_id,
        message_id=str(message.id),
    )


def end(
    rows: QuerySet[Message], state: State, *, reason: str, now: datetime, states: Iterable[State] = OPEN
) -> int:
    """Move to a final state and erase the text; returns how many moved."""
    delivered: dict[str, Any] = {}
    if state is State.DELIVERED:
        delivered = {"delivered_at": now, "sent_at": Coalesce("sent_at", now)}
    return rows.filter(state__in=tuple(states)).update(
        state=state, reason=reason, body=None, ended_at=now, lease_until=None, **delivered
    )


def claim(message: Message, now: datetime) -> Message | None:
    """Take a due message for one attempt; None when another worker has it or it is not due."""
    with transaction.atomic():
        rows = row_of(message.subject_id, message.id)
        # Counted before the attempt and not after it, so that one in which the process dies counts too.
        won = rows.filter(state=State.CREATED, next_try_at__lte=now + CLOCK_SLACK, expires_at__gt=now).update(
            state=State.SENDING, attempts=F("attempts") + 1, lease_until=now + LEASE
        )
        return rows.get() if won else None


def mark_sent(message: Message, *, provider_ref: str, now: datetime) -> bool:
    """The gateway took this attempt. True also when the lease had just run out and nobody took over."""
    # Of this attempt only: an answer that comes late must not end one that was begun since.
    rows = row_of(message.subject_id, message.id).filter(attempts=message.attempts)
    rows.filter(provider_ref="").update(provider_ref=provider_ref)
    return bool(
        rows.filter(state__in=(State.CREATED, State.SENDING)).update(
            state=State.SENT, sent_at=Coalesce("sent_at", now), reason="", lease_until=None
        )
    )


def try_later(message: Message, *, reason: str, now: datetime, wait: timedelta | None = None) -> None:
    """This attempt certainly sent nothing: put the message back with a growing pause, or a longer `wait`."""
    grown = pause(message.attempts, life=message.expires_at - message.created_at)
    at = now + max(grown, wait or timedelta(0))
    with transaction.atomic():
        back = (
            row_of(message.subject_id, message.id)
            .filter(state=State.SENDING, attempts=message.attempts)
            .update(state=State.CREATED, reason=reason, next_try_at=at, lease_until=None)
        )
        if back:
            defer_send(message, at=at)


def reject(rows: QuerySet[Message], *, now: datetime) -> bool:
    """The network rejected this attempt: certainly not sent, so it is made again, each hour in the end."""
    message = rows.first()
    if message is None:
        return False
    grown = pause(message.attempts, life=message.expires_at - message.created_at)
    at = now + (grown if message.attempts < REJECTIONS else REJECTED_PAUSE)
    # State and job together; without its job the message would wait for the sweep.
    with transaction.atomic():
        back = rows.filter(state__in=(State.SENDING, State.SENT)).update(
            state=State.CREATED, reason="rejected", next_try_at=at, lease_until=None, sent_at=None
        )
        if back:
            defer_send(message, at=at)
    return bool(back)


def await_receipt(message: Message, *, until: datetime) -> None:
    """Nobody knows how this attempt went: leave it in hand until `until`, then `settle` decides."""
    with transaction.atomic():
        waiting = (
            row_of(message.subject_id, message.id)
            .filter(state=State.SENDING, attempts=message.attempts)
            .update(lease_until=until)
        )
        if waiting:
            defer_send(message, at=until)


def settle(message: Message, now: datetime) -> bool:
    """An attempt whose lease is over and that no receipt explained: repeat it once, else give up.

    Returns whether this call decided it.
    """
    rows = row_of(message.subject_id, message.id).filter(
        state=State.SENDING, attempts=message.attempts, lease_until__lte=now
    )
    if message.expires_at <= now:
        return bool(end(rows, State.EXPIRED, reason="unconfirmed", now=now))
    # It was repeated once already. A third copy could be the third that arrives.
    if message.unsure:
        with transaction.atomic():
            rows.update(unsure=F("unsure") + 1)
            return bool(end(rows, State.FAILED, reason="unsure", now=now))
    with transaction.atomic():
        back = rows.update(
            state=State.CREATED, unsure=F("unsure") + 1, reason="unsure", next_try_at=now, lease_until=None
        )
        if back:
            defer_send(message)
        return bool(back)
