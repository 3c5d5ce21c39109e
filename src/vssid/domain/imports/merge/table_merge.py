"""The usual merge: insert or update one table from a batch of staging."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from psycopg import sql

from ..importer import Batch, Counts
from . import old_rows
from .effects import Step
from .table import Table, Versions


def into(table: Table) -> Callable[[Batch], Counts]:
    """The merge of an importer that writes one table."""
    return lambda batch: upsert(batch, table)


def upsert(batch: Batch, table: Table) -> Counts:
    """Insert rows whose key is new, update those that differ, leave the rest untouched.

    The provenance columns run_id, line and as_of are written to new and changed rows. With `versions` a
    changed row is kept there as it was. Rows that a rule of the table refuses are told to the batch.

    New rows leave by one COPY and come in by another: an INSERT of the same rows takes a quarter longer. The
    lock of the kind keeps other writers of the table away meanwhile; its unique key would tell if it did not.
    """
    rows = _Rows(batch, table)
    batch.cursor.execute(rows.total())
    (total,) = batch.cursor.fetchone()
    with batch.cursor.copy(rows.new()) as copy:
        fresh = [bytes(block) for block in copy]
    new = int(batch.cursor.rowcount)
    if batch.effects is not None:
        batch.cursor.execute(rows.new_lines())
        batch.effects.new(line for (line,) in batch.cursor.fetchall())
    changed = refused = 0
    if new < total:  # before the new rows are in, so that it need not look at them
        refused = _refuse(batch, table, rows)
        _tell(batch, rows)
        batch.cursor.execute(rows.update())
        (changed,) = batch.cursor.fetchone()
    if new:
        with batch.cursor.copy(rows.into()) as copy:
            for block in fresh:
                copy.write(block)
    return Counts(new, changed, total - new - changed - refused, refused)


def _refuse(batch: Batch, table: Table, rows: _Rows) -> int:
    """Take rows out of staging that would break a rule with what the register keeps; how many they are."""
    if not table.rules:
        return 0
    batch.cursor.execute(rows.against_rules())
    broken = batch.cursor.fetchall()
    for line, field, code in broken:
        batch.refuse(line, field, code)
    lines = sorted({line for line, _, _ in broken})
    batch.cursor.execute(
        sql.SQL("DELETE FROM {} WHERE line = ANY(%s)").format(sql.Identifier(batch.staging)), [lines]
    )
    return len(lines)


def _tell(batch: Batch, rows: _Rows) -> None:
    """Tell what the rows that differ become; they are locked, so that this is what then happens."""
    if batch.effects is None:
        return
    names = rows.named()
    batch.cursor.execute(rows.differences())
    for line, *steps in batch.cursor.fetchall():
        told = {
            name: Step(step[0] or "", step[1] or "", step[2] == "true")
            for name, step in zip(names, steps, strict=True)
            if step is not None
        }
        batch.effects.changed(line, told)


class _Rows:
    """The statements over the staged rows of a batch."""

    def __init__(self, batch: Batch, table: Table) -> None:
        stamps = {"run_id": str(batch.run_id), "line": "s.line", "as_of": f"'{batch.now.isoformat()}'"}
        types = _types(batch.cursor, table.name)
        self._batch, self._what, self._table = batch, table, sql.Identifier(table.name)
        self._values = {
            name: sql.SQL(f"({expression})::{types[name]}")
            for name, expression in {**table.columns, **stamps}.items()
        }
        self._from = sql.SQL("FROM {} s {} WHERE s.line BETWEEN {} AND {}").format(
            sql.Identifier(batch.staging),
            sql.SQL(table.joins),
            sql.Literal(batch.first),
            sql.Literal(batch.last),
        )
        self._same = {name: "IS NOT DISTINCT FROM" if name in table.may_lack else "=" for name in table.key}
        self._rest = [name for name in table.columns if name not in table.key]
        # Column → when its cell is blank, so that it stays as it is, but for those that are erased.
        self._blank = {
            name: sql.SQL(" AND ").join(sql.SQL(f's."{cell}" IS NULL') for cell in cells)
            for name in self._rest
            if (cells := table.cells(name))
        }
        self._erased = {name for name in self._blank if batch.erases.issuperset(table.cells(name))}

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
            table=self._table,
            match=self._match(self._values),
        )

    def new_lines(self) -> sql.Composed:
        """The lines of those whose key is not in the table."""
        return sql.SQL(
            "SELECT s.line {source} AND (SELECT 1 FROM {table} t WHERE {match} LIMIT 1) IS NULL"
        ).format(source=self._from, table=self._table, match=self._match(self._values))

    def named(self) -> list[str]:
        """The columns in the order of `differences`, by the staging columns that give them."""
        return [(self._what.cells(name) or (name,))[0] for name in self._rest]

    def differences(self) -> sql.Composed:
        """Line and, for each column that differs, its old and new value and whether a blank erases it."""
        step = sql.SQL(
            "CASE WHEN t.{name} IS DISTINCT FROM {new} "
            "THEN ARRAY[t.{name}::text, ({new})::text, ({blank})::text] END"
        )
        steps = [
            step.format(
                name=sql.Identifier(name),
                new=self._becomes(name),
                blank=sql.Identifier("g", _blank(name)) if name in self._blank else sql.SQL("false"),
            )
            for name in self._rest
        ]
        return sql.SQL(
            "SELECT g.line, {steps} FROM ({given}) g JOIN {table} t ON {match} "
            "WHERE ({old}) IS DISTINCT FROM ({new}) ORDER BY g.line FOR UPDATE OF t"
        ).format(
            steps=sql.SQL(", ").join(steps),
            given=self._given(),
            table=self._table,
            match=self._match({name: sql.Identifier("g", name) for name in self._same}),
            old=sql.SQL(", ").join(sql.Identifier("t", name) for name in self._rest),
            new=sql.SQL(", ").join(map(self._becomes, self._rest)),
        )

    def into(self) -> sql.Composed:
        """The same rows into the table."""
        return sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(self._table, _names(self._values))

    def update(self) -> sql.Composed:
        """Correct the rows that differ, and count them."""
        versions = self._what.versions
        stamps = [name for name in self._values if name not in self._what.columns]
        updates = [(name, self._becomes(name)) for name in self._rest]
        updates += [(name, sql.Identifier("g", name)) for name in stamps]
        # Rows that say the same are not written: a version would tell of a change that was none, and each
        # write costs every index.
        return sql.SQL(
            "WITH done AS (UPDATE {table} t SET {updates} FROM ({given}) g "
            "WHERE {match} AND ({old}) IS DISTINCT FROM ({new}) RETURNING {ids}) {kept}"
            "SELECT count(*) FROM done"
        ).format(
            table=self._table,
            updates=sql.SQL(", ").join(
                sql.SQL("{} = {}").format(sql.Identifier(name), value) for name, value in updates
            ),
            given=self._given(),
            match=self._match({name: sql.Identifier("g", name) for name in self._same}),
            old=sql.SQL(", ").join(sql.Identifier("t", name) for name in self._rest),
            new=sql.SQL(", ").join(map(self._becomes, self._rest)),
            ids=sql.SQL("t.person_id, t.id") if versions else self._ids(),
            kept=self._old_rows(versions) if versions else self._before(),
        )

    def _ids(self) -> sql.Composed:
        return sql.SQL(", ").join(sql.Identifier("t", name) for name in (*self._what.key, "line"))

    def _old_rows(self, versions: Versions) -> sql.Composed:
        batch = self._batch
        return old_rows.keep(versions, self._what.name, now=batch.now, replaced_by=batch.run_id)

    def _before(self) -> sql.Composed:
        """What a table without versions held, kept beside the run for its undo."""
        same = sql.SQL(" AND ").join(
            sql.SQL("o.{0} {1} d.{0}").format(sql.Identifier(name), sql.SQL(same))
            for name, same in self._same.items()
        )
        return sql.SQL(
            ", before AS (INSERT INTO imports_before (run_id, line, was) "
            "SELECT {run}, d.line, to_jsonb(o) FROM done d JOIN {table} o ON {same}) "
        ).format(run=sql.Literal(self._batch.run_id), table=self._table, same=same)

    def against_rules(self) -> sql.Composed:
        """Line, field and code of the rows that would break a rule as they become."""
        key = [sql.SQL("t.{}").format(sql.Identifier(name)) for name in self._what.key]
        becomes = [
            sql.SQL("{} AS {}").format(self._becomes(name), sql.Identifier(name)) for name in self._rest
        ]
        rules = [
            sql.SQL("({}, {}, ({}) IS NOT TRUE)").format(
                sql.Literal(rule.field), sql.Literal(rule.code), sql.SQL(rule.good)
            )
            for rule in self._what.rules
        ]
        return sql.SQL(
            "SELECT n.line, e.field, e.code FROM (SELECT g.line, {row} FROM ({given}) g JOIN {table} t "
            "ON {match}) n CROSS JOIN LATERAL (VALUES {rules}) e (field, code, bad) WHERE e.bad"
        ).format(
            row=sql.SQL(", ").join([*key, *becomes]),
            given=self._given(),
            table=self._table,
            match=self._match({name: sql.Identifier("g", name) for name in self._same}),
            rules=sql.SQL(", ").join(rules),
        )

    def _given(self) -> sql.Composed:
        """What the file says, with a mark for each column whose cell is blank."""
        named = [
            sql.SQL("{} AS {}").format(value, sql.Identifier(name)) for name, value in self._values.items()
        ]
        blank = [
            sql.SQL("({}) AS {}").format(is_blank, sql.Identifier(_blank(name)))
            for name, is_blank in self._blank.items()
        ]
        return sql.SQL("SELECT {} {}").format(sql.SQL(", ").join([*named, *blank]), self._from)

    def _becomes(self, name: str) -> sql.Composable:
        """The value of a column in a row `t` that is there, by what `g` gives."""
        given = sql.Identifier("g", name)
        if name not in self._blank or name in self._erased:
            return given
        return sql.SQL("CASE WHEN {} THEN {} ELSE {} END").format(
            sql.Identifier("g", _blank(name)), sql.Identifier("t", name), given
        )

    def _match(self, values: Mapping[str, sql.Composable]) -> sql.Composed:
        return sql.SQL(" AND ").join(
            sql.SQL("{} {} {}").format(sql.Identifier("t", name), sql.SQL(same), values[name])
            for name, same in self._same.items()
        )


def _blank(name: str) -> str:
    return f"{name} is blank"


def _types(cursor: Any, table: str) -> dict[str, str]:
    """Type of each column, without its length: a cast to varchar(2) would cut in silence."""
    cursor.execute(
        "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute "
        "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
        [table],
    )
    return dict(cursor.fetchall())


def _names(names: Sequence[str] | Mapping[str, object]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))
