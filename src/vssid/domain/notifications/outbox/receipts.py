"""Delivery receipts: the address a gateway reports to, and what a report does.

A receipt may come early, late, twice or out of order. It names the attempt it belongs to, and its token
(HMAC-SHA-256 of subject, message and attempt) is all that lets it in.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models.functions import Coalesce

from vssid.infra.sms import Outcome

from ..gateways import attempts
from . import dead_addresses, transitions
from .states import State
from .transitions import end, row_of

PATH = "/api/sms/bien-nhan/{subject_id}/{message_id}/{attempt}/{token}"


def token(subject_id: int, message_id: UUID, attempt: int, *, by: str = "") -> str:
    """The secret of one attempt's receipts: 32 hex characters, behind the name of the gateway it went by and
    under that one's secret, so that no gateway can speak of what went by another.

    Raises KeyError for a gateway that settings do not name.
    """
    secret = settings.SMS_GATEWAYS[by]["receipt_secret"] if by else settings.SMS_RECEIPT_SECRET
    named = f"sms-receipt:{f'{by}:' if by else ''}{subject_id}:{message_id}:{attempt}".encode()
    digest = hmac.new(secret.encode(), named, hashlib.sha256).hexdigest()[:32]
    return f"{by}.{digest}" if by else digest


def is_genuine(subject_id: int, message_id: UUID, attempt: int, given: str) -> bool:
    """Is this the attempt's token? Compared in constant time."""
    by = given.rpartition(".")[0]
    if by and by not in settings.SMS_GATEWAYS:
        return False
    right = token(subject_id, message_id, attempt, by=by)
    return hmac.compare_digest(right.encode(), given.encode())


def url(subject_id: int, message_id: UUID, attempt: int, *, by: str = "") -> str:
    """Where the gateway of that name, or the single one, sends the receipts of one attempt."""
    base: str = settings.SMS_GATEWAYS.get(by, {}).get("receipt_base", settings.SMS_RECEIPT_BASE)
    return base.rstrip("/") + PATH.format(
        subject_id=subject_id,
        message_id=message_id,
        attempt=attempt,
        token=token(subject_id, message_id, attempt, by=by),
    )


def apply(subject_id: int, message_id: UUID, attempt: int, outcome: Outcome, now: datetime) -> bool:
    """Record what a receipt says; False when it changes nothing (final already, or an old attempt).

    Arrival counts for any attempt: the person has the text. Failure counts for the latest only: an
    earlier copy may be lost while the one after it is on its way. What the network rejected never left, so
    the latest attempt is made again later.
    """
    gateway = attempts.reported(subject_id, message_id, attempt, outcome, now=now)
    rows = row_of(subject_id, message_id).filter(attempts__gte=attempt)
    if outcome is Outcome.DELIVERED:
        # Read before its end, which erases the text and the phone in it.
        message = rows.first()
        if not end(rows, State.DELIVERED, reason="", now=now):
            return False
        if gateway:
            rows.exclude(gateway=gateway).update(gateway=gateway)
        if message is not None:
            dead_addresses.arrived(message)
        return True
    if outcome is Outcome.REJECTED:
        return transitions.reject(rows.filter(attempts=attempt), now=now)
    if outcome is Outcome.FAILED:
        return bool(end(rows.filter(attempts=attempt), State.FAILED, reason="undelivered", now=now))
    return bool(
        rows.filter(state__in=(State.CREATED, State.SENDING)).update(
            state=State.SENT, sent_at=Coalesce("sent_at", now), reason="", lease_until=None
        )
    )
