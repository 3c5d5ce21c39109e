"""Make, announce, switch and withdraw the keys that sign credentials.

Two steps, so that no desk meets a key it does not know: a key is published some days before it signs
(`announce_key`, then `switch_key`), and stays published after it signed its last.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.db import connection, transaction

from vssid.domain.audit import actions as audit
from vssid.domain.vault import sealing as vault
from vssid.kernel.actor import SYSTEM, Actor

from .envelope import COORDINATE
from .errors import AlreadyAnnounced, NothingAnnounced, TooEarly, UnknownKey
from .models import SigningKey

PURPOSE = "card-signing-key"
# The longest life settings allow for a credential, and a day for whoever signs with the key while it retires.
STAYS_PUBLISHED = timedelta(days=31)
# A request that read the key before the switch is long done; then its private part is destroyed.
KEPT_PRIVATE = timedelta(days=1)
State = SigningKey.State


def ensure_key(*, now: datetime) -> None:
    """Make the first key, which signs at once: nobody can hold an older list."""
    with _keys_locked():
        if not SigningKey.objects.exclude(state=State.RETIRED).exists():
            _make(State.SIGNING, signs_from=now, by=SYSTEM, now=now)


def announce_key(*, by: Actor, now: datetime) -> SigningKey:
    """Make and publish a key that will sign after settings.CARD_KEY_NOTICE. Refuses a second one."""
    with _keys_locked():
        waiting = SigningKey.objects.filter(state=State.ANNOUNCED).first()
        if waiting is not None:
            raise AlreadyAnnounced(kid=waiting.kid, signs_from=waiting.signs_from)
        return _make(State.ANNOUNCED, signs_from=now + settings.CARD_KEY_NOTICE, by=by, now=now)


def switch_key(*, by: Actor, now: datetime, early: bool = False) -> SigningKey:
    """Let the announced key sign and retire the other. Refuses before its time unless `early`."""
    with _keys_locked():
        key = SigningKey.objects.filter(state=State.ANNOUNCED).first()
        if key is None:
            raise NothingAnnounced
        if now < key.signs_from and not early:
            raise TooEarly(kid=key.kid, signs_from=key.signs_from)
        _retire_signing(by=by, now=now, published_until=now + STAYS_PUBLISHED)
        key.state, key.signs_from = State.SIGNING, now
        key.save(update_fields=["state", "signs_from"])
        _note("card_key_switched", key, by, now)
    return key


def withdraw_key(kid: str, *, by: Actor, now: datetime) -> None:
    """Take a key that may have leaked off the list at once: what it signed is refused from now on.

    If it was signing, the announced key signs instead, or else a new one.
    """
    with _keys_locked():
        key = SigningKey.objects.filter(kid=kid).first()
        if key is None or (key.published_until and key.published_until <= now):
            raise UnknownKey(kid=kid)
        was_signing = key.state == State.SIGNING
        _retire(key, now, published_until=now)
        _note("card_key_withdrawn", key, by, now)
        if not was_signing:
            return
        if SigningKey.objects.filter(state=State.ANNOUNCED).exists():
            switch_key(by=by, now=now, early=True)
        else:
            _make(State.SIGNING, signs_from=now, by=by, now=now)


def tend_keys(*, now: datetime) -> None:
    """What is due: a first key, the next one announced in time, the switch, the end of old private parts."""
    ensure_key(now=now)
    with _keys_locked():
        waiting = SigningKey.objects.filter(state=State.ANNOUNCED).first()
        signing = SigningKey.objects.get(state=State.SIGNING)
        if waiting is not None and waiting.signs_from <= now:
            switch_key(by=SYSTEM, now=now)
        elif (
            waiting is None and signing.signs_from + settings.CARD_KEY_LIFE <= now + settings.CARD_KEY_NOTICE
        ):
            announce_key(by=SYSTEM, now=now)
        for key in SigningKey.objects.filter(sealed__isnull=False, retired_at__lte=now - KEPT_PRIVATE):
            _destroy_private(key, now)


@contextmanager
def _keys_locked() -> Iterator[None]:
    """A transaction in which nobody else changes keys; who reads them is not held up."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE cards_signing_key IN SHARE ROW EXCLUSIVE MODE")
        yield


def _make(state: State, *, signs_from: datetime, by: Actor, now: datetime) -> SigningKey:
    numbers = ec.generate_private_key(ec.SECP256R1()).private_numbers()
    x, y = (part.to_bytes(COORDINATE, "big") for part in (numbers.public_numbers.x, numbers.public_numbers.y))
    subject = vault.new_subject_id()
    key = SigningKey.objects.create(
        kid=hashlib.sha256(b"\x04" + x + y).hexdigest()[:8],
        subject_id=subject,
        x=x,
        y=y,
        sealed=vault.seal(subject, PURPOSE, numbers.private_value.to_bytes(COORDINATE, "big")),
        state=state,
        announced_at=now,
        signs_from=signs_from,
    )
    _note(f"card_key_{state}", key, by, now)
    return key


def _retire_signing(*, by: Actor, now: datetime, published_until: datetime) -> None:
    key = SigningKey.objects.filter(state=State.SIGNING).first()
    if key is not None:
        _retire(key, now, published_until)
        _note("card_key_retired", key, by, now)


def _retire(key: SigningKey, now: datetime, published_until: datetime) -> None:
    key.state, key.published_until = State.RETIRED, published_until
    key.retired_at = key.retired_at or now
    key.save(update_fields=["state", "published_until", "retired_at"])


def _destroy_private(key: SigningKey, now: datetime) -> None:
    key.sealed = None
    key.save(update_fields=["sealed"])
    vault.erase(key.subject_id)
    _note("card_key_destroyed", key, SYSTEM, now)


def _note(kind: str, key: SigningKey, by: Actor, now: datetime) -> None:
    audit.record(kind, subject=key.subject_id, by=by, now=now, facts={"kid": key.kid})
