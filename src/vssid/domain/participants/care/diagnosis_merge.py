"""Merge and undo files with diagnoses: a batch seals its cells first, and SQL compares what is sealed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from psycopg import sql

from vssid.domain.imports.importer import Batch, Counts, Undoing, Undone
from vssid.domain.imports.merge import undo_tables
from vssid.domain.imports.merge.effects import Effects, Step
from vssid.domain.imports.merge.table import Table
from vssid.domain.imports.merge.table_merge import upsert
from vssid.domain.vault.rings import Ring

from .. import unsealed
from .diagnoses import CODE, KEYS, NAME, purpose, sealed_in


@dataclass(frozen=True, slots=True)
class Cells:
    """The staging columns of code and name, and the longest name that is kept."""

    code: str = CODE
    name: str = NAME
    longest: int = 1000

    def columns(self) -> dict[str, str]:
        """The columns of a table, for what `merging` left in staging."""
        return {
            sealed_in(column): f"decode(s.{cell}, 'hex')"
            for column, cell in ((CODE, self.code), (NAME, self.name))
        }


def merging(table: Table, cells: Cells) -> Callable[[Batch], Counts]:
    """The merge of an importer that writes a table with diagnoses."""

    def merge(batch: Batch) -> Counts:
        staged = _staged(batch, table, cells)
        people = {row["person_id"] for row in staged}
        ring = Ring(people, make_at=batch.now)
        unsealed.seal_records(table.name, people=people)
        _seal(batch, table, cells, staged, ring)
        heard = batch.effects and _Opening(batch.effects, table, cells, staged, ring)
        return upsert(replace(batch, effects=heard), table)

    return merge


def _staged(batch: Batch, table: Table, cells: Cells) -> list[dict[str, Any]]:
    """Whose row each staged line is, and its diagnosis."""
    key = ", ".join(f"({table.columns[name]})::text" for name in KEYS[table.name])
    batch.cursor.execute(
        f"SELECT s.line, {table.columns['person_id']}, {key}, "  # noqa: S608
        f"s.{cells.code}, left(s.{cells.name}, {cells.longest}) "
        f"FROM {batch.staging} s {table.joins} WHERE s.line BETWEEN %s AND %s",
        [batch.first, batch.last],
    )
    names = ("line", "person_id", *KEYS[table.name], CODE, NAME)
    return [dict(zip(names, row, strict=True)) for row in batch.cursor.fetchall()]


def _seal(batch: Batch, table: Table, cells: Cells, staged: Iterable[dict[str, Any]], ring: Ring) -> None:
    """Put what is sealed in the place of the cells, until the batch is taken back or staging is dropped."""

    def hexed(row: dict[str, Any], column: str) -> str | None:
        if row[column] is None:
            return None
        return ring.seal_alike(row["person_id"], purpose(table.name, column, row), row[column]).hex()

    values = [(row["line"], hexed(row, CODE), hexed(row, NAME)) for row in staged]
    batch.cursor.execute(
        sql.SQL(
            "UPDATE {staging} s SET {code} = f.code, {name} = f.name FROM "
            "unnest(%s::bigint[], %s::text[], %s::text[]) AS f (line, code, name) WHERE s.line = f.line"
        ).format(
            staging=sql.Identifier(batch.staging),
            code=sql.Identifier(cells.code),
            name=sql.Identifier(cells.name),
        ),
        [list(column) for column in zip(*values, strict=True)] if values else [[], [], []],
    )


class _Opening(Effects):
    """Tells what a merge does with diagnoses as they are read, not as they lie."""

    def __init__(
        self, inner: Effects, table: Table, cells: Cells, staged: Iterable[dict[str, Any]], ring: Ring
    ) -> None:
        super().__init__()
        self._inner, self._table, self._ring = inner, table, ring
        self._rows = {row["line"]: row for row in staged}
        self._columns = {cells.code: CODE, cells.name: NAME}

    def new(self, lines: Iterable[int]) -> None:
        self._inner.new(lines)

    def changed(self, line: int, steps: Mapping[str, Step]) -> None:
        self._inner.changed(line, {name: self._step(line, name, step) for name, step in steps.items()})

    def _step(self, line: int, name: str, step: Step) -> Step:
        if name not in self._columns:
            return step
        row = self._rows[line]
        for_what = purpose(self._table.name, self._columns[name], row)
        old, new = (
            self._ring.unseal_alike(row["person_id"], for_what, bytes.fromhex(text[2:])) if text else ""
            for text in (step.old, step.new)
        )
        return Step(old, new, step.erased)


def undoing(table: Table) -> Callable[[Undoing], Undone]:
    """The undo of such an importer: what goes back is sealed first."""
    undo = undo_tables.of(table)

    def work(what: Undoing) -> Undone:
        unsealed.seal_records(table.name, run_id=what.run_id)
        unsealed.seal_versions(run_id=what.run_id)
        return undo(what)

    return work
