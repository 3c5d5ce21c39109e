"""Undo for tables that are merged as usual, set by set.

A table with versions has its old rows there; of others they are kept beside the run (`Before`) for a term. A
row is as the run left it while it says so: whoever writes a row puts the number of their run on it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from psycopg import sql

from ..importer import Undoing, Undone
from . import old_rows
from .table import Table, Versions

CHANGED, HANGS = "changed_since", "hangs"
Left = list[tuple[int, str]]


def of(table: Table) -> Callable[[Undoing], Undone]:
    """The undo of an importer that writes one table."""
    undo = _of_versions if table.versions else _of_plain
    return lambda undoing: undo(undoing, table)


def _of_versions(undoing: Undoing, table: Table) -> Undone:
    versions = table.versions
    assert versions is not None
    first = sql.SQL(
        "SELECT DISTINCT ON (v.person_id, v.record_id) v.person_id, v.record_id, v.was FROM {} v "
        "WHERE v.replaced_by = {} AND v.record = {} ORDER BY v.person_id, v.record_id, v.id"
    ).format(sql.Identifier(versions.table), sql.Literal(undoing.run_id), sql.Literal(versions.record))
    match = sql.SQL("t.person_id = f.person_id AND t.id = f.record_id")
    # In this order: rows that went back name an older run, and so are not taken for new ones and removed.
    back = _give_back(undoing, table, first, match, versions)
    left = changed_versions(undoing, versions)
    removed = _remove_versioned(undoing, table, versions)
    return Undone(back, removed, left)


def _of_plain(undoing: Undoing, table: Table) -> Undone:
    first = sql.SQL("SELECT b.line, b.was FROM imports_before b WHERE b.run_id = {}").format(
        sql.Literal(undoing.run_id)
    )
    match = sql.SQL(" AND ").join(
        sql.SQL("t.{0}::text = f.was->>{1}").format(sql.Identifier(name), sql.Literal(name))
        for name in table.key
    )
    gone = sql.SQL(
        "SELECT f.line FROM ({first}) f WHERE NOT EXISTS "
        "(SELECT 1 FROM {table} t WHERE {match} AND t.run_id = {run}) ORDER BY 1"
    ).format(first=first, table=sql.Identifier(table.name), match=match, run=sql.Literal(undoing.run_id))
    # Before anything goes back; afterwards a row that did looks like one that others have changed.
    undoing.cursor.execute(gone)
    left = [(line, CHANGED) for (line,) in undoing.cursor.fetchall()]
    back = _give_back(undoing, table, first, match, None)
    # New ones that somebody changed: what they were as this run left them is kept by a later one.
    undoing.cursor.execute(
        sql.SQL(
            "SELECT DISTINCT (b.was->>'line')::bigint FROM imports_before b "
            "WHERE (b.was->>'run_id')::bigint = %s AND b.run_id > %s AND NOT EXISTS "
            "(SELECT 1 FROM imports_before f WHERE f.run_id = %s AND {same}) AND NOT EXISTS "
            "(SELECT 1 FROM {table} t WHERE t.run_id = %s AND {now})"
        ).format(
            same=sql.SQL(" AND ").join(
                sql.SQL("f.was->>{0} = b.was->>{0}").format(sql.Literal(name)) for name in table.key
            ),
            now=sql.SQL(" AND ").join(
                sql.SQL("t.{0}::text = b.was->>{1}").format(sql.Identifier(name), sql.Literal(name))
                for name in table.key
            ),
            table=sql.Identifier(table.name),
        ),
        [undoing.run_id] * 4,
    )
    left += [(line, CHANGED) for (line,) in undoing.cursor.fetchall()]
    removed, hang = remove(undoing, table.name, table.key[0], table.named_as)
    return Undone(back, removed, left + hang)


def _give_back(
    undoing: Undoing,
    table: Table,
    first: sql.Composed,
    match: sql.SQL | sql.Composed,
    versions: Versions | None,
) -> int:
    """Rows that are as the run left them become what they were, with the origin they had."""
    names = [name for name in table.columns if name not in table.key]
    updates = [
        sql.SQL("{0} = CASE WHEN f.was ? {1} THEN (f.old).{0} ELSE t.{0} END").format(
            sql.Identifier(name), sql.Literal(name)
        )
        for name in [*names, "run_id", "line"]
    ]
    statement = sql.SQL(
        "WITH done AS (UPDATE {table} t SET {updates}, as_of = {now} FROM "
        "(SELECT o.*, jsonb_populate_record(NULL::{table}, o.was) AS old FROM ({first}) o) f "
        "WHERE {match} AND t.run_id = {run} RETURNING {ids}) {kept} SELECT count(*) FROM done"
    ).format(
        table=sql.Identifier(table.name),
        updates=sql.SQL(", ").join(updates),
        now=sql.Literal(undoing.now),
        first=first,
        match=match,
        run=sql.Literal(undoing.run_id),
        ids=sql.SQL("t.person_id, t.id" if versions else "1"),
        kept=_old_rows(undoing, table, versions) if versions else sql.SQL(""),
    )
    undoing.cursor.execute(statement)
    return int(undoing.cursor.fetchone()[0])


def _old_rows(undoing: Undoing, table: Table, versions: Versions) -> sql.Composed:
    return old_rows.keep(versions, table.name, now=undoing.now, replaced_by=undoing.undo_id)


def changed_versions(undoing: Undoing, versions: Versions) -> Left:
    """Lines of the run whose rows others have corrected since: versions of what the run had said."""
    undoing.cursor.execute(
        sql.SQL(
            "SELECT DISTINCT v.line FROM {} v WHERE v.run_id = %s AND v.record = %s AND v.replaced_by <> %s "
            "AND NOT EXISTS (SELECT 1 FROM {} u WHERE u.person_id = v.person_id AND u.record = v.record "
            "AND u.record_id = v.record_id AND u.replaced_by = %s AND u.run_id = %s)"
        ).format(sql.Identifier(versions.table), sql.Identifier(versions.table)),
        [undoing.run_id, versions.record, undoing.undo_id, undoing.undo_id, undoing.run_id],
    )
    return [(line, CHANGED) for (line,) in undoing.cursor.fetchall()]


def _remove_versioned(undoing: Undoing, table: Table, versions: Versions) -> int:
    """Rows that still say the run wrote them were new in it."""
    undoing.cursor.execute(
        sql.SQL(
            "WITH done AS (DELETE FROM {table} t WHERE t.run_id = {run} RETURNING t.person_id, t.id) {kept} "
            "SELECT count(*) FROM done"
        ).format(
            table=sql.Identifier(table.name),
            run=sql.Literal(undoing.run_id),
            kept=_old_rows(undoing, table, versions),
        )
    )
    return int(undoing.cursor.fetchone()[0])


def remove(
    undoing: Undoing,
    table: str,
    key: str,
    named_as: Sequence[str],
    besides: Sequence[str] = (),
    spare: Sequence[int] = (),
) -> tuple[int, Left]:
    """Delete the rows that were new in the run and on which nothing hangs; the lines of the others.

    Tables in `besides` do not count; lines in `spare` are left and not told.
    """
    hangs = [
        sql.SQL("NOT EXISTS (SELECT 1 FROM {} h WHERE h.{} = t.{})").format(
            sql.SQL(where), sql.Identifier(column), sql.Identifier(key)
        )
        for where, column in references(undoing.cursor, table, named_as, besides)
    ]
    statement = sql.SQL("DELETE FROM {} t WHERE t.run_id = {} AND NOT t.line = ANY({}) AND {}").format(
        sql.Identifier(table),
        sql.Literal(undoing.run_id),
        sql.Literal(list(spare)),
        sql.SQL(" AND ").join([*hangs, sql.SQL("true")]),
    )
    removed = 0
    while True:  # one may hang on another that goes
        undoing.cursor.execute(statement)
        if not undoing.cursor.rowcount:
            break
        removed += undoing.cursor.rowcount
    undoing.cursor.execute(
        sql.SQL("SELECT t.line FROM {} t WHERE t.run_id = %s AND NOT t.line = ANY(%s) ORDER BY 1").format(
            sql.Identifier(table)
        ),
        [undoing.run_id, list(spare)],
    )
    return removed, [(line, HANGS) for (line,) in undoing.cursor.fetchall()]


def references(
    cursor: Any, table: str, named_as: Sequence[str], besides: Sequence[str] = ()
) -> list[tuple[str, str]]:
    """Tables and columns of the whole database that name rows of a table: by a foreign key, or by a column of
    one of the names that such columns have in all rooms.
    """
    cursor.execute(
        "SELECT c.conrelid::regclass::text, a.attname FROM pg_constraint c "
        "JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] "
        "WHERE c.contype = 'f' AND c.confrelid = %(table)s::regclass "
        "UNION SELECT t.oid::regclass::text, a.attname FROM pg_class t "
        "JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped "
        "WHERE t.relkind IN ('r', 'p') AND t.relnamespace = current_schema()::regnamespace "
        "AND a.attname = ANY(%(named)s) AND t.oid <> %(table)s::regclass "
        "AND t.relname NOT LIKE 'imports\\_%%' ORDER BY 1, 2",
        {"table": table, "named": list(named_as)},
    )
    return [(where, column) for where, column in cursor.fetchall() if where not in besides]
