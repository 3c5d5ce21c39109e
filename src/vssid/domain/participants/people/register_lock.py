"""Files about people and files that merge two people never write at once.

Else a row could be written for a person who is merged away in the same moment. A batch holds a lock of the
database to its end: one that merges excludes all others, every other kind together with its like.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import connection

from vssid.domain.imports.errors import BadFile
from vssid.domain.imports.importer import Batch, Counts, Importer, Undoing, Undone
from vssid.domain.vault.prints import bearing

_KEY = 7_114_001  # imports lock in the space 7_113, which takes two numbers; this is the space of one number
# A batch lasts seconds; the usual time to wait for a lock would be too short behind a large one.
_PATIENCE = "5min"


def sharing(importer: Importer) -> Importer:
    """The importer, whose batches and undoing wait for those that merge people."""

    def merge(batch: Batch) -> Counts:
        _wait(batch.cursor, "pg_advisory_xact_lock_shared")
        _must_bear_known_keys(batch, importer)
        return importer.merge(batch)

    def undo(undoing: Undoing) -> Undone:
        _wait(undoing.cursor, "pg_advisory_xact_lock_shared")
        assert importer.undo is not None
        return importer.undo(undoing)

    return replace(importer, merge=merge, undo=undo if importer.undo else None)


def _must_bear_known_keys(batch: Batch, importer: Importer) -> None:
    """Staged before a fingerprint key was taken out of the settings, ID numbers would lead to nobody.

    Raises BadFile(reason=other_keys).
    """
    key_columns = [
        name for name in importer.staged() if name.endswith("_key") and _kind(name) in importer.staged()
    ]
    told = [bearing.text_bears_none(f"s.{name}") for name in key_columns]
    if not told:
        return
    strange = " OR ".join(
        f"(s.{_kind(name)} <> 'bhxh' AND {condition})"
        for name, (condition, _) in zip(key_columns, told, strict=True)
    )
    batch.cursor.execute(
        f"SELECT EXISTS (SELECT 1 FROM {batch.staging} s "  # noqa: S608
        f"WHERE s.line BETWEEN %s AND %s AND ({strange}))",
        [batch.first, batch.last, *(value for _, values in told for value in values)],
    )
    if batch.cursor.fetchone()[0]:
        raise BadFile(reason="other_keys")


def _kind(name: str) -> str:
    return name.removesuffix("key") + "kind"


def exclude_others(batch: Batch) -> None:
    """Wait until no other file writes about people; none does until the transaction ends."""
    _wait(batch.cursor, "pg_advisory_xact_lock")


def share() -> None:
    """In the open transaction: wait for a file that merges people, and let none begin until it ends."""
    with connection.cursor() as cursor:
        _wait(cursor, "pg_advisory_xact_lock_shared")


def try_to_share() -> bool:
    """For one person's row: may it be written in the open transaction? False while a file merges people."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock_shared(%s)", [_KEY])
        return bool(cursor.fetchone()[0])


def _wait(cursor: Any, lock: str) -> None:
    cursor.execute("SELECT set_config('lock_timeout', %s, true)", [_PATIENCE])
    cursor.execute(f"SELECT {lock}(%s)", [_KEY])
