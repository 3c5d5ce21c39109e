"""Sign a card, and say which keys are published. Reads only: issuing leaves nothing behind but a count.

A credential repeats what the person may read anyway, for some days; it needs no row, so the page that shows
it stays a read. `metrics` counts how many were issued; the actions on keys are in the audit log.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.conf import settings
from django.db.models import Q

from vssid.domain.record.card import Card
from vssid.domain.vault import sealing as vault
from vssid.infra import metrics

from . import credential
from .actions import PURPOSE
from .credential import Life
from .envelope import PublicPoint, Signer
from .key_list import KeyList, PublishedKey
from .models import SigningKey

log = structlog.get_logger()
SUBJECT_BYTES = 6  # eight characters; only tells one holder's credentials from another's


@dataclass(frozen=True, slots=True)
class Issued:
    """A credential ready for its QR."""

    text: str
    times: Life


def issue(card: Card, person_id: int, *, now: datetime) -> Issued | None:
    """A fresh credential of the person's card; None when the card does not count in the next days."""
    times = credential.life(card, issuer=settings.CARD_ISSUER, days=settings.CARD_LIFE, now=now)
    signer = _signer() if times else None
    if times is None or signer is None:
        return None
    written = credential.write(credential.Facts.of(card, _subject(person_id)), times, signer)
    metrics.CREDENTIALS.inc()
    return Issued(written.text, times)


def _subject(person_id: int) -> str:
    mark = vault.fingerprint("card-subject", str(person_id))[:SUBJECT_BYTES]
    return base64.urlsafe_b64encode(mark).decode()


def _signer() -> Signer | None:
    key = SigningKey.objects.filter(state=SigningKey.State.SIGNING).first()
    if key is None or key.sealed is None:
        log.error("no_card_signing_key", advice="./vssid migrate")
        return None
    return Signer(_point(key), vault.unseal(key.subject_id, PURPOSE, key.sealed))


def _point(key: SigningKey) -> PublicPoint:
    return PublicPoint(bytes.fromhex(key.kid), bytes(key.x), bytes(key.y))


def published(*, now: datetime) -> KeyList:
    """The keys that verifiers should hold, oldest first; retired ones until their last credential expired."""
    rows = SigningKey.objects.filter(Q(published_until__isnull=True) | Q(published_until__gt=now))
    keys = [
        PublishedKey(_point(row), row.state, row.signs_from, row.published_until)
        for row in rows.order_by("signs_from", "kid")
    ]
    return KeyList(settings.CARD_ISSUER, tuple(keys))
