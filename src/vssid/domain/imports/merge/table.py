"""What the usual merge writes: one table, and how a staged row becomes a row of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_STAGED = re.compile(r"\bs\.(\w+)")


@dataclass(frozen=True, slots=True)
class Versions:
    """Where the old rows of a table are kept, as rows of `record`.

    The corrected table needs person_id, id and the provenance columns; `table` has them too, and record,
    record_id, was (jsonb), said_from, said_until and replaced_by.
    """

    table: str
    record: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule across columns of a row that is there, as it would be with what the file leaves as it was.

    SQL over `n`, a row of the table; true when it is good. `field` names the column of the file.
    """

    field: str
    code: str
    good: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table by name, and its columns as SQL over staging row `s` (and `joins`).

    `columns` holds the key columns too, of which those in `may_lack` may be null. What a blank cell means for
    a new row stands in its SQL; in a row that is there a blank cell leaves the column as it is. `named_as`
    are the names of columns by which other tables name its rows without a foreign key.
    """

    name: str
    key: Sequence[str]
    columns: Mapping[str, str]
    joins: str = ""
    may_lack: Sequence[str] = ()
    versions: Versions | None = None
    rules: tuple[Rule, ...] = ()
    named_as: Sequence[str] = ()

    def cells(self, column: str) -> tuple[str, ...]:
        """The staging columns that give a column; none for what no cell says."""
        return tuple(dict.fromkeys(_STAGED.findall(self.columns[column])))
