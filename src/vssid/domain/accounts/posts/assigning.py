"""Give files to officers: one by hand, or those that are nobody's by shares. To whom: posts say.

An officer may be given what the own post may take in hand: of the file's office, on this day, not away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from vssid.domain.casework import desk, own_files
from vssid.domain.casework.kinds import Kind, Row
from vssid.domain.casework.work import assignments, shares
from vssid.domain.offices import policy
from vssid.domain.offices.rights import Right, rights_of
from vssid.infra.database.kept import Query, given
from vssid.infra.database.prepared import at_once
from vssid.infra.database.together import Read
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid

from . import absences
from .posts import live

MOST_SHARE = 9
_THERE = Query(
    lambda: (
        live(given("day"))
        .filter(office_id=given("office"))
        .exclude(Exists(absences.on(given("day")).filter(account_id=OuterRef("account_id"))))
        .values_list("account_id", "account__display_name", "role")
    )
)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may be given files of a kind; `load` of them are theirs already."""

    id: int
    name: str
    load: int


def colleagues(kind: Kind[Any], *, by: Actor, now: datetime) -> list[Colleague]:
    """Who at the own office may be given files of this kind today, by name. Raises NotAllowed."""
    policy.require(by, Right.ASSIGN_FILES, by.office)
    loads = Read(lambda: assignments.loads(by.office, kind.name))
    able = Read(lambda: _able(kind, by.office, now))
    at_once(loads, able)
    return [Colleague(*officer, loads.value.get(officer[0], 0)) for officer in able.value]


def assign(kind: Kind[Row], key: Any, officer_id: int | None, *, by: Actor, now: datetime) -> None:
    """The open file is this officer's, or anybody's (None).

    Raises NotYours, NotAllowed, OwnFile, what the room says of a closed file, or Invalid(officer=unknown |
    close), close when the file is about that officer or somebody close.
    """
    with transaction.atomic():
        row = desk.lock(kind, key, by=by, need=Right.ASSIGN_FILES)
        if row.state in kind.closed:
            raise kind.was_first(row)
        if officer_id is None:
            assignments.take_back(kind, row, by=by, now=now)
            return
        able = dict(_able(kind, row.office_id, now))
        if officer_id not in able:
            raise Invalid(officer="unknown")
        if _is_close(kind, row, officer_id):
            raise Invalid(officer="close")
        assignments.give(kind, row, (officer_id, able[officer_id]), by=by, now=now)


def deal_out(
    kind: Kind[Row], keys: Mapping[int, Any], wanted: Mapping[int, int], *, by: Actor, now: datetime
) -> int:
    """Deal open files (number → key, in their order) that are nobody's to officers by shares; how many.

    A file that was closed, given to somebody or is about that officer meanwhile is left out. Raises
    NotAllowed, or Invalid(shares=required | unknown | too_large).
    """
    able = {each.id: each for each in colleagues(kind, by=by, now=now)}
    _check(wanted, able)
    taken = assignments.names(kind.name, keys)
    free = [file_id for file_id in keys if file_id not in taken]
    loads = {officer_id: each.load for officer_id, each in able.items()}
    dealt = shares.deal(free, wanted, loads)
    return sum(
        _deal_one(kind, keys[file_id], (officer_id, able[officer_id].name), by=by, now=now)
        for file_id, officer_id in dealt.items()
    )


def _check(wanted: Mapping[int, int], able: Mapping[int, Colleague]) -> None:
    if not any(wanted.values()):
        raise Invalid(shares="required")
    if not wanted.keys() <= able.keys():
        raise Invalid(shares="unknown")
    if not all(0 <= share <= MOST_SHARE for share in wanted.values()):
        raise Invalid(shares="too_large")


def _deal_one(kind: Kind[Row], key: Any, officer: tuple[int, str], *, by: Actor, now: datetime) -> bool:
    with transaction.atomic():
        rows: Sequence[Row] = kind.rows(key).select_for_update().filter(office_id=by.office)
        row = next(iter(rows), None)
        if row is None or row.state in kind.closed or _is_close(kind, row, officer[0]):
            return False
        if assignments.names(kind.name, [row.id]):
            return False
        assignments.give(kind, row, officer, by=by, now=now)
    return True


def _able(kind: Kind[Any], office: str, now: datetime) -> list[tuple[int, str]]:
    """Number and name of who may take files of this kind in hand at an office, and is not away."""
    able = {
        person_id: name
        for person_id, name, role in _THERE.rows(office=office, day=local_day(now))
        if {Right.TAKE_FILES, kind.look} <= rights_of(role)
    }
    return sorted(able.items(), key=lambda officer: (officer[1], officer[0]))


def _is_close(kind: Kind[Row], row: Row, officer_id: int) -> bool:
    try:
        own_files.refuse(Actor(ActorKind.OFFICER, officer_id), lambda: kind.persons(row))
    except own_files.OwnFile:
        return True
    return False
