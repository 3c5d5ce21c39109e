"""The days of a file as somebody said that they are meant."""

from __future__ import annotations

from ..check.evidence import Evidence, of_days
from ..files.reading import rows
from ..files.sources import CellType, Source
from ..importer import Column, Importer
from .written_days import Order, day, turned


class Meant:
    """What was said of a file's days, and in which of its columns they were turned."""

    def __init__(self, importer: Importer, source: Source, order: Order) -> None:
        self.order = order
        self._columns = {column.name: column for column in importer.columns if of_days(column)}
        self._turned = self._in_doubt(source) if order is Order.TURNED else frozenset()

    def read(self, column: Column, given: str, kind: CellType | None, read: str) -> str:
        """The day that was read from a cell, turned back where a spreadsheet turned it.

        What stayed text with the day first was not turned.
        """
        if column.name not in self._turned or (kind is None and given.strip()[4:5] != "-"):
            return read
        return turned(read)

    def rewritten(self, name: str, given: str, kind: CellType | None) -> str:
        """The cell so that nobody need say again how it is meant; as it is in other columns."""
        column = self._columns.get(name)
        if not self.order or column is None:
            return given
        return self.read(column, given, kind, day(given.strip(), self.order))

    def _in_doubt(self, source: Source) -> frozenset[str]:
        evidence = Evidence()
        places = [(at, self._columns[name]) for at, name in enumerate(source.header) if name in self._columns]
        for row in rows(source):
            for at, column in places:
                if not row.fault and at < len(row.cells) and row.cells[at]:
                    evidence.day(column, row.cells[at].strip(), row.types.get(at))
        return frozenset(evidence.days_in_doubt())
