"""Whether phone, e-mail address, login name and trusted phone are what the log says was put there last.

Who can write in the database can put an older value back where it stood. Each change is an event that bears
the version and a keyed mark of the new value; the key is not in the database (docs/adr/0015).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

import structlog
from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.audit import marks, values
from vssid.domain.audit.models import Event
from vssid.domain.vault import sealing as vault
from vssid.infra import keys
from vssid.infra.database import clock
from vssid.kernel.actor import SYSTEM

from .. import login_names
from ..errors import OlderValue
from ..models.accounts import Account
from ..models.relations import TrustedPerson
from . import notify

PHONE, EMAIL, LOGIN, TRUSTED = "phone", "email", "login", "trusted"
SEALED_FOR = {PHONE: notify.PHONE, EMAIL: notify.EMAIL, LOGIN: login_names.SEALED, TRUSTED: "trusted-person"}
# Events that change a place. A version that knew no marks wrote them without.
CHANGES: dict[str, tuple[str, ...]] = {
    PHONE: ("account.phone_changed",),
    EMAIL: ("account.email_changed",),
    LOGIN: (),
    TRUSTED: ("trusted.asked", "trusted.removed"),
}
TRIES = 5
Opens = Callable[..., bytes]
log = structlog.get_logger(__name__)


class Standing(Enum):
    """`UNTOLD`: the log does not say yet what was put there last. `OLDER`: it says something else."""

    NEWEST, UNTOLD, OLDER = "newest", "untold", "older"


@dataclass(frozen=True, slots=True)
class Value:
    """What is at a place: sealed, or nothing. `row` is what it is bound to."""

    sealed: bytes | memoryview | None = None
    row: object = ""


NONE = Value()


def seal(person_id: int, place: str, plain: bytes, *, row: object = "") -> bytes:
    """Seal a new value for a place, in the caller's transaction, as the version after the one before."""
    version = next_version(person_id, place)
    return vault.seal(person_id, SEALED_FOR[place], plain, row=row, version=version)


def next_version(person_id: int, place: str) -> int:
    """The number of the next value of a place; the caller has locked what holds it."""
    event = values.newest(person_id, place, CHANGES[place])
    said = values.said(event, place) if event is not None else None
    at_least = max((vault.version_of(value.sealed or b"") for value in _at(person_id, place)), default=0)
    return max(said[0] if said else 0, at_least) + 1


def facts(person_id: int, told: Mapping[str, Value]) -> dict[str, Any]:
    """For the facts of the event that is written in the same transaction: what is at these places now."""
    said: dict[str, list[Any]] = {}
    for place, value in told.items():
        if value.sealed is None:
            version, plain = next_version(person_id, place), None
        else:
            version = vault.version_of(value.sealed)
            plain = vault.unseal(person_id, SEALED_FOR[place], value.sealed, row=value.row)
        said[place] = [version, marks.of_value(_said(person_id, place, value.row, version, plain))]
    return {values.SEALED: said} if said else {}


def of_account(account: Account) -> dict[str, Value]:
    """What an account has at its places; nothing is left out."""
    columns = {PHONE: account.phone, EMAIL: account.email, LOGIN: account.sealed_login}
    return {place: Value(sealed) for place, sealed in columns.items() if sealed is not None}


def of_trusted(row: TrustedPerson) -> dict[str, Value]:
    """What is at the place of the trusted phone."""
    return {TRUSTED: Value(row.sealed, row.id)}


def standing(person_id: int, place: str) -> Standing:
    """What is there now beside what the log says; changes at the same moment are waited out."""
    for _ in range(TRIES):
        before = values.newest(person_id, place, CHANGES[place])
        value = next(iter(_at(person_id, place)), NONE)
        if (compared := compare(person_id, place, value, before)) is not Standing.OLDER:
            return compared
        after = values.newest(person_id, place, CHANGES[place])
        if before is not None and after is not None and before.seq == after.seq:
            break
    return Standing.OLDER


def compare(
    person_id: int, place: str, value: Value, event: Event | None, opens: Opens = vault.unseal
) -> Standing:
    """A value beside the newest event about its place. What nobody can open any more counts as newest."""
    silent = Standing.UNTOLD if value.sealed is not None else Standing.NEWEST
    if event is None:
        return silent
    if not values.is_ours(event):
        return Standing.OLDER
    if (said := values.said(event, place)) is None:
        return silent
    try:
        return _compare(person_id, place, value, said, opens)
    except vault.Erased:
        return Standing.NEWEST
    except keys.CannotOpen:
        return Standing.OLDER


def _compare(person_id: int, place: str, value: Value, said: tuple[int, str], opens: Opens) -> Standing:
    version, mark = said
    plain = None
    if value.sealed is not None:
        version = vault.version_of(value.sealed)
        plain = opens(person_id, SEALED_FOR[place], value.sealed, row=value.row)
    row = value.row if plain is not None else ""
    same = marks.is_of_value(mark, _said(person_id, place, row, version, plain))
    return Standing.NEWEST if same and version == said[0] else Standing.OLDER


def _said(person_id: int, place: str, row: object, version: int, plain: bytes | None) -> bytes:
    told = b"\0nothing" if plain is None else b"\0value\0" + plain
    return f"{person_id}\0{place}\0{row}\0{version}".encode() + told


def _at(person_id: int, place: str) -> list[Value]:
    if place == TRUSTED:
        rows = TrustedPerson.objects.filter(person_id=person_id, removed_at=None)
        return [value for row in rows for value in of_trusted(row).values()]
    accounts = Account.objects.filter(person_id=person_id)
    return [at_places[place] for account in accounts if place in (at_places := of_account(account))]


def confirm(account: Account, place: str, *, now: datetime) -> None:
    """Before a code or password is sent there. Raises OlderValue, which is logged and an event."""
    if not is_newest(account.person_id, place, of_account(account).get(place, NONE), now=now):
        raise OlderValue(place=place)


def is_newest(person_id: int, place: str, value: Value, *, now: datetime) -> bool:
    """As `confirm`, for who must not stop: is it what was put there last? One statement where it is."""
    event = values.newest(person_id, place, CHANGES[place])
    if compare(person_id, place, value, event) is not Standing.OLDER:
        return True
    if standing(person_id, place) is not Standing.OLDER:
        return True  # changed since the caller read it
    note(person_id, place, now=now)
    return False


def note(person_id: int, place: str, *, now: datetime) -> None:
    """An older value was found: into the log of the process, of the person, and of the house (`lately`)."""
    log.error("older_value_found", subject=person_id, place=place)
    with transaction.atomic():
        audit.record("account.older_value", subject=person_id, by=SYSTEM, now=now, facts={"place": place})
        told = {"person": person_id, "place": place}
        audit.record("seals.older_value", subject=0, by=SYSTEM, now=clock.of_database(), facts=told)
