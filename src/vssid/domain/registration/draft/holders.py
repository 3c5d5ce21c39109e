"""Browsers that may open a draft or its application: the cookie carries the subject id beside a secret."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from vssid.domain.vault import sealing as vault
from vssid.kernel.ids import Phone

from ..models import Holder


@dataclass(frozen=True, slots=True)
class Hold:
    """A proven right to open one draft or application."""

    subject_id: int
    secret_hash: bytes
    proved_phone: bytes | None

    def has_proved(self, phone: Phone) -> bool:
        """Was a code sent to this very number entered in this browser?"""
        return self.proved_phone is not None and self.proved_phone in vault.fingerprints(
            "phone", phone.reveal()
        )


def grant(subject_id: int, *, now: datetime, proved: Phone | None = None, after: str = "") -> str:
    """A new right; returns the token for the cookie. `after`: the token the browser held until now."""
    secret = secrets.token_urlsafe(32)
    Holder.objects.create(
        subject_id=subject_id,
        secret_hash=_hash(secret),
        created_at=now,
        proved_phone=vault.fingerprint("phone", proved.reveal()) if proved else None,
        browser=_browser_of(resolve(after)),
    )
    return f"{subject_id}.{secret}"


def _browser_of(before: Hold | None) -> int | None:
    """The number of a browser that goes on from one draft to another; one is made up at the first time."""
    if before is None:
        return None
    rows = Holder.objects.filter(subject_id=before.subject_id, secret_hash=before.secret_hash)
    rows.filter(browser=None).update(browser=secrets.randbits(62))
    return rows.values_list("browser", flat=True).first()


def resolve(token: str) -> Hold | None:
    """The right behind a token, or None."""
    subject, _, secret = token.partition(".")
    if not (subject.isascii() and subject.isdigit() and len(subject) < 19):
        return None
    row = Holder.objects.filter(subject_id=int(subject), secret_hash=_hash(secret)).first()
    return _hold(row) if row else None


def _hold(row: Holder) -> Hold:
    return Hold(row.subject_id, bytes(row.secret_hash), bytes(row.proved_phone) if row.proved_phone else None)


def of_counter(subject_id: int) -> Hold | None:
    """The right of a draft that was begun at a counter: its secret was given to no browser."""
    row = Holder.objects.filter(subject_id=subject_id).order_by("created_at").first()
    return _hold(row) if row else None


def prove(hold: Hold, phone: Phone) -> None:
    """Note that the number was proved in this browser."""
    Holder.objects.filter(subject_id=hold.subject_id, secret_hash=hold.secret_hash).update(
        proved_phone=vault.fingerprint("phone", phone.reveal())
    )


def keep_proved(subject_id: int, phone: Phone) -> None:
    """Leave only the browsers that proved the number: a sent file opens in no other."""
    prints = vault.fingerprints("phone", phone.reveal())
    Holder.objects.filter(subject_id=subject_id).exclude(proved_phone__in=prints).delete()


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
