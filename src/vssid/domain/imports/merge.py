"""The usual merge: insert or update one table from a batch of staging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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
    may_lack: Sequence[str] = (),
    versions: Versions | None = None,
) -> Counts:
    """Insert rows whose key is new, update those that differ, leave the rest untouched.

    `columns` maps a column to SQL over staging row `s` (and `joins`); it holds the key columns too, of which
    those in `may_lack` may be null. The provenance columns run_id, line and as_of are written to new and
    changed rows. With `versions` a changed row is kept there as it was.

    New rows leave by one COPY and come in by another: an INSERT of the same rows takes a quarter longer. The
    lock of the kind keeps other writers of the table away meanwhile; its unique key would tell if it did not.
    """
    rows = _Rows(batch, table, key, columns, joins, may_lack)
    batch.cursor.execute(rows.total())
    (total,) = batch.cursor.fetchone()
    with batch.cursor.copy(rows.new()) as copy:
        fresh = [bytes(block) for block in copy]
    new = int(batch.cursor.rowcount)
    changed = 0
    if new < total:  # before the new rows are in, so that it need not look at them
        batch.cursor.execute(rows.update(versions))
        (changed,) = batch.cursor.fetchone()
    if new:
        with batch.cursor.copy(rows.into()) as copy:
            for block in fresh:
                copy.write(block)
    return Counts(new, changed, total - new - changed)


class _Rows:
    """The statements over the staged rows of a batch."""

    def __init__(
        self,
        batch: Batch,
        table: str,
        key: Sequence[str],
        columns: Mapping[str, str],
        joins: str,
        may_lack: Sequence[str],
    ) -> None:
        stamps = {"run_id": str(batch.run_id), "line": "s.line", "as_of": f"'{batch.now.isoformat()}'"}
        types = _types(batch.cursor, table)
        self._batch, self._table, self._key, self._columns = batch, table, key, columns
        self._values = {
            name: sql.SQL(f"({expression})::{types[name]}")
            for name, expression in {**columns, **stamps}.items()
        }
        self._from = sql.SQL("FROM {} s {} WHERE s.line BETWEEN {} AND {}").format(
            sql.Identifier(batch.staging), sql.SQL(joins), sql.Literal(batch.first), sql.Literal(batch.last)
        )
        self._same = {name: "IS NOT DISTINCT FROM" if name in may_lack else "=" for name in key}

    def total(self) -> sql.Composed:
        """How many there are."""
        return sql.SQL("SELECT count(*) FROM {} s WHERE s.line BETWEEN {} AND {}").format(
            sql.Identifier(self._batch.staging), sql.Literal(self._batch.first), sql.Literal(self._batch.last)
        )

    def new(self) -> sql.Composed:
        """Those whose key is not in the table, out. A subquery of one row always goes by the index."""
        return sql.SQL(
            "COPY (SELECT {values} {source} AND (SELECT 1 FROM {table} t WHERE {match} LIMIT 1) IS NULL) "
            "TO STDOUT (FORMAT binary)"
        ).format(
            values=sql.SQL(", ").join(self._values.values()),
            source=self._from,
            table=sql.Identifier(self._table),
            match=self._match(self._values),
        )

    def into(self) -> sql.Composed:
        """The same rows into the table."""
        return sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(
            sql.Identifier(self._table), _names(self._values)
        )

    def update(self, versions: Versions | None) -> sql.Composed:
        """Correct the rows that differ, and count them."""
        named = [
            sql.SQL("{} AS {}").format(value, sql.Identifier(name)) for name, value in self._values.items()
        ]
        given = {name: sql.Identifier("g", name) for name in self._values}
        compared = [name for name in self._columns if name not in self._key]
        return sql.SQL(
            "WITH done AS (UPDATE {table} t SET {updates} FROM (SELECT {named} {source}) g "
            "WHERE {match} AND ({old}) IS DISTINCT FROM ({new}) RETURNING {ids}) {kept}"
            "SELECT count(*) FROM done"
        ).format(
            table=sql.Identifier(self._table),
            updates=sql.SQL(", ").join(
                sql.SQL("{0} = g.{0}").format(sql.Identifier(name))
                for name in self._values
                if name not in self._key
            ),
            named=sql.SQL(", ").join(named),
            source=self._from,
            match=self._match(given),
            old=sql.SQL(", ").join(sql.Identifier("t", name) for name in compared),
            new=sql.SQL(", ").join(given[name] for name in compared),
            ids=sql.SQL("t.person_id, t.id" if versions else "1"),
            kept=_kept(self._batch, self._table, versions) if versions else sql.SQL(""),
        )

    def _match(self, values: Mapping[str, sql.Composable]) -> sql.Composed:
        return sql.SQL(" AND ").join(
            sql.SQL("{} {} {}").format(sql.Identifier("t", name), sql.SQL(same), values[name])
            for name, same in self._same.items()
        )


def _types(cursor: Any, table: str) -> dict[str, str]:
    """Type of each column, without its length: a cast to varchar(2) would cut in silence."""
    cursor.execute(
        "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute "
        "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
        [table],
    )
    return dict(cursor.fetchall())


def _kept(batch: Batch, table: str, versions: Versions) -> sql.Composed:
    """All parts of a statement see the table as it was before it, so the join finds the old rows."""
    return sql.SQL(
        ", kept AS (INSERT INTO {versions} "
        "(person_id, record, record_id, was, run_id, line, said_from, said_until, replaced_by) "
        "SELECT o.person_id, {record}, o.id, to_jsonb(o), o.run_id, o.line, o.as_of, {now}, {run} "
        "FROM done d JOIN {table} o ON o.person_id = d.person_id AND o.id = d.id) "
    ).format(
        versions=sql.Identifier(versions.table),
        record=sql.Literal(versions.record),
        now=sql.Literal(batch.now),
        run=sql.Literal(batch.run_id),
        table=sql.Identifier(table),
    )


def _names(names: Sequence[str] | Mapping[str, object]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))
