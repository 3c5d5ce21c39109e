"""One attempt: claim, commit, call the gateway with no transaction open, record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.conf import settings

from vssid.domain.vault import actions as vault
from vssid.infra import sms
from vssid.kernel.ids import Phone

from . import receipts, transitions
from .actions import SEALED_FOR
from .models import Message
from .states import RECEIPT_WAIT, State


def attempt(subject_id: int, message_id: UUID, *, clock: Callable[[], datetime]) -> None:
    """Send the message if it is due, else do nothing. Safe to call by any number of workers at once.

    `clock` is read before and after the gateway's answer, which may take seconds.
    """
    now = clock()
    message = transitions.one(subject_id, message_id).first()
    if message is not None and message.state == State.SENDING:
        transitions.settle(message, now)
        message = transitions.one(subject_id, message_id).first()
    if message is None or message.state != State.CREATED:
        return
    # Opened before the claim: a worker with a wrong key must not use up an attempt.
    outgoing = _open(message, now)
    if outgoing is None:
        return
    to, text = outgoing
    claimed = transitions.claim(message, now)
    if claimed is not None:
        _hand_over(claimed, to, text, clock)


def _open(message: Message, now: datetime) -> tuple[Phone, str] | None:
    rows = transitions.one(message.subject_id, message.id)
    if message.expires_at <= now:
        transitions.end(rows, State.EXPIRED, reason="unsent", now=now, states=[State.CREATED])
        return None
    try:
        body = vault.unseal_json(message.subject_id, SEALED_FOR, message.body or b"")
    except vault.Erased:
        transitions.end(rows, State.FAILED, reason="erased", now=now, states=[State.CREATED])
        return None
    return Phone(body["to"]), body["text"]


def _hand_over(message: Message, to: Phone, text: str, clock: Callable[[], datetime]) -> None:
    outgoing = sms.SmsOut(
        to=to,
        text=text,
        message_id=message.id,
        receipt_url=receipts.url(message.subject_id, message.id, message.attempts),
        sender=settings.SMS_SENDER,
        valid_for=message.expires_at - clock(),
    )
    try:
        accepted = sms.gateway().send(outgoing)
    except sms.Unavailable as error:
        transitions.try_later(message, reason=error.reason, now=clock())
    except sms.Refused as error:
        rows = transitions.one(message.subject_id, message.id).filter(attempts=message.attempts)
        transitions.end(rows, State.FAILED, reason=error.reason, now=clock(), states=[State.SENDING])
    except sms.Unsure:
        transitions.await_receipt(message, until=clock() + RECEIPT_WAIT)
    else:
        transitions.mark_sent(message, provider_ref=accepted.provider_ref, now=clock())
        if accepted.delivered:
            receipts.apply(message.subject_id, message.id, message.attempts, sms.Outcome.DELIVERED, clock())
