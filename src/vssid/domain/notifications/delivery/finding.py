"""Find messages that were sent: by number, phone or person; and the course of one. Never its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from vssid.domain.audit import actions as audit
from vssid.domain.vault import sealing as vault
from vssid.kernel.actor import Actor
from vssid.kernel.email_address import EmailAddress
from vssid.kernel.ids import Phone

from ..models.gateways import Attempt
from ..models.messages import Message
from ..outbox.transitions import get
from ..queries import MessageView, view_of

MOST = 50
# Ours: how long after it was made a message is found by its phone or address.
FOUND_FOR = timedelta(days=90)
PRINTED_AS = "message-to"
SHORTEST = 8
_NUMBER = re.compile(r"[0-9a-f]{8,32}")


@dataclass(frozen=True, slots=True)
class Sent:
    """One message in a list, and whose it is."""

    subject_id: int
    message: MessageView
    gateway: str
    operator: str


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt at a text. `said`: the last that was heard of it."""

    number: int
    gateway: str
    at: datetime
    accepted_at: datetime | None
    delivered_at: datetime | None
    failed_at: datetime | None
    said: str


@dataclass(frozen=True, slots=True)
class Course:
    """Everything that is known of one message, but what it says."""

    sent: Sent
    tries: list[Try]
    expires_at: datetime
    next_try_at: datetime | None
    provider_ref: str
    is_of_notice: bool


def number_of(message_id: UUID) -> str:
    """The number of a message as it is shown: its first eight digits."""
    return message_id.hex[:SHORTEST]


def by_number(text: str) -> list[Sent]:
    """Those whose number begins so; none for less than eight digits or what is no number."""
    digits = text.replace("-", "").strip().lower()
    if not _NUMBER.fullmatch(digits):
        return []
    first, last = UUID(digits.ljust(32, "0")), UUID(digits.ljust(32, "f"))
    return _listed(Message.objects.filter(id__gte=first, id__lte=last))


def to(address: Phone | EmailAddress) -> list[Sent]:
    """Those to a phone or an e-mail address, the newest first."""
    prints = vault.fingerprints(PRINTED_AS, address.reveal())
    return _listed(Message.objects.filter(to_print__in=prints))


def of(subject_id: int) -> list[Sent]:
    """Those of a person, the newest first."""
    return _listed(Message.objects.filter(subject_id=subject_id))


def course(subject_id: int, message_id: UUID, *, by: Actor, now: datetime) -> Course:
    """One message, written down in the log of its person. Raises NoMessage."""
    row = get(subject_id, message_id)
    audit.record("message.viewed", subject=subject_id, by=by, now=now, facts={"message": str(message_id)})
    attempts = Attempt.objects.filter(subject_id=subject_id, message_id=message_id).order_by("number")
    return Course(
        sent=_sent(row),
        tries=[
            Try(one.number, one.gateway, one.at, one.accepted_at, one.delivered_at, one.failed_at, one.said)
            for one in attempts
        ],
        expires_at=row.expires_at,
        next_try_at=row.next_try_at if row.state == "created" else None,
        provider_ref=row.provider_ref,
        is_of_notice=row.notice_id is not None,
    )


def forget_old(now: datetime) -> int:
    """From then on an old message is found by its number and person only; returns how many."""
    old = Message.objects.filter(to_print__isnull=False, created_at__lt=now - FOUND_FOR)
    return old.update(to_print=None)


def _listed(rows: QuerySet[Message]) -> list[Sent]:
    return [_sent(row) for row in rows.order_by("-created_at")[:MOST]]


def _sent(row: Message) -> Sent:
    return Sent(row.subject_id, view_of(row), row.gateway, row.operator)
