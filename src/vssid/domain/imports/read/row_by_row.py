"""A file into staging row by row: each cell read by its column."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

from psycopg import sql

from ..check.evidence import Evidence, of_days
from ..errors import BadCell, BadFile
from ..files.reading import rows
from ..files.sources import CellType, Row, Source
from ..importer import Column, Importer, Seal
from . import written_text
from .day_order import Meant
from .staging import Tell, table_name
from .written_days import Order

Refuse = Callable[[int, str, str], None]
_FLUSH = 1 << 18


def read(
    importer: Importer,
    source: Source,
    *,
    seal: Seal,
    refuse: Refuse,
    leave_out: Refuse,
    order: Order = Order.UNSAID,
) -> Iterator[dict[str, Any] | None]:
    """The rows that can be read, `line` and staging columns by name, None for each other one; as `copy`,
    which puts them into staging. Whoever reads to the end hears of rows that only the whole file makes
    doubtful.
    """
    shape = _Shape(importer, source, seal, (refuse, leave_out), Meant(importer, source, order))
    for row in rows(source):
        values = shape.values(row)
        yield None if values is None else dict(zip(("line", *shape.names), values, strict=True))
    shape.judge()


def copy(
    cursor: Any,
    run_id: int,
    importer: Importer,
    source: Source,
    *,
    seal: Seal,
    refuse: Refuse,
    leave_out: Refuse,
    progress: Tell,
    order: Order = Order.UNSAID,
) -> int:
    """COPY the rows that can be read, give the others to `refuse(line, field, code)`; how many both are.

    Cells that stand aside and cannot be read go to `leave_out(line, field, code)`, their rows are copied.

    Raises BadFile (`days`) when day and month of a column may be turned and no `order` says how it is meant.
    """
    shape = _Shape(importer, source, seal, (refuse, leave_out), Meant(importer, source, order))
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(
        sql.Identifier(table_name(run_id)), sql.SQL(", ").join(map(sql.Identifier, ("line", *shape.names)))
    )
    buffer, read, expected = io.StringIO(), 0, max(0, source.look.lines - 1)
    writer = csv.writer(buffer, lineterminator="\n")
    with cursor.copy(statement) as copy:
        for row in rows(source):
            read += 1
            if (values := shape.values(row)) is not None:
                writer.writerow(values)
            if buffer.tell() > _FLUSH:
                copy.write(_taken(buffer))
                progress(read, max(read, expected))
        copy.write(_taken(buffer))
    shape.judge()
    progress(read, read)
    return read


def _taken(buffer: io.StringIO) -> str:
    content = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return content


class _Shape:
    """How a row of this file becomes a row of staging."""

    def __init__(
        self,
        importer: Importer,
        source: Source,
        seal: Seal,
        tell: tuple[Refuse, Refuse],
        meant: Meant,
    ) -> None:
        columns = {column.name: column for column in importer.columns}
        self._places = [(at, columns[name]) for at, name in enumerate(source.header) if name in columns]
        self.names = [name for _, column in self._places for name in column.staged()]
        self._width, self._seal = len(source.header), seal
        self._refuse, self._leave_out = tell
        self._meant, self._evidence = meant, Evidence()

    def values(self, row: Row) -> list[object] | None:
        """The staging values, or None when the row was refused."""
        if code := row.fault or ("columns" if len(row.cells) != self._width else ""):
            self._refuse(row.line, "", code)
            return None
        values: list[object] = [row.line]
        good = True
        for at, column in self._places:
            try:
                cell = self._read(column, row, at)
                take = self._aside if column.aside else self._cell
                values.extend(take(column, cell, row.line))
            except BadCell as refusal:
                self._refuse(row.line, column.name, refusal.code)
                good = False
        return values if good else None

    def _aside(self, column: Column, cell: str, line: int) -> Iterator[object]:
        try:
            return self._cell(column, cell, line)
        except BadCell as refusal:
            self._leave_out(line, column.name, refusal.code)
            return self._cell(column, "", line)

    def judge(self) -> None:
        """Refuse what the columns as wholes make doubtful. Raises BadFile for days."""
        if not self._meant.order and (days := self._evidence.days_in_doubt()):
            raise BadFile(reason="days", columns=sorted(days), cells=sum(days.values()))
        for name, line in self._evidence.codes_in_doubt():
            self._refuse(line, name, "near_lost_zero")

    def _read(self, column: Column, row: Row, at: int) -> str:
        cell = row.cells[at]
        if not cell or (column.parse is not None and not column.gives):
            return ""
        kind = row.types.get(at)
        if of_days(column):
            self._evidence.day(column, cell.strip(), kind)
        try:
            read = written_text.read(column, cell, kind, self._meant.order)
        except BadCell as refusal:
            if refusal.code == "lost_zero":
                self._evidence.lacks_zero(column)
            raise
        if column.digits is not None and kind is not CellType.NUMBER:
            self._evidence.code(column, row.line, read)
        return self._meant.read(column, cell, kind, read)

    def _cell(self, column: Column, cell: str, _line: int) -> Iterator[object]:
        if column.parse is None:
            return iter((cell,))
        if not cell:
            if column.required:
                raise BadCell("missing")
            return iter([None] * len(column.gives))
        return iter(column.parse(cell, self._seal))
