"""Bring columns of folded names up to date when the way to fold a name has changed."""

from __future__ import annotations

from typing import Any

from vssid.kernel import letters
from vssid.kernel.text import UNSEEN, fold

AT_ONCE = 5_000
# What may fold otherwise than before: signs of the table, what nobody sees, an apostrophe with a space.
_SUSPECT = (
    "["
    + "".join(sign for sign in letters.SAME if not sign.isascii())
    + "`"
    + (UNSEEN.replace(r"\x00", r"\x01") + "]|' ")
)


def refold(table: str, *, key: str, longest: int, schema_editor: Any, at_once: int = AT_ONCE) -> int:
    """Fold `full_name` into `name_folded` anew where it differs; returns how many rows were changed.

    `longest` is what the column holds. Each batch is a transaction of its own, and doing it twice does no
    harm. A name that is written meanwhile stays: a row is only changed while it has the name that was folded.
    """
    last, changed = -1, 0
    with schema_editor.connection.cursor() as cursor:
        while True:
            cursor.execute(
                f"SELECT {key}, full_name, name_folded FROM {table} "  # noqa: S608 - names of ours
                f"WHERE {key} > %s AND full_name ~ %s ORDER BY {key} LIMIT %s",
                [last, _SUSPECT, at_once],
            )
            rows = cursor.fetchall()
            folded = [(row_id, name, fold(name)[:longest], kept) for row_id, name, kept in rows]
            changed += _write(cursor, table, key, [row[:3] for row in folded if row[2] != row[3]])
            if len(rows) < at_once:
                return changed
            last = rows[-1][0]


def _write(cursor: Any, table: str, key: str, stale: list[tuple[int, str, str]]) -> int:
    cursor.execute(
        f"UPDATE {table} SET name_folded = stale.folded "  # noqa: S608
        "FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS stale (id, name, folded) "
        f"WHERE {table}.{key} = stale.id AND {table}.full_name = stale.name",
        [[row[at] for row in stale] for at in range(3)],
    )
    return int(cursor.rowcount)
