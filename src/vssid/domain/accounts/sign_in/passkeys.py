"""The passkeys (WebAuthn) of a person: list, offer, rename, vouch for, remove.

The site is `settings.BASE_URL`. `new_passkeys` adds one, `passkey_sign_in` signs in with one.
"""

from __future__ import annotations

import hashlib
import ipaddress
import uuid
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Exists

from vssid.domain.audit import actions as audit
from vssid.kernel.actor import person
from vssid.kernel.text import tidy

from ..contacts import notify
from ..models.accounts import Account, Passkey, PasskeyOwner

RP_NAME = "BHXH"
NAME_LENGTH = 60


@dataclass(frozen=True, slots=True)
class PasskeyView:
    """A passkey as its owner may see it."""

    id: uuid.UUID
    name: str
    created_at: datetime
    last_used_at: datetime | None
    suspect_at: datetime | None


def is_on() -> bool:
    """Browsers know passkeys for names only, not for a site at a bare IP address."""
    try:
        ipaddress.ip_address(site())
    except ValueError:
        return True
    return False


def site() -> str:
    """The name for which browsers know our passkeys."""
    return urlsplit(settings.BASE_URL).hostname or ""


def origin() -> str:
    """What browsers say they were asked by."""
    parts = urlsplit(settings.BASE_URL)
    return f"{parts.scheme}://{parts.netloc}"


def hash_of(credential_id: bytes) -> bytes:
    """What a credential is found by."""
    return hashlib.sha256(credential_id).digest()


def of(person_id: int) -> list[PasskeyView]:
    """The person's passkeys, oldest first."""
    rows = Passkey.objects.filter(person_id=person_id).order_by("created_at")
    return [PasskeyView(row.id, row.name, row.created_at, row.last_used_at, row.suspect_at) for row in rows]


def is_to_be_offered(person_id: int) -> bool:
    """Is a passkey to be offered? Once: not to who has one, had one or put it off, nor where none can be."""
    if not is_on():
        return False
    asked = Account.objects.filter(person_id=person_id, passkey_answered_at=None)
    return asked.exclude(Exists(Passkey.objects.filter(person_id=person_id))).exists()


def answer_offer(person_id: int, *, now: datetime) -> None:
    """The person has put a passkey off, or added one. Twice keeps the first time."""
    Account.objects.filter(person_id=person_id, passkey_answered_at=None).update(passkey_answered_at=now)


def rename(person_id: int, passkey_id: uuid.UUID, name: str) -> None:
    """Give it another name; an empty one changes nothing. Another person's passkey is not there."""
    new_name = tidy(name)[:NAME_LENGTH]
    if new_name:
        Passkey.objects.filter(person_id=person_id, id=passkey_id).update(name=new_name)


def vouch(person_id: int, passkey_id: uuid.UUID, *, now: datetime) -> bool:
    """The owner, who proved the password, says that a passkey in doubt is theirs: counting begins anew.

    Returns whether one was in doubt.
    """
    with transaction.atomic():
        rows = Passkey.objects.filter(person_id=person_id, id=passkey_id, suspect_at__isnull=False)
        if not rows.update(suspect_at=None, sign_count=0):
            return False
        audit.record("account.passkey_vouched", subject=person_id, by=person(person_id), now=now)
        return True


def remove(person_id: int, passkey_id: uuid.UUID, *, now: datetime) -> bool:
    """Take it away; twice is fine. Returns whether this call did."""
    with transaction.atomic():
        row = Passkey.objects.select_for_update().filter(person_id=person_id, id=passkey_id).first()
        if row is None:
            return False
        PasskeyOwner.objects.filter(credential_hash=hash_of(bytes(row.credential_id))).delete()
        Passkey.objects.filter(person_id=person_id, id=passkey_id).delete()
        audit.record("account.passkey_removed", subject=person_id, by=person(person_id), now=now)
        notify.tell(person_id, "passkey_removed", now=now)
    return True


def remove_all(person_id: int) -> int:
    """Take all of a person's away inside the caller's transaction; returns how many."""
    rows = list(Passkey.objects.select_for_update().filter(person_id=person_id))
    keys = [hash_of(bytes(row.credential_id)) for row in rows]
    PasskeyOwner.objects.filter(credential_hash__in=keys).delete()
    Passkey.objects.filter(person_id=person_id).delete()
    return len(rows)
