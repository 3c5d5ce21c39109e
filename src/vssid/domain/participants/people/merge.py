"""Merge people from staging: seal what is sensitive with each person's own key, keep identifiers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from vssid.domain.imports.check import left_out
from vssid.domain.imports.importer import Batch, Counts
from vssid.domain.imports.merge.effects import Step
from vssid.domain.places import queries as places
from vssid.domain.vault import sealing as vault

from .. import sealed_part, unsealed
from ..models import history
from ..models.people import Identifier, Person
from ..row_values import keys_of

_PLAIN = (
    "bhxh_code",
    "full_name",
    "name_folded",
    "birth_date",
    "birth_precision",
    "sex",
    "household_code",
    "household_relation",
    "commune_code",
    "province_code",
    "places_version",
    "office_id",
    "sealed_digest",
)
_STAGED = (
    "line, bhxh_code, person_kind, person_key, person_number, full_name, name_folded, birth_date, "
    "birth_precision, sex, household_code, household_relation, street, commune_code, province_code, "
    "office_code, id_number, id_kind, id_key, old_id_number, old_id_kind, old_id_key, id_issued_on, phone, "
    "email"
)
_SEALED_FIELDS = ("id_number", "old_id_number", "phone", "email", "street")
PRIVATE = frozenset([*_SEALED_FIELDS, "id_issued_on"])


# Columns of a person → the staging column of the cell; blank, the column stays as it is.
_OPTIONAL = {
    "household_code": "household_code",
    "household_relation": "household_relation",
    "commune_code": "commune_code",
    "province_code": "province_code",
    "office_id": "office_code",
}
# What is told of a change; the rest follows from it.
_TOLD = ("bhxh_code", "full_name", "birth_date", "birth_precision", "sex", *_OPTIONAL)


@dataclass(slots=True)
class _Given:
    """A staged row on its way: the person to write, the sealed part, what the file left blank."""

    person: Person
    private: dict[str, str]
    blank: frozenset[str]

    def seal_digest(self) -> None:
        """Tell the sealed part by its digest."""
        self.person.sealed_digest = vault.fingerprint(sealed_part.DIGEST, self.text)

    @property
    def text(self) -> str:
        """The sealed part as it is sealed."""
        return json.dumps(self.private, sort_keys=True)

    def agree(self, digest: bytes) -> bool:
        """Is the sealed part what this digest was made of? Then it is kept, whichever key made it."""
        is_same = self.person.sealed_digest == digest
        if not is_same and digest in vault.fingerprints(sealed_part.DIGEST, self.text):
            self.person.sealed_digest = digest
        return bool(self.person.sealed_digest == digest)

    def documents(self) -> list[tuple[str, str]]:
        """Kind and keys of today's and the earlier document."""
        numbers = [self.private[name] for name in ("id_number", "old_id_number") if name in self.private]
        return list(dict.fromkeys(key for number in numbers for key in keys_of(number)))


def merge_people(batch: Batch) -> Counts:
    """New and changed people of a batch, with key, sealed part and identifiers, in few statements."""
    given = _read(batch)
    known = Person.objects.in_bulk([staged.person.person_id for staged in given if staged.person.person_id])
    unsealed.seal_streets(known.values())
    opened, closed = _keep_blanks(
        batch, [staged for staged in given if staged.person.person_id in known], known
    )
    given = _without(batch, given, closed)
    fresh = [staged for staged in given if not staged.person.person_id]
    changed = [staged for staged in given if staged.person.person_id in known and _differs(staged, known)]
    if batch.effects is not None:
        batch.effects.new(staged.person.line for staged in fresh)
        for staged in changed:
            known_person = known[staged.person.person_id]
            batch.effects.changed(
                staged.person.line, _steps(staged, known_person, opened.get(known_person.person_id))
            )
    for staged, person_id in zip(fresh, _new_ids(batch, len(fresh)), strict=True):
        staged.person.person_id = person_id
    _keep_versions(batch, [staged.person.person_id for staged in changed])
    _write(batch, [*fresh, *changed])
    _forget_documents(changed)
    _identify(fresh, changed)
    return Counts(len(fresh), len(changed), len(given) - len(fresh) - len(changed), len(closed))


def _without(batch: Batch, given: list[_Given], closed: set[int]) -> list[_Given]:
    """Refuse the rows of those whose sealed part does not open: what a blank cell keeps is not known."""
    for staged in given:
        if staged.person.person_id in closed:
            batch.refuse(staged.person.line, "bhxh_code", "sealed_refused")
    return [staged for staged in given if staged.person.person_id not in closed]


def _read(batch: Batch) -> list[_Given]:
    staged = ", ".join(f"s.{name}" for name in _STAGED.split(", "))
    batch.cursor.execute(
        f"SELECT i.person_id, p.bhxh_code AS known_code, {staged} FROM {batch.staging} s "  # noqa: S608
        "LEFT JOIN participants_identifier i ON i.kind = s.person_kind AND i.key = s.person_key "
        "LEFT JOIN participants_person p ON p.person_id = i.person_id "
        "WHERE s.line BETWEEN %s AND %s "
        # Merged since the file was checked: the kept person must not become the merged one again.
        "AND s.person_key NOT IN (SELECT m.merged_code FROM participants_merge m) ORDER BY s.line",
        [batch.first, batch.last],
    )
    names = [column.name for column in batch.cursor.description]
    return [_given(dict(zip(names, row, strict=True)), batch) for row in batch.cursor.fetchall()]


def _given(row: dict[str, Any], batch: Batch) -> _Given:
    private = {name: batch.unseal(name, row[name]) for name in _SEALED_FIELDS if row[name]}
    if row["person_number"]:
        private["id_number"] = batch.unseal("person_number", row["person_number"])
    if row["id_issued_on"]:
        private["id_issued_on"] = row["id_issued_on"]
    person = Person(
        person_id=row["person_id"],
        # Who is named by a personal number keeps the code that the register knows, if any.
        bhxh_code=row["bhxh_code"] or row["known_code"] or "",
        full_name=row["full_name"],
        name_folded=row["name_folded"],
        birth_date=row["birth_date"],
        birth_precision=row["birth_precision"],
        sex=int(row["sex"]),
        household_code=row["household_code"] or "",
        household_relation=row["household_relation"] or "",
        commune_code=row["commune_code"] or "",
        province_code=row["province_code"] or "",
        places_version=places.LIST_VERSION if row["commune_code"] or row["province_code"] else "",
        office_id=row["office_code"],
        run_id=batch.run_id,
        line=row["line"],
        as_of=batch.now,
    )
    blank = [name for name in _OPTIONAL.values() if row[name] is None]
    staged = _Given(person, private, frozenset([*blank, *(PRIVATE - private.keys())]))
    staged.seal_digest()
    return staged


def _keep_blanks(
    batch: Batch, given: list[_Given], known: dict[int, Person]
) -> tuple[dict[int, dict[str, str]], set[int]]:
    """What the file leaves blank is what the register says, unless blanks erase it.

    What was left out because it could not be read is no blank. Returns the sealed parts that had to be
    opened, by person, and of whom it does not open.
    """
    aside = left_out.fields(batch.run_id, batch.first, batch.last) if batch.erases else {}
    unlike, blanks = [], dict[int, frozenset[str]]()
    for staged in given:
        kept = staged.blank - (batch.erases - aside.get(staged.person.line, frozenset()))
        known_person, blanks[staged.person.person_id] = known[staged.person.person_id], kept
        for name, cell in _OPTIONAL.items():
            if cell in kept:
                setattr(staged.person, name, getattr(known_person, name))
        if {"commune_code", "province_code"} <= kept:
            staged.person.places_version = known_person.places_version
        # Opened only where it may hold more or other: the keys of persons are the dear part of a merge.
        differs = not staged.agree(bytes(known_person.sealed_digest))
        if differs and (kept & PRIVATE or batch.effects is not None):
            unlike.append(staged)
    texts, closed = sealed_part.open_each(known[staged.person.person_id] for staged in unlike)
    opened = {person_id: json.loads(text) for person_id, text in texts.items()}
    for staged in unlike:
        private = opened.get(staged.person.person_id, {})
        kept = blanks[staged.person.person_id] & private.keys()
        staged.private = {name: private[name] for name in kept} | staged.private
        staged.seal_digest()
        staged.agree(bytes(known[staged.person.person_id].sealed_digest))
    return opened, closed


def _steps(staged: _Given, known_person: Person, private: dict[str, str] | None) -> dict[str, Step]:
    """What changes in a person, by column; without `private` the sealed part stays."""
    steps = {}
    for name in _TOLD:
        old, new = (str(getattr(row, name) or "") for row in (known_person, staged.person))
        if old != new:
            cell = _OPTIONAL.get(name, name)
            steps[cell] = Step(old, new, cell in staged.blank)
    before = staged.private if private is None else private
    for name in sorted(PRIVATE):
        old, new = before.get(name, ""), staged.private.get(name, "")
        if old != new:
            steps[name] = Step(old, new, name in staged.blank)
    return steps


def _differs(given: _Given, known: dict[int, Person]) -> bool:
    new, old = given.person, known[given.person.person_id]

    def value(row: Person, name: str) -> object:
        column_value = getattr(row, name)
        return bytes(column_value) if name == "sealed_digest" else column_value

    return any(value(new, name) != value(old, name) for name in _PLAIN)


def _new_ids(batch: Batch, how_many: int) -> list[int]:
    batch.cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [vault.SUBJECT_SEQUENCE, how_many])
    return [row[0] for row in batch.cursor.fetchall()]


def _keep_versions(batch: Batch, person_ids: list[int]) -> None:
    batch.cursor.execute(
        f"INSERT INTO {history.TABLE} "  # noqa: S608
        "(person_id, record, record_id, was, run_id, line, said_from, said_until, replaced_by) "
        "SELECT p.person_id, 'person', p.person_id, to_jsonb(p), p.run_id, p.line, p.as_of, %s, %s "
        # Locked: an officer's correction of this moment is either kept here, or comes after.
        "FROM participants_person p WHERE p.person_id = ANY(%s) FOR NO KEY UPDATE",
        [batch.now, batch.run_id, person_ids],
    )


def _forget_documents(changed: list[_Given]) -> None:
    """Old documents lead to nobody any more, but for those that came with a merged person."""
    told = [key for staged in changed for _, key in staged.documents()]
    Identifier.objects.filter(person_id__in=[staged.person.person_id for staged in changed]).exclude(
        kind=Identifier.Kind.BHXH
    ).filter(Q(merged_id=None) | Q(key__in=told)).delete()


def _write(batch: Batch, given: list[_Given]) -> None:
    if not given:
        return
    sealed_part.seal_many([(staged.person, staged.text) for staged in given], now=batch.now)
    Person.objects.bulk_create(
        [staged.person for staged in given],
        update_conflicts=True,
        unique_fields=["person_id"],
        update_fields=[*_PLAIN, "street", "sealed", "run_id", "line", "as_of"],
    )


def _identify(fresh: Iterable[_Given], changed: Iterable[_Given]) -> None:
    rows = [
        Identifier(kind=Identifier.Kind.BHXH, key=staged.person.bhxh_code, person_id=staged.person.person_id)
        for staged in fresh
        if staged.person.bhxh_code
    ]
    rows += [
        Identifier(kind=kind, key=key, person_id=staged.person.person_id)
        for staged in [*fresh, *changed]
        for kind, key in staged.documents()
    ]
    Identifier.objects.bulk_create(rows)
