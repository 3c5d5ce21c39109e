"""The next way of a notice, when none of those it went by led anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from ..actions import Outgoing, keep
from ..inbox.kinds import Channel
from ..models.messages import Message, Notice
from .states import OPEN, State

FIELD = "instead"


def sealed(ways: Sequence[Outgoing]) -> list[dict[str, Any]]:
    """As a message carries them: channel, body and how the recipient is shown."""
    return [{"channel": way.channel.value, "body": way.body, "to": way.to_masked} for way in ways]


def send(message: Message, body: dict[str, Any], *, now: datetime) -> bool:
    """Keep the next way of the message's notice. False when there is none, or another way is still open."""
    ways = body.get(FIELD, [])
    if message.notice_id is None or not ways or message.expires_at <= now:
        return False
    with transaction.atomic():
        # Of two ways that end at once the second sees what the first has kept.
        notice = Notice.objects.select_for_update().filter(person_id=message.subject_id, id=message.notice_id)
        told = Message.objects.filter(subject_id=message.subject_id, notice_id=message.notice_id)
        if not notice.exists() or told.filter(state__in=(*OPEN, State.DELIVERED)).exists():
            return False
        next_one = ways[0]
        outgoing = Outgoing(
            Channel(next_one["channel"]),
            message.subject_id,
            message.kind,
            next_one["body"] | ({FIELD: ways[1:]} if ways[1:] else {}),
            next_one["to"],
            message.notice_id,
        )
        keep(outgoing, now=now, expires_in=message.expires_at - now)
    return True
