"""The usual merge: insert or update one table from a batch of staging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psycopg import sql

from .importer import Batch, Counts


def upsert(
    batch: Batch,
    table: str,
    *,
    key: Sequence[str],
    columns: Mapping[str, str],
    joins: str = "",
    stamp: bool = True,
) -> Counts:
    """Insert rows whose key is new, update those that differ, leave the rest untouched; one statement.

    `columns` maps a column to SQL over staging row `s` (and `joins`); it holds the key columns too. With
    `stamp` the provenance columns run_id, line and as_of are written to new and changed rows.
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
            "RETURNING (xmax = 0) AS fresh) "
            "SELECT count(*) FILTER (WHERE fresh), count(*) FILTER (WHERE NOT fresh), "
            "(SELECT count(*) FROM {staging} s WHERE s.line BETWEEN {first} AND {last}) FROM done"
        ).format(
            table=sql.Identifier(table),
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


def _names(names: Sequence[str] | Mapping[str, object]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))
