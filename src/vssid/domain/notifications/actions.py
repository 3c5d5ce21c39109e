"""Send and stop messages."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from vssid.domain.vault import actions as vault
from vssid.kernel.ids import Phone

from . import templates, text_rules
from .models import Message
from .states import State
from .transitions import defer_send, end

SEALED_FOR = "sms"


def send_sms(
    *, to: Phone, text: str, kind: str, subject_id: int, now: datetime, expires_in: timedelta
) -> UUID:
    """Keep a text and queue its sending in the caller's transaction; returns the message id.

    After `expires_in` the text is worthless: it is not sent any more and is erased. Refuses a text with
    a link or over the kind's planned parts (BadText).
    """
    text_rules.check(text, max_parts=templates.PARTS.get(kind, 1))
    message_id = uuid4()
    with transaction.atomic():
        Message.objects.create(
            subject_id=subject_id,
            id=message_id,
            kind=kind,
            body=vault.seal_json(subject_id, SEALED_FOR, {"to": to.reveal(), "text": text}),
            to_masked=to.masked(),
            created_at=now,
            next_try_at=now,
            expires_at=now + expires_in,
        )
        defer_send(subject_id, message_id, kind)
    return message_id


def cancel(subject_id: int, kind: str, now: datetime) -> int:
    """Stop the subject's undelivered messages of the kind and erase their texts; returns how many.

    One that a worker is just handing over may still arrive.
    """
    rows = Message.objects.filter(subject_id=subject_id, kind=kind)
    return end(rows, State.EXPIRED, reason="cancelled", now=now)
