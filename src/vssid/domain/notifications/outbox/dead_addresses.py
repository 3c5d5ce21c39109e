"""Addresses at which nothing arrives: marked by a provider's no, shown to person and office, spared.

The mark goes when something arrives there, or when a code that was sent there is entered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from vssid.domain.vault import sealing as vault
from vssid.infra.database.kept import Query, given
from vssid.kernel.email_address import EmailAddress
from vssid.kernel.ids import Phone
from vssid.kernel.redacted import Redacted

from ..inbox import subscriptions
from ..inbox.kinds import Channel
from ..models.messages import DeadAddress, Message
from . import bodies

# After so long somebody else may have the number or the address.
KEPT = timedelta(days=366)
Body = dict[str, Any]
_FIRST = Query(
    lambda: DeadAddress.objects.filter(
        channel=given("channel"), fingerprint__any_of=given("prints")
    ).order_by("since")[:1]
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Since when nothing arrives, and the code of what the provider said."""

    channel: Channel
    since: datetime
    reason: str


def mark(message: Message, body: Body, *, reason: str, now: datetime) -> bool:
    """The provider says that nothing arrives where this message goes. The first time counts, and is True."""
    channel = Channel(message.channel)
    if channel is Channel.PUSH:
        return subscriptions.mark_dead(message.subject_id, UUID(body["subscription"]), now=now)
    to: Phone | EmailAddress = Phone(body["to"]) if channel is Channel.SMS else EmailAddress(body["to"])
    if _rows(to).exists():
        return False
    row = DeadAddress(
        channel=channel.value,
        fingerprint=vault.fingerprint(_kind(channel), body["to"]),
        reason=reason[:40],
        since=now,
    )
    DeadAddress.objects.bulk_create([row], ignore_conflicts=True)
    return True


def of(to: Redacted | None) -> Mark | None:
    """The mark of a phone or an e-mail address, or None."""
    row = _FIRST.first(**_known(to)) if isinstance(to, Phone | EmailAddress) else None
    return Mark(Channel(row.channel), row.since, row.reason) if row else None


def lift(to: Redacted) -> None:
    """Something arrived there after all; a value that is neither phone nor address is passed over."""
    if isinstance(to, Phone | EmailAddress):
        _rows(to).delete()


def arrived(message: Message) -> None:
    """Lift the mark of where this message went. Its text is still there; without one nothing is known."""
    channel = Channel(message.channel)
    if message.body is None or not DeadAddress.objects.filter(channel=channel.value).exists():
        return
    try:
        to = bodies.of(message).get("to", "")
    except vault.Erased:
        return
    lift(Phone(to) if channel is Channel.SMS else EmailAddress(to))


def forget_old(now: datetime) -> int:
    """Marks past their term; returns how many."""
    return DeadAddress.objects.filter(since__lt=now - KEPT).delete()[0]


def _rows(to: Phone | EmailAddress) -> QuerySet[DeadAddress]:
    known = _known(to)
    return DeadAddress.objects.filter(channel=known["channel"], fingerprint__in=known["prints"])


def _known(to: Phone | EmailAddress) -> dict[str, Any]:
    channel = Channel.SMS if isinstance(to, Phone) else Channel.EMAIL
    return {"channel": channel.value, "prints": vault.fingerprints(_kind(channel), to.reveal())}


def _kind(channel: Channel) -> str:
    return f"dead-{channel.value}"
