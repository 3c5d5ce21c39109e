"""The rows of an employer's own file, read and checked; nothing is written here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from vssid.domain.imports.errors import BadFile
from vssid.domain.imports.files.sources import Source
from vssid.domain.imports.read import row_by_row
from vssid.domain.imports.read.written_days import Order

from .columns import IMPORTER

MOST_ROWS = 100_000
Tell = Callable[[int], None]
_TOLD_EACH = 500  # rows
_SEALED = ("id_number", "old_id_number", "person_number", "phone", "email")


@dataclass(frozen=True, slots=True)
class Row:
    """A row that can be taken. Of documents `*_key` are fingerprints; `private` is what is to be sealed."""

    line: int
    full_name: str
    name_folded: str
    birth_date: date | None
    birth_precision: str
    bhxh_code: str
    id_kind: str
    id_key: str
    old_id_kind: str
    old_id_key: str
    department: str
    private: dict[str, str]

    @property
    def keys(self) -> list[tuple[str, ...]]:
        """What a second row of the same person would have too."""
        named: list[tuple[str, ...]] = [("bhxh", self.bhxh_code), (self.id_kind, self.id_key)]
        known = [key for key in named if key[1]]
        return known or [("born", self.name_folded, str(self.birth_date))]


@dataclass(slots=True)
class Read:
    """Good rows; why others were refused, and cells that were left out of good rows (line, field, code)."""

    rows: list[Row] = field(default_factory=list)
    refused: dict[int, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    aside: list[tuple[int, str, str]] = field(default_factory=list)


def read(source: Source, order: Order, tell: Tell) -> Read:
    """Read the whole file, telling how many rows were read. Raises BadFile."""
    found = Read()

    def refuse(line: int, name: str, code: str) -> None:
        found.refused[line].append((name, code))

    def leave_out(line: int, name: str, code: str) -> None:
        found.aside.append((line, name, code))

    rows = row_by_row.read(IMPORTER, source, seal=_as_it_is, refuse=refuse, leave_out=leave_out, order=order)
    good, seen = list[Row](), 0
    for seen, values in enumerate(rows, 1):
        if seen > MOST_ROWS:
            raise BadFile(reason="rows", found=source.kind, most=MOST_ROWS)
        if values is not None:
            good.append(_row(values))
        if seen % _TOLD_EACH == 0:
            tell(seen)
    if not seen:
        raise BadFile(reason="no_rows")
    found.rows = _each_once([row for row in good if row.line not in found.refused], refuse)
    tell(seen)
    return found


def _as_it_is(field: str, plain: str) -> str:
    """Cells are sealed row by row, once it is known that the row is taken."""
    return plain


def _row(values: dict[str, Any]) -> Row:
    told = {name: value for name, value in values.items() if value is not None}
    # Who has no other code has the personal number for one.
    number = {"id_kind": "cccd", "id_key": told["person_key"]} if "person_number" in told else {}
    told = number | told
    born = told.get("birth_date")
    return Row(
        line=told["line"],
        full_name=told["full_name"],
        name_folded=told["name_folded"],
        birth_date=date.fromisoformat(born) if born else None,
        private={name: told[name] for name in _SEALED if name in told},
        **{
            name: told.get(name, "")
            for name in (
                "birth_precision",
                "bhxh_code",
                "id_kind",
                "id_key",
                "old_id_kind",
                "old_id_key",
                "department",
            )
        },
    )


def _each_once(rows: list[Row], refuse: row_by_row.Refuse) -> list[Row]:
    """Without rows that say nobody knows whom, and those of a person who stands above."""
    known: set[tuple[str, ...]] = set()
    kept = []
    for row in rows:
        if not (row.bhxh_code or row.id_key or row.birth_date):
            refuse(row.line, "full_name", "nothing_to_know_by")
        elif not known.isdisjoint(row.keys):
            refuse(row.line, "full_name", "twice")
        else:
            known.update(row.keys)
            kept.append(row)
    return kept
