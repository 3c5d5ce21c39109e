"""The messages' sealed columns of which a person may have several."""

from __future__ import annotations

from vssid.domain.vault.binding import Rows

from .inbox import notices, subscriptions
from .models.inbox import Notice, Subscription
from .models.messages import Message

ROWS = (
    Rows(Message, "body", "subject_id", lambda message: str(message.channel), lambda message: message.id),
    Rows(Notice, "sealed", "person_id", lambda notice: notices.SEALED_FOR, lambda notice: notice.id),
    Rows(
        Subscription,
        "sealed",
        "person_id",
        lambda subscription: subscriptions.SEALED_FOR,
        lambda subscription: subscription.session_id,
    ),
)
