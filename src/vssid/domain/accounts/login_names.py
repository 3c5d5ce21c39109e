"""What people sign in with, as it lies in the database.

A BHXH code of twelve digits is an ID number: only its fingerprint leads to the account, and what the account
shows of it lies sealed. Older versions wrote it plain; `seal` takes that away.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from vssid.domain.vault import sealing as vault
from vssid.infra.database import clock

from .models.accounts import Account, LoginName

ID = "id:"
# A colon stands in no name that somebody types.
EMPLOYER = "dv:"
SEALED = "account-login"
AT_ONCE = 1_000
# As the partial indexes have it (migration 0028).
PLAIN = r"^\d{12}$"
_PERSONAL = re.compile(PLAIN, re.ASCII)


def key(login: str, kind: str) -> str:
    """Under which name an account of this kind lies: HR people choose theirs apart from staff."""
    return f"{EMPLOYER}{login}" if kind == Account.EMPLOYER else login


def is_personal(name: str) -> bool:
    """Is this a code that is an ID number?"""
    return _PERSONAL.fullmatch(name) is not None


def by_number(number: str) -> str:
    """The name under which an ID number signs in."""
    return by_numbers(number)[0]


def by_numbers(number: str) -> list[str]:
    """The names under which an ID number signs in, one for each fingerprint key, today's first."""
    return [f"{ID}{fingerprint.hex()}" for fingerprint in vault.fingerprints("login-id", number)]


def stored(names: Iterable[str]) -> set[str]:
    """The names as they are kept."""
    return {
        stored_name for name in names for stored_name in (by_numbers(name) if is_personal(name) else [name])
    }


def columns(person_id: int, code: str, *, version: int) -> dict[str, Any]:
    """The columns of an account that is opened for a code; `version` as the vault has it."""
    if not is_personal(code):
        return {"login": code}
    return {"login": "", "sealed_login": vault.seal(person_id, SEALED, code.encode(), version=version)}


def shown(person_id: int, login: str, sealed: bytes | memoryview | None) -> str:
    """The name that the owner knows. Raises vault.Erased."""
    return login if login or sealed is None else vault.unseal(person_id, SEALED, sealed).decode()


def of(account: Account) -> str:
    """The name that the owner of an account knows. Raises vault.Erased."""
    return shown(account.person_id, account.login, account.sealed_login)


def is_any_plain() -> bool:
    """Did an older version leave an ID number as a login name?"""
    plain = LoginName.objects.filter(name__regex=PLAIN)
    return plain.exists() or Account.objects.filter(login__regex=PLAIN).exists()


def plain_left() -> int:
    """How many rows it left."""
    plain = LoginName.objects.filter(name__regex=PLAIN)
    return plain.count() + Account.objects.filter(login__regex=PLAIN).count()


def seal_plain(*, seconds: float | None = None) -> int:
    """Seal what is left, a thousand rows a transaction; returns how many. Begins nothing after `seconds`."""
    until = None if seconds is None else time.monotonic() + seconds
    done = 0
    while until is None or time.monotonic() < until:
        with transaction.atomic():
            sealed = _seal_names() + _seal_accounts()
        done += sealed
        if not sealed:
            break
    return done


def _seal_names() -> int:
    rows = list(LoginName.objects.select_for_update().filter(name__regex=PLAIN)[:AT_ONCE])
    LoginName.objects.bulk_create(
        [LoginName(name=name, person_id=row.person_id) for row in rows for name in by_numbers(row.name)],
        ignore_conflicts=True,  # the number signs in already
    )
    LoginName.objects.filter(name__in=[row.name for row in rows]).delete()
    return len(rows)


def _seal_accounts() -> int:
    rows = list(Account.objects.select_for_update().filter(login__regex=PLAIN)[:AT_ONCE])
    sealed = {row.person_id: row.login.encode() for row in rows}
    given = vault.seal_many(SEALED, sealed, now=clock.of_database()) if rows else {}
    for row in rows:
        row.login, row.sealed_login = "", given[row.person_id]
    Account.objects.bulk_update(rows, ["login", "sealed_login"])
    return len(rows)
