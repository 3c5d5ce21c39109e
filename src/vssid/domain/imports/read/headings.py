"""Which column a heading means: the name itself, or what people call it.

A formal file has the names. People's files have headings in Vietnamese, with or without marks, a title above
them, and a number for each line, which is passed over. Of others the data officer says what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import translation

from vssid.kernel.text import fold, tidy

from ..files.sources import REPORT_COLUMNS
from ..importer import Importer

_NUMBERS = frozenset({"stt", "tt", "so tt", "so thu tu", "no", "#"})
_NOT_LETTERS = re.compile(r"[^\w%]+|_")


@dataclass(frozen=True, slots=True)
class Matched:
    """A header by the names of its columns, and each heading that was another word for its column; a heading
    that was told to be passed over has no name. `mends`: it has the columns of our report, so it is an error
    file.
    """

    names: tuple[str, ...]
    said: tuple[tuple[str, str], ...] = ()
    mends: bool = False


class Matcher:
    """Knows the headings of a kind of file, and of `meant` what others mean (heading → name, or "" for one
    that is passed over).
    """

    def __init__(self, importer: Importer, meant: Mapping[str, str] | None = None) -> None:
        self._names = {column.name for column in importer.columns}
        self._passes_over = importer.passes_over
        self._needed = {column.name for column in importer.columns if column.required}
        self._known = {bare(name): name for name in self._names}
        self._told = {bare(heading): name for heading, name in (meant or {}).items()}
        with translation.override("vi"):  # once for all, as it takes longer than the words themselves
            said = {name: [str(word) for word in words] for name, words in importer.titles.items()}
        for name, titles in said.items():
            for title in titles:
                self._known.setdefault(bare(title), name)

    def match(self, cells: Sequence[str]) -> Matched:
        """The names; what is unknown stays as it was written, numbers of lines and the report's get none."""
        given = [tidy(cell) for cell in cells]
        cells = _without_report(given)
        names = tuple(self._name(cell) for cell in cells)
        said = tuple(
            (cell, name)
            for cell, name in zip(cells, names, strict=True)
            if (name in self._names and cell.lower() != name)
            or (cell and not name and self._is_passed_over(cell))
        )
        return Matched(names, said, cells != given)

    def is_told(self, heading: str) -> bool:
        """Was it said what this heading means?"""
        return bare(heading) in self._told

    def _is_passed_over(self, heading: str) -> bool:
        return self.is_told(heading) or (self._passes_over and bare(heading) not in _NUMBERS)

    def without_heading(self, cells: Sequence[str]) -> list[int]:
        """The places of columns that have no heading."""
        given = [tidy(cell) for cell in cells]
        reported = _without_report(given) != given
        last = len(given) - len(REPORT_COLUMNS) if reported else len(given)
        return [at for at, cell in enumerate(given[:last]) if not cell]

    def fits(self, cells: Sequence[str]) -> bool:
        """Does this row name all columns that are needed?"""
        return self._needed <= set(self.match(cells).names)

    def score(self, cells: Sequence[str]) -> int:
        """How many columns this row names."""
        return len(self._names & set(self.match(cells).names))

    def best(self, rows: Sequence[Sequence[str]]) -> int:
        """Which of these rows is the header: the first that fits, else that which looks most like one."""
        fitting = (at for at, row in enumerate(rows) if self.fits(row))
        return next(fitting, max(range(len(rows)), key=lambda at: (*self._likeness(rows[at]), -at)))

    def _likeness(self, cells: Sequence[str]) -> tuple[int, bool]:
        """Above a header stand titles, below it rows that may have a word of a heading by chance."""
        return min(self.score(cells), 2), len(list(filter(str.strip, cells))) > 1

    def _name(self, cell: str) -> str:
        plain = bare(cell)
        if cell.lower() in self._names:
            return cell.lower()
        if plain in self._told:
            return self._told[plain]
        nobody_asks = self._passes_over or (plain in _NUMBERS and plain not in self._names)
        return self._known.get(plain, "" if nobody_asks else cell)


def in_vietnamese(word: object) -> str:
    """A title as people here write it, whatever the language of the page."""
    with translation.override("vi"):
        return str(word)


def bare(heading: str) -> str:
    """A heading as it is compared: without marks, case and punctuation."""
    return " ".join(_NOT_LETTERS.sub(" ", fold(heading)).split()) or heading.strip()


def _without_report(given: list[str]) -> list[str]:
    """Blank the report's columns by place, as a file may have a column `code` of its own."""
    many = len(REPORT_COLUMNS)
    if tuple(cell.lower() for cell in given[-many:]) != REPORT_COLUMNS:
        return given
    return given[:-many] + [""] * many
