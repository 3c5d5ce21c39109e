"""What a room hands over to have its files loaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.utils.functional import Promise


class Seal(Protocol):
    """Encrypts a sensitive cell with the run's own key, as a bytea literal for COPY."""

    def __call__(self, field: str, plain: str) -> str: ...


Parse = Callable[[str, Seal], tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Unread:
    """How a parsed column's cells may go into staging unread, which is much faster.

    A cell goes into the staging column `column`; the other staging columns of the parse get the constants of
    `beside` (name → SQL). Not when a cell of the file meets `unless`, SQL over `{c}`: then all are parsed.
    """

    column: str
    beside: Mapping[str, str]
    unless: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file.

    `good` is SQL over `{c}` (the cell as text, never empty) that is true when the cell may be read; it must
    not raise. A column with `parse` is read in Python instead: it gives one value for each staging column in
    `gives` (name → SQL type) and raises BadCell; for what SQL cannot do (folding, sealing), as it is slower.
    With `unread` its cells may pass by the parse; `good` and `code` then say which of them are right.
    """

    name: str
    about: str
    required: bool = False
    good: str = "true"
    code: str = "bad_value"
    parse: Parse | None = None
    gives: Mapping[str, str] = field(default_factory=dict)
    unread: Unread | None = None

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

    Runs only on rows whose cells were all good, so casts are safe; `{staging}` is the table itself.
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

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.new + other.new, self.changed + other.changed, self.same + other.same)


@dataclass(frozen=True, slots=True)
class Batch:
    """Good rows of one run between two lines, to be merged in the open transaction.

    `staging` is the table's name; its rows have `line` and the importer's staged columns. `unseal` opens a
    cell sealed while staging.
    """

    cursor: Any
    staging: str
    first: int
    last: int
    run_id: int
    now: datetime
    unseal: Callable[[str, bytes], str]


@dataclass(frozen=True, slots=True)
class Importer:
    """A kind of file: its columns, its rules and how good rows become the room's rows.

    `key` tells rows apart, as column → SQL over staging row `s`: a file may hold each key once.
    `messages` adds Vietnamese sentences for the codes its columns and checks use. `alone_with` names another
    kind that writes the same table: runs of the two never work at once.
    """

    kind: str
    title: str
    columns: tuple[Column, ...]
    key: Mapping[str, str]
    merge: Callable[[Batch], Counts]
    checks: tuple[Check, ...] = ()
    messages: Mapping[str, str | Promise] = field(default_factory=dict)
    batch_rows: int = 50_000
    alone_with: str = ""

    def staged(self) -> dict[str, str]:
        """All staging columns, name → SQL type."""
        return {name: kind for column in self.columns for name, kind in column.staged().items()}
