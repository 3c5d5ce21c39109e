"""A report as a sheet of cells: the page, and each kind of file, are written from the same one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from vssid.web.ui.templatetags.ui import ngay, so

PER_PAGE, MOST_IN_FILE = 50, 20_000
Words = str | Promise
Value = int | float | date | str | Promise | None


class TooMany(ValueError):
    """More than MOST_IN_FILE rows."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column; numbers stand on the right, `is_name`: in Vietnamese whatever the page's language."""

    words: Words
    is_number: bool = False
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A value and the list behind it. A float is a percentage."""

    value: Value
    link: str = ""

    @property
    def text(self) -> Words:
        """As it is shown."""
        if isinstance(self.value, float):
            return f"{self.value:.1f}".replace(".", ",")
        if isinstance(self.value, int):
            return so(self.value)
        if isinstance(self.value, date):
            return ngay(self.value)
        return "–" if self.value is None else self.value


Fact = tuple[Words, Cell]


def share_of(count: int, said: Words, whole: Cell) -> list[Fact]:
    """What a percentage is of, and the percentage; nothing of nothing."""
    if not isinstance(whole.value, int) or not whole.value:
        return []
    return [(said, whole), (_("Tỷ lệ %"), Cell(100 * count / whole.value))]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report: `rows` below `headings`, the cell at `named_by` names each; `total` is the last row.

    `notes` say what is counted and what is not known; `picture` is what its template draws; `asks`: what an
    address says to get this sheet besides the scope.
    """

    title: Words
    headings: tuple[Heading, ...]
    rows: list[list[Cell]]
    total: list[Cell] | None = None
    notes: tuple[Words, ...] = ()
    pager: Any = None
    picture: Any = None
    empty: Words = ""
    named_by: int = 0
    facts: list[Fact] = field(default_factory=list)
    asks: dict[str, str] = field(default_factory=dict)

    @property
    def lines(self) -> list[list[tuple[Heading, Cell]]]:
        """Each row with the headings of its cells."""
        return [list(zip(self.headings, row, strict=True)) for row in self.rows]

    @property
    def sum_line(self) -> list[tuple[Heading, Cell]]:
        """The same of the last row; empty without one."""
        return list(zip(self.headings, self.total, strict=True)) if self.total else []
