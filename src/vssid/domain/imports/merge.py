"""The usual merge: insert or update one table from a batch of staging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psycopg import sql

from .importer import Batch, Counts


@dataclass(frozen=True, slots=True)
class Versions:
    """Where the old rows of a table are kept, as rows of `record`.

    The corrected table needs person_id, id and the provenance columns; `table` has them too, and record,
    record_id, was (jsonb), said_from, said_until and replaced_by.
    """

    table: str
    record: str


def upsert(
    batch: Batch,
    table: str,
    *,
    key: Sequence[str],
    columns: Mapping[str, str],
    joins: str = "",
    stamp: bool = True,
    versions: Versions | None = None,
) -> Counts:
    """Insert rows whose key is new, update those that differ, leave the rest untouched; one statement.

    `columns` maps a column to SQL over staging row `s` (and `joins`); it holds the key columns too. With
    `stamp` the provenance columns run_id, line and as_of are written to new and changed rows. With
    `versions` a changed row is kept there as it was.
    """
    values = {name: sql.SQL(expression) for name, expression in columns.items()}
    stamps = {"run_id": sql.Literal(batch.run_id), "line": sql.SQL("s.line"), "as_of": sql.Literal(batch.now)}
    written = {**values, **(stamps if stamp else {})}
    compared = [name for name in columns if name not in key]
    cursor = batch.cursor
    cursor.execute(
        sql.SQL(
            "WITH done AS (INSERT INTO {table} AS t ({names}) SELECT {values} FROM {staging} s {joins} "
            "WHERE s.line BETWEEN {first} AND {last} "
            "ON CONFLICT ({key}) DO UPDATE SET {updates} WHERE ({old}) IS DISTINCT FROM ({new}) "
            "RETURNING (xmax = 0) AS fresh {ids}) {kept}"
            "SELECT count(*) FILTER (WHERE fresh), count(*) FILTER (WHERE NOT fresh), "
            "(SELECT count(*) FROM {staging} s WHERE s.line BETWEEN {first} AND {last}) FROM done"
        ).format(
            table=sql.Identifier(table),
            ids=sql.SQL(", t.person_id, t.id" if versions else ""),
            kept=_kept(batch, table, versions) if versions else sql.SQL(""),
            names=_names(written),
            values=sql.SQL(", ").join(written.values()),
            staging=sql.Identifier(batch.staging),
            joins=sql.SQL(joins),
            first=sql.Literal(batch.first),
            last=sql.Literal(batch.last),
            key=_names(key),
            updates=sql.SQL(", ").join(
                sql.SQL("{0} = excluded.{0}").format(sql.Identifier(name))
                for name in written
                if name not in key
            ),
            old=sql.SQL(", ").join(sql.SQL("t.{}").format(sql.Identifier(name)) for name in compared),
            new=sql.SQL(", ").join(sql.SQL("excluded.{}").format(sql.Identifier(name)) for name in compared),
        )
    )
    new, changed, total = cursor.fetchone()
    return Counts(new, changed, total - new - changed)


def _kept(batch: Batch, table: str, versions: Versions) -> sql.Composed:
    """All parts of a statement see the table as it was before it, so the join finds the old rows."""
    return sql.SQL(
        ", kept AS (INSERT INTO {versions} "
        "(person_id, record, record_id, was, run_id, line, said_from, said_until, replaced_by) "
        "SELECT o.person_id, {record}, o.id, to_jsonb(o), o.run_id, o.line, o.as_of, {now}, {run} "
        "FROM done d JOIN {table} o ON o.person_id = d.person_id AND o.id = d.id WHERE NOT d.fresh) "
    ).format(
        versions=sql.Identifier(versions.table),
        record=sql.Literal(versions.record),
        now=sql.Literal(batch.now),
        run=sql.Literal(batch.run_id),
        table=sql.Identifier(table),
    )


def _names(names: Sequence[str] | Mapping[str, object]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))
