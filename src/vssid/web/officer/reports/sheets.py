"""A report as a sheet of cells: the page, and each kind of file, are written from the same one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise

from vssid.web.ui.templatetags.ui import ngay, so

Words = str | Promise
Value = int | float | date | str | Promise | None


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


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report: `rows` below `headings`, the cell at `named_by` names each; `total` is the last row.

    `notes` say what is counted and what is not known; `picture` is what its template draws.
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
    facts: list[tuple[Words, Words]] = field(default_factory=list)

    @property
    def lines(self) -> list[list[tuple[Heading, Cell]]]:
        """Each row with the headings of its cells."""
        return [list(zip(self.headings, row, strict=True)) for row in self.rows]

    @property
    def sum_line(self) -> list[tuple[Heading, Cell]]:
        """The same of the last row; empty without one."""
        return list(zip(self.headings, self.total, strict=True)) if self.total else []
