"""Each minute: end what is over, settle what a dead worker left, wake what lost its job."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import QuerySet

from vssid.infra.database.away import reraise_lost

from ..models.messages import Message
from . import transitions
from .states import LOST_AFTER, State

BATCH = 500
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Swept:
    """How many messages one sweep expired, settled and woke; and how many it could not handle."""

    expired: int
    settled: int
    woken: int
    errors: int


def sweep(now: datetime) -> Swept:
    """Look after up to 500 messages of each sort. Two sweeps at once do no harm."""
    over = Message.objects.filter(state__in=(State.CREATED, State.SENT), expires_at__lte=now)
    left = Message.objects.filter(state=State.SENDING, lease_until__lte=now)
    lost = Message.objects.filter(state=State.CREATED, next_try_at__lte=now - LOST_AFTER, expires_at__gt=now)
    expired, errors_1 = _each(over.order_by("expires_at"), lambda message: _expire(message, now))
    settled, errors_2 = _each(left.order_by("lease_until"), lambda message: transitions.settle(message, now))
    woken, errors_3 = _each(lost.order_by("next_try_at"), lambda message: _wake(message, now))
    return Swept(expired, settled, woken, errors_1 + errors_2 + errors_3)


def _each(rows: QuerySet[Message], act: Callable[[Message], bool]) -> tuple[int, int]:
    """Apply to each row in a transaction of its own: one bad message never stops the rest."""
    done = errors = 0
    for message in rows[:BATCH]:
        try:
            with transaction.atomic():
                done += act(message)
        except Exception as error:
            reraise_lost(error)
            errors += 1
            _log.exception("message_sweep_failed", subject_id=message.subject_id, message_id=str(message.id))
    return done, errors


def _expire(message: Message, now: datetime) -> bool:
    """A message that was or may have been sent is `unconfirmed`; the rest never left."""
    maybe_sent = message.state == State.SENT or message.unsure
    rows = transitions.row_of(message.subject_id, message.id).filter(expires_at__lte=now)
    reason = "unconfirmed" if maybe_sent else "unsent"
    return bool(transitions.end(rows, State.EXPIRED, reason=reason, now=now, states=[State(message.state)]))


def _wake(message: Message, now: datetime) -> bool:
    rows = transitions.row_of(message.subject_id, message.id)
    # Only while nobody has moved it since it was read: else it would have two jobs.
    woken = rows.filter(state=State.CREATED, next_try_at=message.next_try_at).update(next_try_at=now)
    if woken:
        transitions.defer_send(message)
    return bool(woken)
