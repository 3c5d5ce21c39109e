"""One attempt: claim, commit, call the provider with no transaction open, record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction

from vssid.domain.installation import standing as installation
from vssid.domain.vault import sealing as vault
from vssid.infra.delivery import Accepted, Gone, OurFault, Refused, Unavailable, Unsure
from vssid.infra.sms import Outcome

from ..caps import spending
from ..gateways import attempts
from ..inbox import notices
from ..inbox.kinds import Channel
from ..models.messages import Message
from . import (
    bodies,
    capped,
    channels,
    dead_addresses,
    documents,
    next_channel,
    provider_faults,
    receipts,
    transitions,
)
from .states import RECEIPT_WAIT, State

_log = structlog.get_logger(__name__)


def attempt(subject_id: int, message_id: UUID, *, clock: Callable[[], datetime]) -> None:
    """Send the message if it is due, else do nothing. Safe to call by any number of workers at once.

    `clock` is read before and after the provider's answer, which may take seconds. On a copy of an
    installation nothing is sent and nothing changes; the sweep wakes the message when it is let go.
    """
    if installation.now().is_halted:
        _log.error("message_held", message_id=str(message_id))
        return
    now = clock()
    message = transitions.row_of(subject_id, message_id).first()
    if message is not None and message.state == State.SENDING:
        transitions.settle(message, now)
        message = transitions.row_of(subject_id, message_id).first()
    if message is None or message.state != State.CREATED:
        return
    # Opened before the claim: a worker with a wrong key must not use up an attempt.
    body = _open(message, now)
    if body is not None:
        body = documents.ready(message, body, now=now)
    if body is None:
        return
    claimed = _claim(message, body, now)
    if claimed is not None:
        _hand_over(claimed, body, clock)


def _claim(message: Message, body: dict[str, Any], now: datetime) -> Message | None:
    """The message for this worker; of a text one of the day's is spent, and the attempt has its gateway."""
    try:
        with transaction.atomic():
            claimed = transitions.claim(message, now)
            is_text = claimed is not None and claimed.channel == Channel.SMS
            if claimed is not None and is_text and claimed.attempts == 1:
                spending.spend(claimed, now)
            is_ready = claimed is None or not is_text or attempts.begin(claimed, now=now)
    except spending.Capped:
        capped.put_off(message, body, now=now)
        return None
    if claimed is not None and not is_ready:
        _log.error("sms_gateways_all_off", message_id=str(message.id))
        transitions.try_later(claimed, reason="switched_off", now=now)
        return None
    return claimed


def _open(message: Message, now: datetime) -> dict[str, Any] | None:
    rows = transitions.row_of(message.subject_id, message.id)
    if message.expires_at <= now:
        transitions.end(rows, State.EXPIRED, reason="unsent", now=now, states=[State.CREATED])
        return None
    if _is_overtaken(message):
        transitions.end(rows, State.EXPIRED, reason="cancelled", now=now, states=[State.CREATED])
        return None
    try:
        body: dict[str, Any] = bodies.of(message)
    except vault.Erased:
        transitions.end(rows, State.FAILED, reason="erased", now=now, states=[State.CREATED])
        return None
    return body


def _is_overtaken(message: Message) -> bool:
    """Is there a newer one of its series? Two kept at once did not see each other to stop."""
    series = Message.objects.filter(series=message.series)
    return message.series != "" and series.filter(created_at__gt=message.created_at).exists()


def _hand_over(message: Message, body: dict[str, Any], clock: Callable[[], datetime]) -> None:
    rows = transitions.row_of(message.subject_id, message.id).filter(attempts=message.attempts)
    # Committed, and no transaction is open: a provider may take half a minute, and so long a lock would stop
    # the sweep and every page about this message. If this process dies now, the lease ends and `settle`
    # decides.
    try:
        accepted = channels.send(message, body, valid_for=message.expires_at - clock())
    except Unavailable as error:
        now = clock()
        attempts.failed(message, error.reason, now=now)
        if isinstance(error, OurFault):
            provider_faults.note(message.channel, error, now=now)
        transitions.try_later(message, reason=error.reason, now=now, wait=error.retry_after)
    except Refused as error:
        now = clock()
        attempts.refused(message, error.reason)
        if isinstance(error, Gone):
            _lost(message, body, error.reason, now)
        if transitions.end(rows, State.FAILED, reason=error.reason, now=now, states=[State.SENDING]):
            next_channel.send(message, body, now=now)
    except Unsure:
        now = clock()
        attempts.failed(message, "unsure", now=now)
        transitions.await_receipt(message, until=now + RECEIPT_WAIT)
    else:
        _taken(message, accepted, clock())


def _lost(message: Message, body: dict[str, Any], reason: str, now: datetime) -> None:
    """Mark the address; a person with an inbox finds there what to do about it."""
    is_new = dead_addresses.mark(message, body, reason=reason, now=now)
    if is_new and message.notice_id is not None and message.channel != Channel.PUSH:
        facts = {"at": now.isoformat(), "to": message.to_masked}
        notices.notify(message.subject_id, "address_dead", now=now, facts=facts)


def _taken(message: Message, accepted: Accepted, now: datetime) -> None:
    attempts.accepted(message, now=now)
    transitions.mark_sent(message, provider_ref=accepted.provider_ref, now=now)
    if accepted.delivered:
        receipts.apply(message.subject_id, message.id, message.attempts, Outcome.DELIVERED, now)
    elif not accepted.receipts:
        # Nothing more will be heard: that the provider took it is the last word.
        rows = transitions.row_of(message.subject_id, message.id).filter(attempts=message.attempts)
        transitions.end(rows, State.DELIVERED, reason="handed_over", now=now)
        dead_addresses.arrived(message)
    provider_faults.over(message.channel, accepted.provider, now=now)
