"""Providers that refuse us for a fault of ours: noted, told to who runs this, over when one takes a message.

No message ends by it: each is tried again for as long as it is worth anything, and at once when it is over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction
from django.db.models import F

from vssid.infra.delivery import OurFault
from vssid.infra.metrics import Gauges

from ..models.messages import Message, ProviderFault
from . import transitions
from .states import State

BATCH = 500
QUIET = timedelta(days=7)
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class FaultView:
    """What stands: `reason` is a code of the provider's (http_403, smtp_535) or ours (certificate, …)."""

    provider: str
    reason: str
    since: datetime
    last_at: datetime
    attempts: int


def note(channel: str, error: OurFault, *, now: datetime) -> None:
    """An attempt met it. The first of a provider is an error in the log; metrics tell it while it stands."""
    rows = ProviderFault.objects.filter(provider=_name(channel, error.provider))
    # Mostly it is known already. Of two that meet it first, one makes the row.
    if rows.update(reason=error.reason[:40], last_at=now, attempts=F("attempts") + 1):
        return
    row = ProviderFault(
        provider=_name(channel, error.provider),
        channel=channel,
        reason=error.reason[:40],
        since=now,
        last_at=now,
    )
    ProviderFault.objects.bulk_create([row], ignore_conflicts=True)
    _log.error("delivery_fault", provider=row.provider, reason=row.reason)


def over(channel: str, provider: str = "", *, now: datetime) -> bool:
    """The provider takes messages: what waits because of it goes at once. True if it had refused."""
    row = ProviderFault.objects.filter(provider=_name(channel, provider)).first()
    # Of the many messages taken at once, the one that deletes the row wakes the rest.
    if row is None or not ProviderFault.objects.filter(provider=row.provider).delete()[0]:
        return False
    _log.warning("delivery_fault_over", provider=row.provider, reason=row.reason)
    _wake(channel, row.reason, now)
    return True


def standing() -> list[FaultView]:
    """Those that stand, the oldest first."""
    rows = ProviderFault.objects.order_by("since")
    return [FaultView(row.provider, row.reason, row.since, row.last_at, row.attempts) for row in rows]


def gauges() -> Gauges:
    """For Prometheus: how long each fault stands, and the oldest message to send by channel."""
    faults = _measured(
        "SELECT provider, extract(epoch FROM now() - since)::float8 FROM notifications_provider_fault"
    )
    oldest = _measured(
        "SELECT channel, extract(epoch FROM now() - min(created_at))::float8"
        " FROM notifications_message WHERE state = 'created' GROUP BY channel"
    )
    return {
        "vssid_delivery_fault_seconds": (
            "Since when a provider refuses us for a fault of ours",
            ("provider",),
            faults,
        ),
        "vssid_messages_oldest_seconds": (
            "For how long the oldest message to send waits",
            ("channel",),
            oldest,
        ),
    }


def forget_old(now: datetime) -> int:
    """Faults no attempt has met for a week: of push services whose browsers are gone. Returns how many."""
    return ProviderFault.objects.filter(last_at__lt=now - QUIET).delete()[0]


def _measured(sql: str) -> dict[tuple[str, ...], float]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {(word,): float(value) for word, value in cursor.fetchall()}


def _name(channel: str, provider: str) -> str:
    return f"{channel} {provider}".strip()[:120]


def _wake(channel: str, reason: str, now: datetime) -> None:
    waiting = Message.objects.filter(
        state=State.CREATED, channel=channel, reason=reason, next_try_at__gt=now, expires_at__gt=now
    )
    # Those beyond the batch come by their own next try.
    for message in waiting.order_by("next_try_at")[:BATCH]:
        with transaction.atomic():
            rows = transitions.row_of(message.subject_id, message.id)
            if rows.filter(state=State.CREATED, next_try_at=message.next_try_at).update(next_try_at=now):
                transitions.defer_send(message)
