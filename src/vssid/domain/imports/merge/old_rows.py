"""Old rows become versions: what a run or an undo replaces was told to people for a time."""

from __future__ import annotations

from datetime import datetime

from psycopg import sql

from .table import Versions


def keep(versions: Versions, table: str, *, now: datetime, replaced_by: int) -> sql.Composed:
    """A part of a WITH statement that keeps, of `table`, the rows that the part `done` before it writes.

    All parts of a statement see the table as it was before it, so the join finds the old rows.
    """
    return sql.SQL(
        ", kept AS (INSERT INTO {versions} "
        "(person_id, record, record_id, was, run_id, line, said_from, said_until, replaced_by) "
        "SELECT o.person_id, {record}, o.id, to_jsonb(o), o.run_id, o.line, o.as_of, {now}, {replaced_by} "
        "FROM done d JOIN {table} o ON o.person_id = d.person_id AND o.id = d.id) "
    ).format(
        versions=sql.Identifier(versions.table),
        record=sql.Literal(versions.record),
        now=sql.Literal(now),
        replaced_by=sql.Literal(replaced_by),
        table=sql.Identifier(table),
    )
