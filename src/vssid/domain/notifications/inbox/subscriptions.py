"""Browsers that take Web Push: subscribe, list, remove. One belongs to a session and ends with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from vssid.domain.audit import actions as audit
from vssid.domain.vault import sealing as vault
from vssid.infra import push
from vssid.infra.push.encryption import is_key
from vssid.infra.push.vapid import decoded, encoded
from vssid.kernel.actor import person
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.text import tidy

from ..models.messages import Subscription

SEALED_FOR = "push-subscription"
MOST = 10


@dataclass(frozen=True, slots=True)
class PushAddress:
    """Where and for whom to encrypt."""

    endpoint: str = field(repr=False)
    p256dh: bytes = field(repr=False)
    auth: bytes = field(repr=False)

    @classmethod
    def parse(cls, endpoint: str, p256dh: str, auth: str) -> PushAddress:
        """As a browser gives it. Raises Invalid(endpoint=not_allowed) or Invalid(keys=invalid)."""
        if not push.is_allowed(endpoint):
            raise Invalid(endpoint="not_allowed")
        try:
            made = cls(endpoint, decoded(p256dh), decoded(auth))
        except ValueError:
            raise Invalid(keys="invalid") from None
        if not is_key(made.p256dh, made.auth):
            raise Invalid(keys="invalid")
        return made


@dataclass(frozen=True, slots=True)
class SubscriptionView:
    """A browser as its owner sees it in the list."""

    id: UUID
    session_id: UUID
    device: str
    created_at: datetime
    dead_at: datetime | None = None


def subscribe(person_id: int, address: PushAddress, *, session_id: UUID, device: str, now: datetime) -> UUID:
    """Keep the browser's address; the session's one before is replaced. Twice is once.

    A person has at most ten; the oldest gives way.
    """
    mark, *others = marks(address.endpoint)
    sealed = {"endpoint": address.endpoint, "p256dh": encoded(address.p256dh), "auth": encoded(address.auth)}
    row = Subscription(
        person_id=person_id,
        id=uuid4(),
        session_id=session_id,
        mark=mark,
        sealed=vault.seal_json(person_id, SEALED_FOR, sealed, row=session_id),
        device=tidy(device)[:80],
        created_at=now,
        key_mark=_key_mark(),
    )
    own = Subscription.objects.filter(person_id=person_id)
    with transaction.atomic():
        known = own.filter(session_id=session_id, mark__in=[mark, *others]).exists()
        own.filter(session_id=session_id).exclude(mark=mark).delete()
        if others:  # the same browser, kept while another key was the first
            own.filter(mark__in=others).delete()
        Subscription.objects.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=["person_id", "mark"],
            update_fields=["session_id", "sealed", "device", "created_at", "dead_at", "key_mark"],
        )
        over = list(own.order_by("-created_at").values_list("id", flat=True)[MOST:])
        own.filter(id__in=over).delete()
        if not known:
            audit.record("notices.push_on", subject=person_id, by=person(person_id), now=now)
        return own.get(mark=mark).id


def marks(endpoint: str) -> list[bytes]:
    """What a browser is told by, under every fingerprint key, today's first."""
    return vault.fingerprints("push-endpoint", endpoint)


def endpoint_of(row: Subscription) -> str:
    """Where to send, unsealed. Raises Erased."""
    return str(_opened(row)["endpoint"])


def _opened(row: Subscription) -> dict[str, str]:
    # Bound to the session, which has one and is written anew with it.
    kept: dict[str, str] = vault.unseal_json(row.person_id, SEALED_FOR, row.sealed, row=row.session_id)
    return kept


def of(person_id: int) -> list[SubscriptionView]:
    """The person's browsers that take messages, newest first."""
    return _views(Subscription.objects.filter(person_id=person_id, dead_at=None))


def dead(person_id: int) -> list[SubscriptionView]:
    """The person's browsers at which nothing arrives any more, newest first."""
    return _views(Subscription.objects.filter(person_id=person_id, dead_at__isnull=False))


def _views(rows: QuerySet[Subscription]) -> list[SubscriptionView]:
    return [
        SubscriptionView(row.id, row.session_id, row.device, row.created_at, row.dead_at)
        for row in rows.order_by("-created_at")
    ]


def of_other_keys() -> int:
    """How many browsers subscribed for another key, while none has for today's: it may be a mistake."""
    living = Subscription.objects.filter(dead_at=None)
    if living.filter(key_mark=_key_mark()).exists():
        return 0
    return living.exclude(key_mark="").count()


def _key_mark() -> str:
    return sha256(push.public_key().encode()).hexdigest()[:16] if push.is_offered() else ""


def address_of(person_id: int, subscription_id: UUID) -> PushAddress | None:
    """Where to send; None when it was removed, is dead, or its owner erased."""
    row = Subscription.objects.filter(person_id=person_id, id=subscription_id, dead_at=None).first()
    if row is None:
        return None
    try:
        kept = _opened(row)
    except vault.Erased:
        return None
    return PushAddress(kept["endpoint"], decoded(kept["p256dh"]), decoded(kept["auth"]))


def unsubscribe(person_id: int, subscription_id: UUID, *, now: datetime) -> None:
    """The owner's wish. Raises NotYours."""
    with transaction.atomic():
        if not remove(person_id, subscription_id):
            raise NotYours
        audit.record("notices.push_off", subject=person_id, by=person(person_id), now=now)


def mark_dead(person_id: int, subscription_id: UUID, *, now: datetime) -> bool:
    """Nothing arrives there any more, until it subscribes anew. True the first time, which counts."""
    rows = Subscription.objects.filter(person_id=person_id, id=subscription_id, dead_at=None)
    return bool(rows.update(dead_at=now))


def remove(person_id: int, subscription_id: UUID) -> bool:
    """Forget a browser; false when there was none."""
    deleted, _ = Subscription.objects.filter(person_id=person_id, id=subscription_id).delete()
    return bool(deleted)


def end_with(person_id: int, session_ids: Iterable[UUID]) -> int:
    """Forget the browsers of sessions that ended; returns how many."""
    rows = Subscription.objects.filter(person_id=person_id, session_id__in=list(session_ids))
    return rows.delete()[0]
