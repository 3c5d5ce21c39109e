"""Rows of a CSV, whatever its quotation marks do: none is lost, and a broken one takes no other with it.

A cell in quotation marks may hold line breaks, so a mark that is never closed swallows the lines after it, up
to the next mark or to the end. Such a row is told from one with a long cell by what the cell holds: whole
lines of data.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator

from .sources import Row

_LINE_END = re.compile(r"\r\n|\r|\n")
LONGEST = csv.field_size_limit()  # characters of a cell
MOST_LINES = 5_000  # that a cell is followed over before it is called open
UNCLOSED, ENDS_HERE, TOO_LONG = "unclosed_quote", "quote_end", "unreadable"


class _Lines:
    """The lines of a text with their number; some may be given back."""

    def __init__(self, lines: Iterator[str], above: int) -> None:
        self._lines, self._back = lines, deque[str]()
        self.number = above  # of the line taken last

    def take(self) -> str:
        """The next line; empty at the end."""
        line = self._back.popleft() if self._back else next(self._lines, "")
        self.number += bool(line)
        return line

    def give_back(self, lines: list[str]) -> None:
        """They come again."""
        self._back.extendleft(reversed(lines))
        self.number -= len(lines)


class _Record:
    """Hands a reader the line it is at, and those after it while a cell stays open."""

    def __init__(self, first: str, lines: _Lines) -> None:
        self.taken, self._lines, self._next = [first], lines, first
        self.is_open = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line, self._next = self._next, ""
        if line:
            return line
        line = self._lines.take() if len(self.taken) < MOST_LINES else ""
        if not line:
            self.is_open = True
            raise StopIteration
        self.taken.append(line)
        return line


def split(lines: Iterator[str], delimiter: str, width: int = 0, *, above: int = 0) -> Iterator[Row]:
    """Each row with the line it begins in, where `above` lines were taken from the text before.

    `width` is how many cells a row should have, 0 when nobody knows. A row that cannot be taken has a
    `fault`, and its cells as well as they can be told.
    """
    text, doubted = _Lines(lines, above), set[int]()
    while line := text.take():
        at = text.number
        row = _quoted(line, text, doubted, delimiter, width) if '"' in line else _bare(at, line, delimiter)
        if doubted and not row.fault and not doubted.isdisjoint(range(at, text.number + 1)):
            row = Row(at, row.cells, ENDS_HERE)
        yield row


def _bare(at: int, line: str, delimiter: str, fault: str = "") -> Row:
    cells = line.rstrip("\r\n").split(delimiter)
    too_long = len(line) > LONGEST and max(map(len, cells)) > LONGEST
    return Row(at, cells, fault or (TOO_LONG if too_long else ""))


def _quoted(first: str, text: _Lines, doubted: set[int], delimiter: str, width: int) -> Row:
    at, record = text.number, _Record(first, text)
    try:
        cells = next(csv.reader(record, delimiter=delimiter))
    except csv.Error:  # longer than any cell may be
        cells = []
    is_whole = bool(cells) and not record.is_open
    if is_whole and len(record.taken) == 1:
        return Row(at, cells)
    fits = is_whole and (not width or len(cells) == width)
    if fits and not any(_swallowed(cell, delimiter, width) for cell in cells):
        return Row(at, cells)
    if fits:  # as far as can be told it ends there, so both lines are in doubt
        doubted.add(text.number)
    text.give_back(record.taken[1:])
    is_open = record.is_open or len(record.taken) > 1
    return _bare(at, first.replace('"', ""), delimiter, UNCLOSED if is_open else TOO_LONG)


def _swallowed(cell: str, delimiter: str, width: int) -> bool:
    """Does the cell hold lines of data? Those within it are whole; its first and last make one together."""
    first, *rest = _LINE_END.split(cell)
    if not rest or not width:
        return False
    *middle, last = (line.count(delimiter) for line in rest)
    whole = width - 1
    at_edges = first.count(delimiter) + last >= max(1, whole - whole // 4)
    return at_edges or any(count * 2 >= max(2, whole) for count in middle)
