"""Read accounts."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from vssid.domain.vault import sealing as vault
from vssid.infra.database.kept import Query, given
from vssid.kernel.ids import Phone

from . import login_names
from .models.accounts import Account, Passkey, Session
from .sign_in.sessions import idle_limit

_CITIZEN = Query(lambda: Account.objects.filter(person_id=given("person"), kind=Account.CITIZEN))


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account as an officer may see it."""

    person_id: int
    created_at: datetime
    must_set_password: bool
    activation_expires_at: datetime | None
    last_sign_in_at: datetime | None
    frozen_at: datetime | None


def account_of(person_id: int) -> AccountView | None:
    """The citizen's account of a person, or None."""
    row = _CITIZEN.first(person=person_id)
    if row is None:
        return None
    return AccountView(
        row.person_id,
        row.created_at,
        row.must_set_password,
        row.activation_expires_at,
        row.last_sign_in_at,
        row.frozen_at,
    )


def phone_of(person_id: int) -> Phone | None:
    """The phone of a citizen's account; None without account or phone."""
    row = Account.objects.filter(person_id=person_id, kind=Account.CITIZEN).only("phone").first()
    if row is None or row.phone is None:
        return None
    return Phone(vault.unseal(person_id, "account-phone", row.phone).decode())


@dataclass(frozen=True, slots=True)
class SafetyView:
    """What the owner sees of the account's safety."""

    login: str
    has_email: bool
    passkeys: int
    close_at: datetime | None


def safety_of(person_id: int) -> SafetyView:
    """The citizen's account as its owner sees it."""
    row = Account.objects.get(person_id=person_id)
    count = Passkey.objects.filter(person_id=person_id).count()
    return SafetyView(login_names.of(row), row.email is not None, count, row.close_at)


@dataclass(frozen=True, slots=True)
class DeviceView:
    """A signed-in browser, as its owner may see it."""

    id: uuid.UUID
    device: str
    created_at: datetime
    seen_at: datetime


def devices_of(person_id: int, *, now: datetime) -> list[DeviceView]:
    """The citizen's browsers that are signed in, the one used last first."""
    rows = Session.objects.filter(person_id=person_id, seen_at__gte=now - idle_limit(Account.CITIZEN))
    return [DeviceView(row.id, row.device, row.created_at, row.seen_at) for row in rows.order_by("-seen_at")]
