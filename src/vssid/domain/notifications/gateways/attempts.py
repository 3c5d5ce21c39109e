"""Each attempt at a text: by which gateway, and what was heard of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from vssid.infra import sms

from ..models.gateways import Attempt
from ..models.messages import Message
from . import choosing, health, trials


def begin(message: Message, *, now: datetime) -> str | None:
    """Choose the gateway of this attempt and note it, in the transaction that claims the message.

    After an attempt that failed it is another one, if there is another. None when all are switched off.
    """
    standings = health.standings()
    if len(standings) != len(sms.routes()):
        health.keep_in_step(now)
        standings = health.standings()
    name = trials.take(message, standings, now=now) or choosing.pick(
        standings, at=choosing.draw(), not_by=message.gateway
    )
    if name is None:
        return None
    message.gateway = name
    Message.objects.filter(subject_id=message.subject_id, id=message.id).update(gateway=name)
    Attempt.objects.create(
        subject_id=message.subject_id, message_id=message.id, number=message.attempts, gateway=name, at=now
    )
    return name


def accepted(message: Message, *, now: datetime) -> None:
    """The gateway took it."""
    # A receipt may have come before this answer was written down.
    of(message).update(accepted_at=now)
    of(message).filter(said="").update(said="accepted")


def failed(message: Message, reason: str, *, now: datetime) -> None:
    """The gateway's fault, or ours with this gateway; counts against it."""
    # An answer that comes late is no error of an attempt that a receipt has explained.
    if not of(message).filter(delivered_at__isnull=True).update(failed_at=now, said=reason[:40]):
        return
    if not trials.ended(message.gateway, message.id, arrived=False, now=now):
        health.note_errors(message.gateway, now)


def refused(message: Message, reason: str) -> None:
    """The message's or the address's fault: says nothing of the gateway."""
    of(message).update(said=reason[:40])
    trials.let_go(message.gateway, message.id)


def reported(subject_id: int, message_id: UUID, number: int, outcome: sms.Outcome, *, now: datetime) -> str:
    """A receipt of one attempt; returns by which gateway that went, or nothing."""
    rows = Attempt.objects.filter(subject_id=subject_id, message_id=message_id, number=number)
    row = rows.first()
    if row is None:
        return ""
    if outcome is sms.Outcome.DELIVERED:
        rows.update(delivered_at=Coalesce("delivered_at", now), accepted_at=Coalesce("accepted_at", now))
        rows.update(said="delivered")
        trials.ended(row.gateway, message_id, arrived=True, now=now)
    elif outcome is sms.Outcome.ACCEPTED:
        rows.filter(said="").update(accepted_at=Coalesce("accepted_at", now), said="accepted")
    elif outcome is sms.Outcome.FAILED:
        rows.filter(delivered_at__isnull=True).update(said="undelivered")
        trials.let_go(row.gateway, message_id)
    elif rows.filter(delivered_at__isnull=True, failed_at__isnull=True).update(
        failed_at=now, said="rejected"
    ) and not trials.ended(row.gateway, message_id, arrived=False, now=now):
        health.note_errors(row.gateway, now)
    return row.gateway


def of(message: Message) -> QuerySet[Attempt]:
    """The row of the attempt that the message is at."""
    return Attempt.objects.filter(
        subject_id=message.subject_id, message_id=message.id, number=message.attempts
    )
