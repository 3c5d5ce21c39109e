"""The messages' sealed columns of which a person may have several."""

from __future__ import annotations

from vssid.domain.vault.binding import Rows

from .inbox import notices, subscriptions
from .models.inbox import Notice, Subscription
from .models.messages import Message

ROWS = (
    Rows(Message, "body", "subject_id", lambda one: str(one.channel), lambda one: one.id),
    Rows(Notice, "sealed", "person_id", lambda one: notices.SEALED_FOR, lambda one: one.id),
    Rows(
        Subscription, "sealed", "person_id", lambda one: subscriptions.SEALED_FOR, lambda one: one.session_id
    ),
)
