"""What older versions wrote into plain columns and this one seals: streets and diagnoses.

An older version may still run beside this one and write there, so what stands in a plain column is newer
than what is sealed. A file, an undo or a merge seals the rows it touches; `seal` does the rest.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from django.db import connection, transaction

from vssid.domain.vault import erasing
from vssid.domain.vault.rings import Ring

from . import row_values, sealed_part
from .care import diagnoses
from .models.people import Person

AT_ONCE = 1_000
Tell = Callable[[int], None]
Row = dict[str, Any]
_DIAGNOSIS = "(diagnosis_code <> '' OR diagnosis_name <> '')"
# Table → when a row has something plain: as the partial indexes have it, which tell at once that none has.
PLAIN = {
    "participants_person": "street <> ''",
    **dict.fromkeys(diagnoses.KEYS, _DIAGNOSIS),
    "participants_version": (
        "(was->>'street' <> '' OR was->>'diagnosis_code' <> '' OR was->>'diagnosis_name' <> '')"
    ),
}


def left() -> int:
    """How many rows hold a street or a diagnosis in plain."""
    counts = [f"(SELECT count(*) FROM {table} WHERE {plain})" for table, plain in PLAIN.items()]  # noqa: S608
    return int(_one(f"SELECT {' + '.join(counts)}"))


def is_any() -> bool:
    """Does any row?"""
    conditions = [f"EXISTS (SELECT 1 FROM {table} WHERE {plain})" for table, plain in PLAIN.items()]  # noqa: S608
    return bool(_one(f"SELECT {' OR '.join(conditions)}"))


def seal(*, seconds: float | None = None, tell: Tell | None = None) -> int:
    """Seal what is left, a thousand rows a transaction; returns how many rows were sealed.

    Stopped anywhere, the next run goes on. `seconds`: begin nothing after that; `tell` hears the count. Rows
    of who was erased become empty, but stay as they are while the key may be taken back.
    """
    until = None if seconds is None else time.monotonic() + seconds
    done = 0
    for table in PLAIN:
        after: tuple[int, int] | None = (-1, -1)
        while after is not None and (until is None or time.monotonic() < until):
            sealed, after = _batch(table, after)
            done += sealed
            if tell is not None:
                tell(done)
    return done


def _batch(table: str, after: tuple[int, int]) -> tuple[int, tuple[int, int] | None]:
    """How many were sealed, and the last row there was; None when there are no more."""
    with transaction.atomic():
        key = "person_id, 0" if table == "participants_person" else "person_id, id"
        rows = _plain(table, f"({key}) > (%s, %s)", after, AT_ONCE)
        if table == "participants_person":
            people = Person.objects.filter(person_id__in=[row["person_id"] for row in rows])
            done = seal_streets(people)
        elif table == "participants_version":
            done = _seal_versions(rows)
        else:
            done = _seal_records(table, rows)
    last = rows[-1] if len(rows) == AT_ONCE else None
    return done, (last["person_id"], last["id"]) if last else None


def seal_records(table: str, *, people: Collection[int] = (), run_id: int = 0) -> None:
    """Seal the plain diagnoses of a table that are of these people, or else that a run wrote."""
    is_meant, value = ("run_id = %s", run_id) if run_id else ("person_id = ANY(%s)", list(people))
    _seal_records(table, _plain(table, is_meant, [value]))


def seal_versions(*, people: Collection[int] = (), run_id: int = 0) -> None:
    """Seal what is plain in the older rows of these people, or else in those that a run replaced."""
    is_meant, value = ("replaced_by = %s", run_id) if run_id else ("person_id = ANY(%s)", list(people))
    _seal_versions(_plain("participants_version", is_meant, [value]))


def seal_streets(persons: Iterable[Person]) -> int:
    """Seal the plain streets among these persons of the register; returns how many there were."""
    plain = [row for row in persons if row.street]
    if not plain:
        return 0
    _lock(plain)
    ring = Ring([row.person_id for row in plain])
    stay = _stay([row.person_id for row in plain], ring)
    rows = [row for row in plain if row.person_id not in stay]
    for row in rows:
        _seal_street(row, ring)
    Person.objects.bulk_update(rows, ["street", "sealed", "sealed_digest"])
    return len(rows)


def _lock(persons: Sequence[Person]) -> None:
    """Read them again, locked: what is sealed for a row must not come to stand in the next one."""
    rows = Person.objects.select_for_update().order_by("person_id")
    locked = {row.person_id: row for row in rows.filter(person_id__in=[row.person_id for row in persons])}
    for person in persons:
        now = locked.get(person.person_id, person)
        for field in Person._meta.concrete_fields:
            setattr(person, field.attname, getattr(now, field.attname))


def _seal_street(row: Person, ring: Ring, *, is_history: bool = False) -> None:
    if ring.holds(row.person_id):
        opened = sealed_part.opened_by(ring, row, is_history=is_history)
        sealed_part.seal_by(ring, row, json.dumps(row_values.with_street(row, opened), sort_keys=True))
    row.street = ""


def _seal_records(table: str, rows: Sequence[Row]) -> int:
    people = {row["person_id"] for row in rows}
    ring = Ring(people)
    stay = _stay(people, ring)
    values = [
        (row["person_id"], row["id"], *diagnoses.sealed(table, row, row["person_id"], ring).values())
        for row in rows
        if row["person_id"] not in stay
    ]
    if values:
        with connection.cursor() as cursor:
            cursor.execute(
                _RECORDS.format(table=table), [list(column) for column in zip(*values, strict=True)]
            )
    return len(values)


_RECORDS = """
UPDATE {table} t SET diagnosis_code = '', diagnosis_name = '',
    sealed_diagnosis_code = coalesce(f.code, t.sealed_diagnosis_code),
    sealed_diagnosis_name = coalesce(f.name, t.sealed_diagnosis_name)
FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[], %s::bytea[]) AS f (person_id, id, code, name)
WHERE t.person_id = f.person_id AND t.id = f.id
"""
_VERSIONS = """
UPDATE participants_version t SET was = t.was || f.patch::jsonb
FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS f (person_id, id, patch)
WHERE t.person_id = f.person_id AND t.id = f.id
"""


def _seal_versions(rows: Sequence[Row]) -> int:
    """A person's older row is sealed for whom it told of, a record's for whose it is now."""
    for row in rows:
        row["was"] = json.loads(row["was"]) if isinstance(row["was"], str) else row["was"]
        row["of"] = row["was"]["person_id"] if row["record"] == "person" else row["person_id"]
    people = {row["of"] for row in rows}
    ring = Ring(people)
    stay = _stay(people, ring)
    values = [
        (row["person_id"], row["id"], json.dumps(_patch(row, ring))) for row in rows if row["of"] not in stay
    ]
    if values:
        with connection.cursor() as cursor:
            cursor.execute(_VERSIONS, [list(column) for column in zip(*values, strict=True)])
    return len(values)


def _patch(row: Row, ring: Ring) -> dict[str, str]:
    """What an older row becomes, by column, with bytes as PostgreSQL writes them."""
    if row["record"] == "person":
        person = row_values.as_it_was(Person, row["was"])
        _seal_street(person, ring, is_history=True)
        return {"street": "", "sealed": _hex(person.sealed), "sealed_digest": _hex(person.sealed_digest)}
    sealed_bytes = diagnoses.sealed(diagnoses.TABLES[row["record"]], row["was"], row["of"], ring)
    sealed = {column: _hex(value) for column, value in sealed_bytes.items() if value is not None}
    return {diagnoses.CODE: "", diagnoses.NAME: ""} | sealed


def _hex(value: bytes | memoryview) -> str:
    return f"\\x{bytes(value).hex()}"


def _stay(people: Collection[int], ring: Ring) -> set[int]:
    """Of whom nothing can be sealed now: the key is away and may come back."""
    lacking = {person for person in people if not ring.holds(person)}
    return erasing.can_come_back(lacking) if lacking else set()


def _plain(table: str, is_meant: str, values: Sequence[Any], at_most: int | None = None) -> list[Row]:
    """The rows with something plain, locked, in the order of their key."""
    names = {
        "participants_person": "person_id, 0 AS id",
        "participants_version": "person_id, id, record, was",
    }
    listed = names.get(table) or ", ".join(
        ("person_id", "id", *diagnoses.KEYS.get(table, ()), diagnoses.CODE, diagnoses.NAME)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {listed} FROM {table} WHERE {PLAIN[table]} AND ({is_meant}) "  # noqa: S608
            "ORDER BY 1, 2 LIMIT %s FOR UPDATE",
            [*values, at_most],
        )
        columns = [column.name for column in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def _one(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]
