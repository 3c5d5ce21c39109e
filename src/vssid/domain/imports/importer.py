"""What a room hands over to have its files loaded."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from django.utils.functional import Promise

from .merge.effects import Effects
from .merge.table import Table


class Seal(Protocol):
    """Encrypts a sensitive cell with the run's own key, as a bytea literal for COPY; `field` is the staging
    column it goes into.
    """

    def __call__(self, field: str, plain: str) -> str: ...


# What people call a column: first as it is shown, then other headings that mean it.
Titles = Mapping[str, tuple[str | Promise, ...]]
Parse = Callable[[str, Seal], tuple[object, ...]]
Refuse = Callable[[int, str, str], None]


def _nowhere(line: int, field: str, code: str) -> None:
    raise NotImplementedError("nobody listens to refusals")


@dataclass(frozen=True, slots=True)
class Unread:
    """How a parsed column's cells may go into staging unread, which is much faster.

    A cell goes into the staging column `column`; the other staging columns of the parse get the constants of
    `beside` (name → SQL). Only when all cells of the file are good: else all are parsed.
    """

    column: str
    beside: Mapping[str, str]


class Holds(StrEnum):
    """What the cells of a column are, which decides what a spreadsheet may have done to them.

    A code and a key are told by each of their digits, so no number cell is one; a code has spaces and a text
    mark taken off, a key stays as it is.
    """

    CODE = "code"
    KEY = "key"
    DAY = "day"
    BIRTH = "birth"
    MONTH = "month"
    MINUTE = "minute"
    AMOUNT = "amount"
    PERCENT = "percent"
    COUNT = "count"
    PHONE = "phone"
    WORD = "word"
    LIST = "list"
    NAME = "name"
    TEXT = "text"


def _never(_digits: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Digits:
    """A code of digits only: how long it is when whole, and whether that many may be what is left of another.

    `rest_of_longer` tells digits of a right length which may be a longer code without the zeros at its front.
    """

    lengths: frozenset[int]
    rest_of_longer: Callable[[str], bool] = _never

    def is_whole(self, digits: str) -> bool:
        """Is there just one code that a number cell of these digits can have been?"""
        return len(digits) in self.lengths and not self.rest_of_longer(digits)

    def lacks_zero(self, digits: str) -> bool:
        """Are these the digits of a code without the zeros at its front?"""
        if digits.startswith("0"):
            return False
        lost = {whole - len(digits) for whole in self.lengths}
        return 0 not in lost and not lost.isdisjoint((1, 2))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file.

    `good` is SQL over `{c}` (the cell as text, never empty) that is true when the cell may be read; it must
    not raise. A column with `parse` is read in Python instead: it gives one value for each staging column in
    `gives` (name → SQL type) and raises BadCell; for what SQL cannot do (folding, sealing), as it is slower.
    With `unread` its cells may pass by the parse where `good` says that they are right as they stand.

    `holds` is what its cells are, `digits` the form of a code that a number cell may hold; `means` are other
    words for its values (folded → value). `as_written` makes of cells what `good` and `parse` take.

    A value that stands `aside`, as a phone does, refuses no row: what `parse` does not take is left out, the
    register keeps what it has, and the report says where.
    """

    name: str
    about: str
    required: bool = False
    good: str = "true"
    code: str = "bad_value"
    parse: Parse | None = None
    gives: Mapping[str, str] = field(default_factory=dict)
    unread: Unread | None = None
    holds: Holds = Holds.TEXT
    digits: Digits | None = None
    means: Mapping[str, str] = field(default_factory=dict)
    aside: bool = False

    def staged(self) -> dict[str, str]:
        """Its staging columns, name → SQL type."""
        return dict(self.gives) if self.parse else {self.name: "text"}

    @property
    def cell(self) -> str:
        """The staging column that holds the cell itself when it is not parsed; empty when it always is."""
        if self.parse is None:
            return self.name
        return self.unread.column if self.unread else ""


@dataclass(frozen=True, slots=True)
class Check:
    """A rule across columns or against other tables: SQL over staging row `s`, true when the row is good.

    Runs only on rows whose cells were all good, so casts are safe; `{staging}` is the table itself,
    `{held.COLUMN}` what the register's row of the same key holds and `{was.COLUMN}` what of it is kept where
    the cell is blank; null when it is nothing. In a rule of reach `{reach}` is the code of the office.
    """

    field: str
    code: str
    good: str


@dataclass(frozen=True, slots=True)
class Counts:
    """What a batch did."""

    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.new + other.new,
            self.changed + other.changed,
            self.same + other.same,
            self.refused + other.refused,
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """Good rows of one run between two lines, to be merged in the open transaction.

    `staging` is the table's name; its rows have `line` and the importer's staged columns. `unseal` opens a
    cell sealed while staging. A blank cell leaves what the register holds, unless its staging column is one
    of `erases`. `refuse` takes the line, column and code of a row that cannot be written after all; `effects`
    is told what the merge does, where somebody asks.
    """

    cursor: Any
    staging: str
    first: int
    last: int
    run_id: int
    now: datetime
    unseal: Callable[[str, bytes], str]
    erases: frozenset[str] = frozenset()
    refuse: Refuse = _nowhere
    effects: Effects | None = None


@dataclass(frozen=True, slots=True)
class Undoing:
    """A run to be undone by another in the open transaction."""

    cursor: Any
    run_id: int
    undo_id: int
    now: datetime


@dataclass(frozen=True, slots=True)
class Undone:
    """How many rows went back and were removed; the lines that were left as they are, each with a code."""

    back: int = 0
    removed: int = 0
    left: Sequence[tuple[int, str]] = ()


@dataclass(frozen=True, slots=True)
class Importer:
    """A kind of file: its columns, its rules and how good rows become the room's rows.

    `key` tells rows apart, as column → SQL over staging row `s`: a file may hold each key once. `messages`
    adds Vietnamese sentences for the codes its columns and checks use, `titles` what people call its columns.
    `alone_with` names another kind that writes the same table: runs of the two never work at once. `table` is
    what `merge` writes, where it is the usual one. `reach` are the rules for a run that may change only what
    lies at or below an office. `undo` takes a run back; without it such runs are not undone. With
    `passes_over` a column that nobody knows is passed over, and told, where else the file is refused.
    """

    kind: str
    title: str
    columns: tuple[Column, ...]
    key: Mapping[str, str]
    merge: Callable[[Batch], Counts]
    checks: tuple[Check, ...] = ()
    messages: Mapping[str, str | Promise] = field(default_factory=dict)
    titles: Titles = field(default_factory=dict)
    batch_rows: int = 50_000
    alone_with: str = ""
    table: Table | None = None
    reach: tuple[Check, ...] = ()
    undo: Callable[[Undoing], Undone] | None = None
    passes_over: bool = False

    def called(self, name: str) -> str | Promise:
        """What people call a column; its name where nobody said."""
        return self.titles[name][0] if name in self.titles else name

    def staged(self) -> dict[str, str]:
        """All staging columns, name → SQL type."""
        return {name: kind for column in self.columns for name, kind in column.staged().items()}

    def erased_by_blanks(self, header: Collection[str]) -> frozenset[str]:
        """The staging columns of a file's columns, for a run that is told that blanks erase."""
        return frozenset(name for column in self.columns if column.name in header for name in column.staged())
