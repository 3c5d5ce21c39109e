"""COPY a file into the run's staging table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

from psycopg import sql

from .errors import BadCell
from .importer import Column, Importer, Seal
from .reading import Row, Source, rows

Refuse = Callable[[int, str, str], None]
_FLUSH = 1 << 18


def table_name(run_id: int) -> str:
    """The staging table of a run."""
    return f"imports_staging_{run_id}"


def create(cursor: Any, run_id: int, importer: Importer) -> None:
    """Make the run's staging table anew. Unlogged: a database crash only means staging again."""
    drop(cursor, run_id)
    columns = sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind))
        for name, kind in importer.staged().items()
    )
    cursor.execute(
        sql.SQL("CREATE UNLOGGED TABLE {} (line bigint NOT NULL, {})").format(
            sql.Identifier(table_name(run_id)), columns
        )
    )


def drop(cursor: Any, run_id: int) -> None:
    """Remove the run's staging table if it is there."""
    cursor.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(sql.Identifier(table_name(run_id))))


def finish(cursor: Any, run_id: int) -> None:
    """Index the loaded table by line and gather statistics."""
    table = sql.Identifier(table_name(run_id))
    cursor.execute(sql.SQL("ALTER TABLE {} ADD PRIMARY KEY (line)").format(table))
    cursor.execute(sql.SQL("ANALYZE {}").format(table))


def load(
    cursor: Any,
    run_id: int,
    importer: Importer,
    source: Source,
    *,
    seal: Seal,
    refuse: Refuse,
    progress: Callable[[int], None],
) -> int:
    """COPY the rows and return how many were read; unreadable ones go to `refuse(line, field, code)`."""
    shape = _Shape(importer, source, seal, refuse)
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(
        sql.Identifier(table_name(run_id)), sql.SQL(", ").join(map(sql.Identifier, ("line", *shape.names)))
    )
    buffer, read = io.StringIO(), 0
    writer = csv.writer(buffer, lineterminator="\n")
    with cursor.copy(statement) as copy:
        for row in rows(source):
            read += 1
            if (values := shape.values(row)) is not None:
                writer.writerow(values)
            if buffer.tell() > _FLUSH:
                copy.write(_taken(buffer))
                progress(read)
        copy.write(_taken(buffer))
    progress(read)
    return read


def _taken(buffer: io.StringIO) -> str:
    content = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return content


class _Shape:
    """How a row of this file becomes a row of staging."""

    def __init__(self, importer: Importer, source: Source, seal: Seal, refuse: Refuse) -> None:
        columns = {column.name: column for column in importer.columns}
        self._places = [(at, columns[name]) for at, name in enumerate(source.header) if name in columns]
        self.names = [name for _, column in self._places for name in column.staged()]
        self._width, self._seal, self._refuse = len(source.header), seal, refuse
        self._plain = all(column.parse is None for _, column in self._places)
        self._at = [at for at, _ in self._places]

    def values(self, row: Row) -> list[object] | None:
        """The staging values, or None when the row was refused."""
        if code := self._unfit(row.cells):
            self._refuse(row.line, "", code)
            return None
        cells = [cell.strip() for cell in row.cells or ()]
        if self._plain:
            return [row.line, *(cells[at] for at in self._at)]
        return self._parsed(row.line, cells)

    def _unfit(self, cells: list[str] | None) -> str:
        if cells is None:
            return "unreadable"
        if len(cells) != self._width:
            return "columns"
        return "line_break" if any("\n" in cell or "\r" in cell for cell in cells) else ""

    def _parsed(self, line: int, cells: list[str]) -> list[object] | None:
        values: list[object] = [line]
        good = True
        for at, column in self._places:
            try:
                values.extend(self._cell(column, cells[at]))
            except BadCell as refusal:
                self._refuse(line, column.name, refusal.code)
                good = False
        return values if good else None

    def _cell(self, column: Column, cell: str) -> Iterator[object]:
        if column.parse is None:
            return iter((cell,))
        if not cell:
            if column.required:
                raise BadCell("missing")
            return iter([None] * len(column.gives))
        return iter(column.parse(cell, self._seal))
