"""Every account is gone through: what the log does not tell yet is told, older values are found."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Mod

from vssid.domain.audit import actions as audit
from vssid.domain.audit import queries as events
from vssid.domain.audit import values
from vssid.domain.vault.rings import Ring
from vssid.infra.database import clock
from vssid.kernel.actor import SYSTEM

from ..models.accounts import Account
from ..models.relations import TrustedPerson
from . import newest
from .newest import NONE, Standing, Value

AT_ONCE = 500
# Each night goes through a part, so that all accounts are looked at within a week.
PARTS = 7
LATELY = timedelta(days=8)
Tell = Callable[[int], None]


@dataclass(slots=True)
class Found:
    """How many accounts were looked at, what is older (person, place), what the log does not tell yet."""

    accounts: int = 0
    older: list[tuple[int, str]] = field(default_factory=list)
    untold: int = 0
    told: int = 0
    is_whole: bool = True
    """False: the time was over before the end."""


def count() -> int:
    """How many accounts there are to go through."""
    return Account.objects.count()


def look(
    *, telling: bool, part: int | None = None, seconds: float | None = None, tell: Tell | None = None
) -> Found:
    """Go through the accounts, or one of `PARTS`. `telling`: the log is told what it does not say yet.

    A batch at a time; may be stopped anywhere and run again. `tell` hears how many were looked at.
    """
    report, until = Found(), None if seconds is None else time.monotonic() + seconds
    for batch in _batches(part):
        if until is not None and time.monotonic() >= until:
            report.is_whole = False
            break
        _look_at(batch, report, telling=telling)
        report.accounts += len(batch)
        if tell is not None:
            tell(report.accounts)
    return report


def _batches(part: int | None) -> Iterator[list[Account]]:
    rows: QuerySet[Account] = Account.objects.order_by("person_id")
    if part is not None:
        rows = rows.annotate(part=Mod(F("person_id"), PARTS)).filter(part=part)
    after = 0
    while batch := list(rows.filter(person_id__gt=after)[:AT_ONCE]):
        yield batch
        after = batch[-1].person_id


def _look_at(batch: list[Account], report: Found, *, telling: bool) -> None:
    people = [account.person_id for account in batch]
    at_places = {account.person_id: newest.of_account(account) for account in batch}
    for row in TrustedPerson.objects.filter(person_id__in=people, removed_at=None):
        at_places[row.person_id] |= newest.of_trusted(row)
    ring, untold = Ring(people), set[int]()
    for place, kinds in newest.CHANGES.items():
        said = values.newest_of_many(people, place, kinds)
        for person_id in people:
            value = at_places[person_id].get(place, NONE)
            match newest.compare(person_id, place, value, said.get(person_id), ring.unseal_at):
                case Standing.UNTOLD:
                    untold.add(person_id)
                    report.untold += 1
                case Standing.OLDER if newest.standing(person_id, place) is Standing.OLDER:
                    report.older.append((person_id, place))
    if telling:
        report.told += sum(_tell(person_id) for person_id in sorted(untold))


def _tell(person_id: int) -> int:
    """Write down what is at the places of which the log says nothing; returns how many there were."""
    with transaction.atomic():
        # Who changes a place holds one of these rows until the event is written.
        account = Account.objects.select_for_update().filter(person_id=person_id).first()
        trusted = TrustedPerson.objects.select_for_update().filter(person_id=person_id, removed_at=None)
        at_places: dict[str, Value] = newest.of_account(account) if account else {}
        for row in trusted:
            at_places |= newest.of_trusted(row)
        new = {
            place: value
            for place, value in at_places.items()
            if newest.standing(person_id, place) is Standing.UNTOLD
        }
        if new:
            facts = newest.facts(person_id, new)
            now = clock.of_database()
            audit.record("account.value_told", subject=person_id, by=SYSTEM, now=now, facts=facts)
    return len(new)


def night(now: datetime, *, seconds: float) -> Found:
    """Tonight's part: tell, and note what is older."""
    report = look(telling=True, part=now.toordinal() % PARTS, seconds=seconds)
    for person_id, place in report.older:
        newest.note(person_id, place, now=now)
    return report


def lately() -> int:
    """How often an older value was found, by night or before something was sent, within eight days."""
    return events.count_since(0, "seals.older_value", clock.of_database() - LATELY)
