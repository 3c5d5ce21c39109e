"""Send and stop messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from vssid.domain.vault import sealing as vault
from vssid.kernel.calendar import local_day
from vssid.kernel.email_address import EmailAddress
from vssid.kernel.ids import Phone
from vssid.kernel.sms_text import is_gsm

from . import languages
from .delivery import finding, operators
from .inbox.kinds import Channel
from .models.messages import Message
from .outbox import documents, letters, templates, text_rules
from .outbox.states import State
from .outbox.transitions import defer_send, end


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to keep: what its channel needs to send it, and how its recipient is shown to officers."""

    channel: Channel
    subject_id: int
    kind: str
    body: dict[str, Any] = field(repr=False)
    to_masked: str
    notice_id: UUID | None = None


def send_sms(
    *,
    to: Phone,
    text: str,
    kind: str,
    subject_id: int,
    now: datetime,
    expires_in: timedelta,
    series: str = "",
) -> UUID:
    """Keep a text and queue its sending in the caller's transaction; returns the message id.

    `series` names what only the newest is good for, a password of one account: those before are stopped.

    After `expires_in` the text is worthless: it is not sent any more and is erased. Refuses a text with
    a link or over the kind's planned parts (BadText).
    """
    return keep(sms(subject_id, kind, to, text), now=now, expires_in=expires_in, series=series)


def send_code(
    *,
    to: Phone | EmailAddress,
    code: str,
    kind: str,
    subject_id: int,
    now: datetime,
    expires_in: timedelta,
    series: str,
    reader: int | None = None,
) -> UUID:
    """Keep a code for a phone or an address and queue its sending in the caller's transaction.

    `reader` is whose language it is in, where not the subject's. Those of the series that have not arrived
    are stopped. Returns the message id.
    """
    minutes, language = int(expires_in.total_seconds() // 60), languages.of(reader, subject_id)
    if isinstance(to, Phone):
        text = templates.render(kind, language=language, code=code, minutes=minutes)
        outgoing = sms(subject_id, kind, to, text)
    else:
        said = letters.render(kind, code=code, minutes=minutes, language=language)
        outgoing = letter(subject_id, kind, to, said)
    return keep(outgoing, now=now, expires_in=expires_in, series=series)


def sms(subject_id: int, kind: str, to: Phone, text: str, notice_id: UUID | None = None) -> Outgoing:
    """A text to a phone. Raises BadText."""
    text_rules.check(text, max_parts=1 if is_gsm(text) else templates.parts_of(kind))
    body = {"to": to.reveal(), "text": text}
    return Outgoing(Channel.SMS, subject_id, kind, body, to.masked(), notice_id)


def letter(
    subject_id: int,
    kind: str,
    to: EmailAddress,
    said: tuple[str, str],
    notice_id: UUID | None = None,
    *,
    document: dict[str, Any] | None = None,
) -> Outgoing:
    """An e-mail; `said` is its subject and text, `document` what goes with it (`documents.named`)."""
    body: dict[str, Any] = {"to": to.reveal(), "subject": said[0], "text": said[1]}
    if document is not None:
        body[documents.FIELD] = document
    return Outgoing(Channel.EMAIL, subject_id, kind, body, to.masked(), notice_id)


def keep(outgoing: Outgoing, *, now: datetime, expires_in: timedelta, series: str = "") -> UUID:
    """Keep a message and queue its sending in the caller's transaction; returns its id.

    Those of the same series that have not arrived are stopped, whatever subject they were kept for.
    """
    made = uuid4()
    message = Message(
        subject_id=outgoing.subject_id,
        id=made,
        kind=outgoing.kind,
        channel=outgoing.channel,
        notice_id=outgoing.notice_id,
        series=series,
        body=vault.seal_json(outgoing.subject_id, outgoing.channel.value, outgoing.body, row=made),
        to_masked=outgoing.to_masked[:30],
        **_known_by(outgoing, now),
        created_at=now,
        next_try_at=now,
        expires_at=now + expires_in,
    )
    with transaction.atomic():
        if series:
            _stop(Message.objects.filter(series=series), now)
        message.save(force_insert=True)
        defer_send(message)
    return message.id


def _known_by(outgoing: Outgoing, now: datetime) -> dict[str, Any]:
    """By what it is counted and found: its operator, and the fingerprint of where it goes."""
    address = outgoing.body.get("to", "")
    if not address:
        return {}
    operator = operators.of(address, local_day(now)) if outgoing.channel is Channel.SMS else ""
    return {"operator": operator, "to_print": vault.fingerprint(finding.PRINTED_AS, address)}


def cancel(subject_id: int, kind: str, now: datetime) -> int:
    """Stop the subject's undelivered messages of the kind and erase their texts; returns how many.

    One that a worker is just handing over may still arrive.
    """
    return _stop(Message.objects.filter(subject_id=subject_id, kind=kind), now)


def _stop(rows: QuerySet[Message], now: datetime) -> int:
    return end(rows, State.EXPIRED, reason="cancelled", now=now)
