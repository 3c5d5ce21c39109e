"""What an officer's decision writes to the register: a person's data, the facility of first registration.

The only writers beside the importers (docs/adr/0010). Each keeps what it replaces as a Version and names its
origin as they do, by a run of one line. Call them in the transaction of the decision.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q

from vssid.domain.imports.merge import officer_row
from vssid.domain.places import queries as places
from vssid.kernel.actor import Actor
from vssid.kernel.text import fold

from .. import row_values, sealed_part
from ..errors import IdTaken, NoCoverage, NoSuchPerson, RegisterBusy
from ..models import history
from ..models.history import Version
from ..models.people import Coverage, Identifier, Person
from ..row_values import keys_of
from . import register_lock

_PRIVATE = ("id_number", "id_issued_on", "phone", "email", "street")
_PLAIN = ("full_name", "birth_date", "sex", "commune_code", "province_code")


@dataclass(frozen=True, slots=True)
class Decision:
    """By what a row is written: the number people know it by, the office's name, who, when."""

    number: str
    sender: str
    by: Actor
    now: datetime


def correct_person(person_id: int, changes: Mapping[str, Any], decision: Decision) -> None:
    """Write new values of a person; days as ISO text. An ID number that is replaced becomes the old one.

    `changes` may hold full_name, birth_date, sex, street, commune_code, province_code, id_number,
    id_issued_on, phone, email. Raises RegisterBusy, NoSuchPerson or IdTaken.
    """
    _take_turn()
    row = Person.objects.select_for_update().filter(person_id=person_id).first()
    if row is None:
        raise NoSuchPerson
    run_id = _begin(decision)
    _keep("participants_person", Version.Record.PERSON, person_id, person_id, run_id, decision.now)
    private: dict[str, Any] = row_values.private(row)
    before = private.get("id_number")
    private |= {name: changes[name] for name in _PRIVATE if name in changes}
    if before and private["id_number"] != before:
        private["old_id_number"] = before
    _set_plain(row, changes)
    _write(row, private, run_id, decision.now)
    if private.get("id_number") != before:
        _identify(person_id, private)


def _set_plain(row: Person, changes: Mapping[str, Any]) -> None:
    for name in _PLAIN:
        if name in changes:
            setattr(row, name, changes[name])
    if "full_name" in changes:
        row.name_folded = fold(changes["full_name"])[:120]
    if "birth_date" in changes:
        row.birth_date, row.birth_precision = date.fromisoformat(changes["birth_date"]), "day"
    if "commune_code" in changes:
        row.places_version = places.LIST_VERSION


def _write(row: Person, private: dict[str, Any], run_id: int, now: datetime) -> None:
    text = json.dumps({name: value for name, value in private.items() if value}, sort_keys=True)
    row.run_id, row.line, row.as_of = run_id, 1, now
    row.street = ""
    sealed_part.seal(row, text)
    row.save()


def _identify(person_id: int, private: Mapping[str, Any]) -> None:
    """Today's and the last document lead to the person, older ones no more, as after an import."""
    told = [private[name] for name in ("id_number", "old_id_number") if private.get(name)]
    keys = {key: kind for number in told for kind, key in keys_of(number)}
    holders = dict(Identifier.objects.filter(key__in=keys).values_list("key", "person_id"))
    if any(other != person_id for other in holders.values()):
        raise IdTaken
    documents = Identifier.objects.filter(person_id=person_id).exclude(kind=Identifier.Kind.BHXH)
    documents.filter(Q(merged_id=None)).exclude(key__in=keys).delete()
    Identifier.objects.bulk_create(
        [
            Identifier(kind=kind, key=key, person_id=person_id)
            for key, kind in keys.items()
            if key not in holders
        ]
    )


def change_facility(person_id: int, facility_code: str, from_day: date, decision: Decision) -> None:
    """From this day another facility of first registration. Coverage that began before is parted there.

    Raises RegisterBusy, or NoCoverage when none counts on that day or begins later.
    """
    _take_turn()
    counts = Q(valid_to=None) | Q(valid_to__gte=from_day)
    rows = list(Coverage.objects.select_for_update().filter(counts, person_id=person_id))
    if not rows:
        raise NoCoverage
    run_id = _begin(decision)
    for row in rows:
        _keep("participants_coverage", Version.Record.COVERAGE, person_id, row.id, run_id, decision.now)
        if row.valid_from < from_day:
            _part(row, facility_code, from_day, run_id, decision.now)
        else:
            row.facility_code = facility_code
        row.run_id, row.line, row.as_of = run_id, 1, decision.now
        row.save(update_fields=["valid_to", "facility_code", "run_id", "line", "as_of"])


def _part(row: Coverage, facility_code: str, from_day: date, run_id: int, now: datetime) -> None:
    """End a time of insurance the day before, and go on with the other facility."""
    names = [field.attname for field in Coverage._meta.concrete_fields if field.attname not in ("pk", "id")]
    values = {name: getattr(row, name) for name in names}
    values |= {"facility_code": facility_code, "valid_from": from_day}
    values |= {"run_id": run_id, "line": 1, "as_of": now}
    row.valid_to = from_day - timedelta(days=1)
    # Another row of the same object may begin on that very day already; it goes on by itself.
    Coverage.objects.bulk_create([Coverage(**values)], ignore_conflicts=True)


def _take_turn() -> None:
    if not register_lock.try_to_share():
        raise RegisterBusy


def _begin(decision: Decision) -> int:
    return officer_row.of_decision(decision.number, sender=decision.sender, by=decision.by, now=decision.now)


def _keep(
    table: str, record: Version.Record, person_id: int, record_id: int, run_id: int, now: datetime
) -> None:
    key = "o.person_id = %s" if record is Version.Record.PERSON else "o.person_id = %s AND o.id = %s"
    args = [person_id] if record is Version.Record.PERSON else [person_id, record_id]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {history.TABLE} "  # noqa: S608
            "(person_id, record, record_id, was, run_id, line, said_from, said_until, replaced_by) "
            "SELECT o.person_id, %s, %s, to_jsonb(o), o.run_id, o.line, o.as_of, %s, %s "
            f"FROM {table} o WHERE {key}",
            [record.value, record_id, now, run_id, *args],
        )
