"""Read in a test what a message says, as its reader would see it."""

from __future__ import annotations

import re

from vssid.domain.notifications.inbox.kinds import Channel
from vssid.domain.notifications.models.messages import Message
from vssid.domain.notifications.outbox import bodies


def texts_to(subject_id: int, kind: str | None = None) -> list[str]:
    """The texts still kept for a subject, oldest first."""
    rows = Message.objects.filter(subject_id=subject_id, channel=Channel.SMS, body__isnull=False).order_by(
        "created_at"
    )
    if kind is not None:
        rows = rows.filter(kind=kind)
    return [str(bodies.of(row)["text"]) for row in rows if row.body]


def letters_to(subject_id: int, kind: str) -> list[dict[str, str]]:
    """The e-mails of a kind still kept for a subject, oldest first: to, subject, text."""
    rows = Message.objects.filter(subject_id=subject_id, channel=Channel.EMAIL, kind=kind, body__isnull=False)
    return [bodies.of(row) for row in rows.order_by("created_at") if row.body]


def last_code(subject_id: int) -> str:
    """The six digits of the newest phone code."""
    match = re.search(r"\b\d{6}\b", texts_to(subject_id, "phone_code")[-1])
    assert match is not None
    return match.group()


def last_activation(subject_id: int) -> str:
    """The newest activation password, as printed in the message."""
    match = re.search(r"kich hoat (\S+?),", texts_to(subject_id, "account_activation")[-1])
    assert match is not None
    return match.group(1)
