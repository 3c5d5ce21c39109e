"""Files about people and files that merge two people never write at once.

Else a row could be written for a person who is merged away in the same moment. A batch holds a lock of the
database to its end: one that merges alone, every other kind together with its like.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import connection

from vssid.domain.imports.importer import Batch, Counts, Importer, Undoing, Undone

_KEY = 7_114_001  # imports lock in the space 7_113, which takes two numbers; this is the space of one number
# A batch lasts seconds; the usual time to wait for a lock would be too short behind a large one.
_PATIENCE = "5min"


def beside_others(importer: Importer) -> Importer:
    """The importer, whose batches and undoing wait for those that merge people."""

    def merge(batch: Batch) -> Counts:
        _wait(batch.cursor, "pg_advisory_xact_lock_shared")
        return importer.merge(batch)

    def undo(undoing: Undoing) -> Undone:
        _wait(undoing.cursor, "pg_advisory_xact_lock_shared")
        assert importer.undo is not None
        return importer.undo(undoing)

    return replace(importer, merge=merge, undo=undo if importer.undo else None)


def alone(batch: Batch) -> None:
    """Wait until no other file writes about people; none does until the transaction ends."""
    _wait(batch.cursor, "pg_advisory_xact_lock")


def one_beside_others() -> bool:
    """For one person's row: may it be written in the open transaction? False while a file merges people."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock_shared(%s)", [_KEY])
        return bool(cursor.fetchone()[0])


def _wait(cursor: Any, lock: str) -> None:
    cursor.execute("SELECT set_config('lock_timeout', %s, true)", [_PATIENCE])
    cursor.execute(f"SELECT {lock}(%s)", [_KEY])
