"""After a new master key: every data key is wrapped under it, in batches that can be stopped and go on."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.db import connection, transaction

from vssid.infra import keys

from . import sealing

AT_ONCE = 5_000
Tell = Callable[[int], None]
# By primary key from where the batch before ended: what is done is passed over once, not for each batch.
_NEXT = """
SELECT subject_id, wrapped, master_key_id FROM vault_subject_key
WHERE subject_id > %s AND master_key_id <> %s ORDER BY subject_id LIMIT %s FOR UPDATE
"""
_WRITE = """
UPDATE vault_subject_key SET wrapped = fresh.wrapped, master_key_id = %s
FROM unnest(%s::bigint[], %s::bytea[]) AS fresh (id, wrapped) WHERE subject_id = fresh.id
"""


def left() -> int:
    """How many data keys another than the newest master key wraps; those that wait to be destroyed too."""
    newest = sealing.newest_master()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM vault_subject_key WHERE master_key_id <> %s)"
            " + (SELECT count(*) FROM vault_erased_key WHERE master_key_id <> %s)",
            [newest.id, newest.id],
        )
        return int(cursor.fetchone()[0])


def rewrap(*, seconds: float | None = None, tell: Tell | None = None) -> int:
    """Wrap what is left under the newest master key; returns how many were wrapped.

    Each batch is a transaction; stopped anywhere, the next run goes on from there. `seconds`: begin no batch
    after that; `tell` hears the count. Raises keys.CannotOpen where a master key is lacking.
    """
    until = None if seconds is None else time.monotonic() + seconds
    after, done = -1, 0
    while until is None or time.monotonic() < until:
        after, wrapped = _batch(after)
        done += wrapped
        if tell is not None:
            tell(done)
        if wrapped < AT_ONCE:
            break
    return done


def _batch(after: int) -> tuple[int, int]:
    """The highest subject of the batch and how many were wrapped."""
    newest = sealing.newest_master()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_NEXT, [after, newest.id, AT_ONCE])
        rows = cursor.fetchall()
        fresh = [
            keys.seal(newest.secret, sealing.unwrap(subject, wrapped, by), sealing.wrap_context(subject))
            for subject, wrapped, by in rows
        ]
        cursor.execute(_WRITE, [newest.id, [row[0] for row in rows], fresh])
    return (rows[-1][0] if rows else after), len(rows)
