"""Undo a file of people: the row, what is sealed and the documents go back together."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from vssid.domain.imports.importer import Undoing, Undone
from vssid.domain.imports.merge import undo_tables
from vssid.domain.imports.merge.table import Versions
from vssid.domain.vault import sealing as vault

from .. import fingerprints, sealed_part, unsealed
from ..models import history
from ..models.people import Identifier, Person
from ..row_values import as_it_was, keys_of

_AT_ONCE = 2_000
_RECORD = "person"
_ID_TAKEN = "id_taken"
_PERSON = "participants_person"
# What belongs to the person alone and goes with them.
_OWN = (_PERSON, "participants_identifier", history.TABLE)
Keys = list[tuple[str, str]]


def undo_people(undoing: Undoing) -> Undone:
    """Persons go back to what they were; new ones on whom nothing hangs in any room are removed."""
    unsealed.seal_versions(run_id=undoing.run_id)
    back, left = 0, list[tuple[int, str]]()
    for rows in _old_rows(undoing):
        done, taken = _give_back(undoing, rows)
        back, left = back + done, left + taken
    left += _changed_since(undoing)
    removed, hang = _remove_new(undoing, [line for line, _ in left])
    return Undone(back, removed, left + hang)


def _old_rows(undoing: Undoing) -> Iterator[list[tuple[int, int, dict[str, Any]]]]:
    """Person, line in the run and old row of those that are as the run left them, some at a time."""
    last = 0
    while True:
        undoing.cursor.execute(
            "SELECT DISTINCT ON (v.person_id) v.person_id, p.line, v.was FROM participants_version v "
            "JOIN participants_person p ON p.person_id = v.person_id AND p.run_id = v.replaced_by "
            "WHERE v.replaced_by = %s AND v.record = %s AND v.person_id > %s "
            "ORDER BY v.person_id, v.id LIMIT %s",
            [undoing.run_id, _RECORD, last, _AT_ONCE],
        )
        rows = [(person_id, line, _json(was)) for person_id, line, was in undoing.cursor.fetchall()]
        if not rows:
            return
        yield rows
        last = rows[-1][0]


def _json(was: Any) -> dict[str, Any]:
    return dict(json.loads(was) if isinstance(was, str) else was)


def _give_back(
    undoing: Undoing, rows: list[tuple[int, int, dict[str, Any]]]
) -> tuple[int, list[tuple[int, str]]]:
    before = {person_id: as_it_was(Person, was) for person_id, _, was in rows}
    opened = sealed_part.opened_many(before.values(), is_history=True)
    documents = {person_id: _documents(json.loads(text)) for person_id, text in opened.items()}
    taken = _taken(documents)
    lines = {person_id: line for person_id, line, _ in rows}
    # Who was erased since has nothing to go back to.
    good = [person_id for person_id in lines if person_id in documents and person_id not in taken]
    _write(undoing, good)
    sealed_part.bind({person_id: (before[person_id], opened[person_id]) for person_id in good})
    fingerprints.digest({person_id: opened[person_id] for person_id in good})
    _identify({person_id: documents[person_id] for person_id in good})
    left = [
        (lines[person_id], _ID_TAKEN if person_id in taken else undo_tables.CHANGED)
        for person_id in lines.keys() - set(good)
    ]
    return len(good), left


def _documents(private: dict[str, str]) -> Keys:
    numbers = [private[name] for name in ("id_number", "old_id_number") if private.get(name)]
    return list(dict.fromkeys(key for number in numbers for key in keys_of(number)))


def _taken(documents: dict[int, Keys]) -> set[int]:
    """Persons one of whose old documents leads to somebody else by now."""
    keys = {key for pairs in documents.values() for _, key in pairs}
    holders = {
        (kind, key): person_id
        for kind, key, person_id in Identifier.objects.filter(key__in=keys).values_list(
            "kind", "key", "person_id"
        )
    }
    return {
        person_id
        for person_id, pairs in documents.items()
        if any(holders.get(pair, person_id) != person_id for pair in pairs)
    }


def _write(undoing: Undoing, person_ids: list[int]) -> None:
    names = [
        field.column
        for field in Person._meta.concrete_fields
        if field.column not in (None, "person_id", "as_of")
    ]
    updates = ", ".join(
        f"{name} = CASE WHEN f.was ? '{name}' THEN (f.old).{name} ELSE t.{name} END" for name in names
    )
    undoing.cursor.execute(
        f"INSERT INTO {history.TABLE} "  # noqa: S608
        "(person_id, record, record_id, was, run_id, line, said_from, said_until, replaced_by) "
        "SELECT p.person_id, %s, p.person_id, to_jsonb(p), p.run_id, p.line, p.as_of, %s, %s "
        f"FROM {_PERSON} p WHERE p.person_id = ANY(%s) FOR NO KEY UPDATE",
        [_RECORD, undoing.now, undoing.undo_id, person_ids],
    )
    undoing.cursor.execute(
        f"UPDATE {_PERSON} t SET {updates}, as_of = %s FROM ("  # noqa: S608
        "SELECT DISTINCT ON (v.person_id) v.person_id, v.was, "
        f"jsonb_populate_record(NULL::{_PERSON}, v.was) AS old "
        f"FROM {history.TABLE} v WHERE v.replaced_by = %s AND v.record = %s AND v.person_id = ANY(%s) "
        "ORDER BY v.person_id, v.id) f WHERE t.person_id = f.person_id",
        [undoing.now, undoing.run_id, _RECORD, person_ids],
    )


def _identify(documents: dict[int, Keys]) -> None:
    """Today's and the last document lead to the person again, those of the run no more."""
    own = Identifier.objects.filter(person_id__in=list(documents), merged_id=None)
    own.exclude(kind=Identifier.Kind.BHXH).delete()
    Identifier.objects.bulk_create(
        [
            Identifier(kind=kind, key=key, person_id=person_id)
            for person_id, pairs in documents.items()
            for kind, key in pairs
        ],
        ignore_conflicts=True,  # those that came with a merged person lead there already
    )


def _changed_since(undoing: Undoing) -> list[tuple[int, str]]:
    return undo_tables.changed_versions(undoing, Versions(history.TABLE, _RECORD))


def _remove_new(undoing: Undoing, left: list[int]) -> tuple[int, list[tuple[int, str]]]:
    """New persons, their identifiers and keys, unless something of any room is theirs."""
    undoing.cursor.execute(
        f"SELECT p.person_id FROM {_PERSON} p WHERE p.run_id = %s AND NOT p.line = ANY(%s)",  # noqa: S608
        [undoing.run_id, left],
    )
    new = [person_id for (person_id,) in undoing.cursor.fetchall()]
    removed, hang = undo_tables.remove(
        undoing,
        _PERSON,
        "person_id",
        ("person_id", "child_id", "guardian_id", "merged_id"),
        besides=_OWN,
        spare=left,
    )
    kept = set(Person.objects.filter(person_id__in=new).values_list("person_id", flat=True))
    gone = [person_id for person_id in new if person_id not in kept]
    Identifier.objects.filter(person_id__in=gone).delete()
    # What the register once said of them was a mistake of files that were undone before.
    undoing.cursor.execute(f"DELETE FROM {history.TABLE} WHERE person_id = ANY(%s)", [gone])  # noqa: S608
    vault.erase_many(gone)
    return removed, hang
