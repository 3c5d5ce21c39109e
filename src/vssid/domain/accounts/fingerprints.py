"""The accounts' part in a change of fingerprint keys."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from vssid.domain.participants import fingerprints as register
from vssid.domain.vault import sealing as vault
from vssid.domain.vault.prints import parts
from vssid.domain.verification.models import PhoneCode, TextCount, Throttle

from . import login_names
from .guardianship import trusted
from .models.accounts import Account, LoginName
from .models.relations import TrustedPerson
from .models.safety import Passkey
from .sign_in import passkey_handles

_LONGEST_LIMIT = timedelta(days=2)  # as `limits.sweep`
_LONGEST_BUDGET = timedelta(days=1)


def _twins(batch: list[tuple[Any, ...]]) -> dict[tuple[str, ...], list[str]]:
    # Who gives or takes a login name has the account's row.
    persons = sorted({person_id for *_, person_id in batch})
    list(Account.objects.select_for_update().filter(person_id__in=persons).order_by("person_id").only("pk"))
    return _known({name for name, _ in batch}, persons)


def _known(names: set[str], persons: Sequence[int]) -> dict[tuple[str, ...], list[str]]:
    """Of these names those whose number the register knows, each with its twins."""
    twins_of = dict[tuple[str, ...], list[str]]()
    for told in [*register.numbers(persons).values(), _codes(persons)]:
        for number in told:
            twins = login_names.by_numbers(number)
            for own in names.intersection(twins):
                twins_of[(own,)] = [name for name in twins if name != own]
    return twins_of


def _codes(persons: Sequence[int]) -> list[str]:
    """The codes of accounts that are ID numbers."""
    codes = []
    for account in Account.objects.filter(person_id__in=persons).exclude(sealed_login=None):
        with suppress(vault.Erased):
            codes.append(login_names.of(account))
    return codes


def forget_unknown_names() -> int:
    """Take away the login names of ID numbers that the register does not know, of all but the first key.

    They are found nowhere once that key is gone; their owners go on signing in by code. Returns how many.
    """
    done, after = 0, login_names.ID
    while True:
        rows = LoginName.objects.filter(name__startswith=login_names.ID, name__gt=after).order_by("name")
        batch = dict(rows.values_list("name", "person_id")[: parts.AT_ONCE])
        if not batch:
            return done
        after = max(batch)
        known = {name for (name,) in _known(set(batch), list(batch.values()))}
        done += LoginName.objects.filter(LOGINS.of_others(), name__in=set(batch) - known).delete()[0]


LOGINS = parts.Doubled(
    "accounts_login_name",
    ("name",),
    (login_names.ID,),
    f"name LIKE '{login_names.ID}%%'",
    ("person_id",),
    _twins,
)


def _trusted(rows: Sequence[TrustedPerson]) -> dict[Any, dict[str, bytes]]:
    columns_of = {}
    for row in rows:
        try:
            phone = trusted.phone_of(row)
        except vault.Erased:
            continue
        columns_of[row.pk] = {"phone_fingerprint": vault.fingerprint("phone", phone.reveal())}
    return columns_of


def _without_handle() -> QuerySet[Account]:
    """Accounts whose passkeys are from before handles were kept."""
    return Account.objects.filter(
        Exists(Passkey.objects.filter(person_id=OuterRef("person_id"))), passkey_handle=None
    )


def _keep_handles(after: Any) -> parts.Step:
    rows = _without_handle().filter(person_id__gt=after or 0).order_by("person_id")
    with transaction.atomic():
        batch = list(rows.select_for_update(of=("self",))[: parts.AT_ONCE])
        for row in batch:
            Account.objects.filter(person_id=row.person_id).update(
                passkey_handle=passkey_handles.made_before(row.person_id)
            )
    return (batch[-1].person_id if len(batch) == parts.AT_ONCE else None), len(batch)


def _last(column: str, more: timedelta) -> Any:
    def until(rows: QuerySet[Any]) -> datetime | None:
        last: datetime | None = rows.aggregate(last=Max(column))["last"]
        return last + more if last else None

    return until


PARTS = (
    LOGINS.part(is_compared=False),
    parts.Part("accounts_account", lambda: _without_handle().count(), _keep_handles),
    parts.sealed(TrustedPerson, ("phone_fingerprint",), _trusted),
    parts.expiring(PhoneCode, "phone_fingerprint", _last("expires_at", timedelta())),
    parts.expiring(Throttle, "key", _last("window_start", _LONGEST_LIMIT)),
    parts.expiring(TextCount, "key", _last("starts_at", _LONGEST_BUDGET)),
)
