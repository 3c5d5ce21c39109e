"""Seal the diagnoses of a person anew when they become another's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from vssid.domain.vault.rings import Ring

from .. import unsealed
from ..care.diagnoses import CODE, KEYS, NAME, TABLES, purpose, sealed_in
from ..models.history import Version


def give(old: int, new: int, *, now: datetime) -> None:
    """Seal the diagnoses of one person for another, whose rows they become in this transaction.

    What was sealed with a key that is no more is lost, and empty from here on.
    """
    ring = Ring({old, new}, make_at=now)
    # What an older version left in plain is sealed first: as it is, it would come along unsealed.
    for table in KEYS:
        unsealed.seal_records(table, people={old})
        _give_rows(table, old, new, ring)
    unsealed.seal_versions(people={old})
    for version in Version.objects.filter(person_id=old, record__in=TABLES):
        was = _given(TABLES[version.record], version.was, old, new, ring)
        told = {name: f"\\x{value.hex()}" if value else None for name, value in was.items()}
        Version.objects.filter(person_id=old, id=version.id).update(was=version.was | told)


def _give_rows(table: str, old: int, new: int, ring: Ring) -> None:
    columns = [sealed_in(CODE), sealed_in(NAME)]
    names = ("id", *KEYS[table], *columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(names)} FROM {table} WHERE person_id = %s", [old])  # noqa: S608
        for values in cursor.fetchall():
            row = dict(zip(names, values, strict=True))
            given = _given(table, row, old, new, ring)
            cursor.execute(
                f"UPDATE {table} SET {', '.join(f'{column} = %s' for column in columns)} "  # noqa: S608
                "WHERE person_id = %s AND id = %s",
                [*(given[column] for column in columns), old, row["id"]],
            )


def _given(table: str, row: Mapping[str, Any], old: int, new: int, ring: Ring) -> dict[str, bytes | None]:
    """The sealed columns of a row, sealed for another."""
    resealed: dict[str, bytes | None] = {}
    for column in (CODE, NAME):
        name, said = sealed_in(column), purpose(table, column, row)
        value = row.get(name)
        if isinstance(value, str):  # of a version: as PostgreSQL writes bytes
            value = bytes.fromhex(value[2:])
        if value is not None and ring.holds(old):
            value = ring.seal_alike(new, said, ring.unseal_alike(old, said, value))
        resealed[name] = value if ring.holds(old) else None
    return resealed
