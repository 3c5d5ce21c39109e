"""Challenges of passkeys and of second steps: for one browser (a secret in its cookie), taken once, some
minutes long.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction

from .errors import WrongProof
from .models import Challenge


def give(
    browser: str, purpose: str, person_id: int | None, now: datetime, *, challenge: bytes | None = None
) -> bytes:
    """A fresh challenge for this browser, random unless it is given; the one before is dead."""
    row = Challenge(
        browser_hash=hashlib.sha256(browser.encode()).digest(),
        purpose=purpose,
        person_id=person_id,
        challenge=challenge or secrets.token_bytes(32),
        expires_at=now + settings.CHALLENGE_LIFE,
    )
    Challenge.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["browser_hash"],
        update_fields=["purpose", "person_id", "challenge", "expires_at"],
    )
    return bytes(row.challenge)


def take(browser: str, purpose: str, person_id: int | None, now: datetime) -> bytes:
    """Take the challenge of this browser, which ends it whatever comes of it. Raises WrongProof."""
    with transaction.atomic():
        rows = Challenge.objects.filter(browser_hash=hashlib.sha256(browser.encode()).digest())
        row = rows.select_for_update().first()
        rows.delete()
    if row is None or row.purpose != purpose or row.person_id != person_id or row.expires_at <= now:
        raise WrongProof
    return bytes(row.challenge)


def look(browser: str, purpose: str, now: datetime) -> Challenge:
    """The challenge of this browser, which it keeps. Raises WrongProof."""
    row = Challenge.objects.filter(browser_hash=hashlib.sha256(browser.encode()).digest()).first()
    if row is None or row.purpose != purpose or row.expires_at <= now:
        raise WrongProof
    return row


def sweep(now: datetime) -> None:
    """Forget challenges nobody answered."""
    Challenge.objects.filter(expires_at__lt=now).delete()
