"""What the columns of a file as a whole tell of their cells: zeros that are lost, days that may be turned.

A spreadsheet that turned day and month leaves traces in a column: real days beside days that stayed text,
none of the one after the 12th, all of the other; or no day after the 12th at all among many.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..files.sources import CellType
from ..importer import Column, Holds
from ..read.written_days import is_loose, parts

MANY = 20  # different days, all before the 13th, are no chance: less than one in a hundred million
_MONTHS = 12


@dataclass(slots=True)
class _Days:
    """Counts of a column. Loose: day and month might change places; firm: they cannot."""

    cells_loose: int = 0
    cells_firm: int = 0
    iso_loose: int = 0
    iso_firm: int = 0
    text_loose: int = 0
    day_first: int = 0
    month_first: int = 0
    different: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)

    def see(self, cell: str, kind: CellType | None) -> None:
        if kind is CellType.DAY or (len(cell) >= 10 and cell[4:5] == "-" and cell[7:8] == "-"):
            self._see_iso(cell[:10], is_cell=kind is CellType.DAY)
        elif kind is None and (numbers := parts(cell)):
            first, second, _ = numbers
            self.day_first += first > _MONTHS >= second
            self.month_first += second > _MONTHS >= first
            self.text_loose += max(first, second) <= _MONTHS

    def _see_iso(self, iso: str, *, is_cell: bool) -> None:
        if not iso[8:10].isdigit():
            return
        loose, firm = is_loose(iso), int(iso[8:10]) > _MONTHS
        if is_cell:
            self.cells_loose, self.cells_firm = self.cells_loose + loose, self.cells_firm + firm
        else:
            self.iso_loose, self.iso_firm = self.iso_loose + loose, self.iso_firm + firm
        if loose and len(self.different) < MANY:
            self.different.add(iso)
        if len(self.numbers) < 2:
            self.numbers.add(iso[8:10])

    def in_doubt(self) -> int:
        """How many cells may be another day than was meant; 0 when there is no reason to think so."""
        if self.cells_loose and (self.day_first or self.month_first or self.text_loose):
            return self.cells_loose
        if self.iso_loose and not self.iso_firm and self.day_first and not self.text_loose:
            return self.iso_loose
        if self.month_first > self.day_first:
            return self.month_first + self.text_loose
        if self.cells_firm or self.iso_firm or len(self.numbers) < 2 or len(self.different) < MANY:
            return 0
        return self.cells_loose + self.iso_loose


@dataclass(slots=True)
class _Codes:
    """Codes of a column without the zeros at their front, and the lines of those that may lack some too."""

    short: int = 0
    with_zero: int = 0
    suspects: array[int] = field(default_factory=lambda: array("q"))


class Evidence:
    """Hears each cell of a file, and says at the end what cannot be trusted."""

    def __init__(self) -> None:
        self._days: dict[str, _Days] = {}
        self._codes: dict[str, _Codes] = {}

    def day(self, column: Column, cell: str, kind: CellType | None) -> None:
        """A cell of a column of days, as it stands in the file."""
        self._days.setdefault(column.name, _Days()).see(cell, kind)

    def code(self, column: Column, line: int, digits: str) -> None:
        """A code that was taken from text."""
        codes = self._codes.setdefault(column.name, _Codes())
        codes.with_zero += digits.startswith("0")
        if column.digits is not None and column.digits.rest_of_longer(digits):
            codes.suspects.append(line)

    def lacks_zero(self, column: Column) -> None:
        """A code was refused for the zeros that it lost."""
        self._codes.setdefault(column.name, _Codes()).short += 1

    def days_in_doubt(self) -> Mapping[str, int]:
        """Columns of days that may be turned, and how many cells."""
        doubts = {name: days.in_doubt() for name, days in self._days.items()}
        return {name: cells for name, cells in doubts.items() if cells}

    def codes_in_doubt(self) -> Iterator[tuple[str, int]]:
        """Column and line of each code of a right length that may be the rest of a longer one.

        They are believed unless the zeros of their neighbours were lost: some are, and no more have theirs.
        """
        for name, codes in self._codes.items():
            if codes.short and codes.short >= codes.with_zero:
                for line in codes.suspects:
                    yield name, line


def of_days(column: Column) -> bool:
    """Is it a column whose cells may have been turned?"""
    return column.holds in (Holds.DAY, Holds.BIRTH, Holds.MINUTE)
