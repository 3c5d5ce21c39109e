"""The sealed part of a person, bound to the row that a run wrote.

`run_id` and `line` change with every writing of a person, so what was sealed for an older row opens in no
newer one (docs/adr/0015). Whoever writes one of the three columns writes all of them, by what is here; a test
holds that nobody else does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.db import connection

from vssid.domain.vault import sealing as vault
from vssid.domain.vault.rings import Ring
from vssid.infra import keys

from .models.people import Person

SEALED = "participants-person"
DIGEST = "person-sealed"


def row_of(row: Person) -> str:
    """What names the row and its version."""
    return f"{row.run_id}.{row.line}"


def opened(row: Person, *, is_history: bool = False) -> bytes:
    """The sealed part as JSON text. Raises vault.Erased, or keys.CannotOpen for that of another row."""
    return vault.unseal(row.person_id, SEALED, row.sealed, row=row_of(row), is_history=is_history)


def opened_by(ring: Ring, row: Person, *, is_history: bool = False) -> bytes:
    """As `opened`, with keys read before."""
    return ring.unseal_at(row.person_id, SEALED, row.sealed, row=row_of(row), is_history=is_history)


def opened_many(rows: Iterable[Person], *, is_history: bool = False) -> dict[int, bytes]:
    """As `opened`, of many people in one statement; who was erased is left out."""
    by_person = {row.person_id: row for row in rows}
    return vault.unseal_many(
        SEALED,
        {person_id: row.sealed for person_id, row in by_person.items()},
        rows={person_id: row_of(row) for person_id, row in by_person.items()},
        is_history=is_history,
    )


def open_each(rows: Iterable[Person]) -> tuple[dict[int, bytes], set[int]]:
    """As `opened_many`, and of whom it does not open."""
    by_person, texts, refused = {row.person_id: row for row in rows}, dict[int, bytes](), set[int]()
    ring = Ring(by_person)
    for person_id, row in by_person.items():
        if not ring.holds(person_id):
            continue
        try:
            texts[person_id] = opened_by(ring, row)
        except keys.CannotOpen:
            refused.add(person_id)
    return texts, refused


def seal(row: Person, text: str) -> None:
    """Seal a text for the row as it names itself, with the digest that tells changes."""
    row.sealed = vault.seal(row.person_id, SEALED, text.encode(), row=row_of(row))
    row.sealed_digest = vault.fingerprint(DIGEST, text)


def seal_by(ring: Ring, row: Person, text: str) -> None:
    """As `seal`, with keys read before. Raises vault.Erased."""
    row.sealed = ring.seal(row.person_id, SEALED, text.encode(), row=row_of(row))
    row.sealed_digest = vault.fingerprint(DIGEST, text)


def seal_many(texts: Iterable[tuple[Person, str]], *, now: datetime) -> None:
    """Seal for many rows in three statements, making keys; the digests are the caller's."""
    given = {row.person_id: (row, text) for row, text in texts}
    sealed = vault.seal_many(
        SEALED,
        {person_id: text.encode() for person_id, (_, text) in given.items()},
        now=now,
        rows={person_id: row_of(row) for person_id, (row, _) in given.items()},
    )
    for person_id, (row, _) in given.items():
        row.sealed = sealed[person_id]


def bind(given: Mapping[int, tuple[Person, bytes]]) -> None:
    """Of rows that were put back from the history: bind what was sealed before values were bound to rows."""
    unbound = {person_id: told for person_id, told in given.items() if not vault.is_bound(told[0].sealed)}
    if settings.SEALS == "old" or not unbound:
        return
    ring = Ring(unbound)
    sealed = [
        ring.seal(person_id, SEALED, text, row=row_of(row)) for person_id, (row, text) in unbound.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE participants_person p SET sealed = f.sealed "
            "FROM unnest(%s::bigint[], %s::bytea[]) AS f (id, sealed) WHERE p.person_id = f.id",
            [list(unbound), sealed],
        )
