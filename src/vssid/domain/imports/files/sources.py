"""A file of an import once it was looked at, and its rows; every kind of file gives the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from vssid.kernel.calendar import VIETNAM

# The error file adds these at the end, and may be given back as it is.
REPORT_COLUMNS = ("line", "field", "code", "message")
CHUNK = 1 << 20  # bytes read at a time
LOOKED_AT = 20  # rows that are not empty, in which the header is looked for


class FileKind(StrEnum):
    """What a file is, told from its content."""

    CSV = "csv"
    WORKBOOK = "xlsx"
    PARQUET = "parquet"


class CellType(StrEnum):
    """What a cell is that is no text: only spreadsheets and Parquet know.

    A percent is a number that is shown as one; a formula is one whose value is not in the file.
    """

    NUMBER = "number"
    PERCENT = "percent"
    DAY = "day"
    TRUTH = "truth"
    ERROR = "error"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class Look:
    """What one pass over a file found: digest and size of its content (of gzip: of the text inside).

    `lines` counts the header too. The rest is for CSV: whether PostgreSQL splits it as we do (`is_sure`), no
    cell has space around it (`is_tight`), its letters are composed (`is_composed`), and nothing in it looks
    as if it was to be taken off or refused (`is_plain`).
    """

    sha256: bytes
    size: int
    lines: int = 0
    is_sure: bool = False
    is_tight: bool = False
    is_composed: bool = False
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A file that may be read. The report's columns are blanked in `header`; `delimiter` is that of a CSV.

    `header_line` is where the header ends, `said` each heading that was another word for its column. `mends`:
    it is an error file that comes back.
    """

    path: Path
    kind: FileKind
    look: Look
    header: tuple[str, ...]
    delimiter: str = ","
    gzipped: bool = False
    header_line: int = 1
    said: tuple[tuple[str, str], ...] = ()
    mends: bool = False

    @property
    def sha256(self) -> bytes:
        """Digest of the content."""
        return self.look.sha256

    @property
    def headings(self) -> str:
        """What was another word for a column, one a line; empty for a file of the formal names.

        A heading that was passed over has nothing behind its arrow.
        """
        return "\n".join(f"{said} → {name}" for said, name in self.said)

    @property
    def size(self) -> int:
        """Bytes of the content."""
        return self.look.size


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file. With a `fault` it cannot be taken, and its cells are only as well as can be told.

    `line` is where it starts: a line of a CSV, a row of a sheet, the number of a Parquet row from 1. `types`
    has the places of the cells that are no text.
    """

    line: int
    cells: list[str]
    fault: str = ""
    types: Mapping[int, CellType] = field(default_factory=dict)

    def as_told(self) -> list[Any]:
        """As one process tells it another."""
        return [self.line, self.cells, self.fault, dict(self.types)]

    @classmethod
    def of(cls, told: list[Any]) -> Row:
        """As it was told."""
        line, cells, fault, types = told
        return cls(line, cells, fault, {int(at): CellType(kind) for at, kind in types.items()})


def letters(column: int) -> str:
    """A column's name in a spreadsheet: 0 is `A`, 26 is `AA`."""
    letters = ""
    while column >= 0:
        letters = chr(65 + column % 26) + letters
        column = column // 26 - 1
    return letters


def cell_type(value: object) -> CellType | None:
    """What a typed cell is; None for text and for an empty one."""
    if isinstance(value, bool):
        return CellType.TRUTH
    if isinstance(value, int | float | Decimal):
        return CellType.NUMBER
    return CellType.DAY if isinstance(value, date | time) else None


def cell_text(value: object) -> str:
    """A typed cell as a CSV would have it; times are told in Vietnamese time."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        local = value.astimezone(VIETNAM) if value.tzinfo else value
        return f"{local:%Y-%m-%d}" if local.time() == time() else f"{local:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)
