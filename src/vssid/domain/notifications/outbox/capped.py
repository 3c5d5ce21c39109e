"""A text beyond a cap: it goes by the next channel it carries, else it waits for the next day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from ..caps import spending
from ..models.messages import Message
from . import next_channel, transitions
from .states import State

REASON = "capped"


def put_off(message: Message, body: dict[str, Any], *, now: datetime) -> bool:
    """Nothing is lost: what it tells goes another way at once (True), or this text when there are texts."""
    rows = transitions.row_of(message.subject_id, message.id).filter(
        state=State.CREATED, next_try_at=message.next_try_at
    )
    with transaction.atomic():
        if body.get(next_channel.FIELD) and transitions.end(rows, State.FAILED, reason=REASON, now=now):
            return next_channel.send(message, body, now=now)
        # Past its end the sweep says that it was never sent.
        at = min(spending.next_day(now), message.expires_at)
        if rows.update(reason=REASON, next_try_at=at):
            transitions.defer_send(message, at=at)
        return False


def wake(now: datetime) -> int:
    """After a cap was raised: what waits for it is due; the sweep takes it up. Returns how many."""
    return Message.objects.filter(state=State.CREATED, reason=REASON, next_try_at__gt=now).update(
        next_try_at=now
    )
