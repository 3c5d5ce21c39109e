"""A file of an import once it was looked at, and its rows; every kind of file gives the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from vssid.kernel.calendar import VIETNAM

# The error file adds these at the end, and may be given back as it is.
REPORT_COLUMNS = ("line", "field", "code", "message")
CHUNK = 1 << 20  # bytes read at a time


class FileKind(StrEnum):
    """What a file is, told from its content."""

    CSV = "csv"
    WORKBOOK = "xlsx"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class Look:
    """What one pass over a file found: digest and size of its content (of gzip: of the text inside).

    `lines` counts the header too. The rest is for CSV: whether PostgreSQL splits it as we do (`is_sure`), no
    cell has space around it (`is_tight`) and its letters are composed (`is_composed`).
    """

    sha256: bytes
    size: int
    lines: int = 0
    is_sure: bool = False
    is_tight: bool = False
    is_composed: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A file that may be read. The report's columns are blanked in `header`; `delimiter` is that of a CSV."""

    path: Path
    kind: FileKind
    look: Look
    header: tuple[str, ...]
    delimiter: str = ","
    gzipped: bool = False

    @property
    def sha256(self) -> bytes:
        """Digest of the content."""
        return self.look.sha256

    @property
    def size(self) -> int:
        """Bytes of the content."""
        return self.look.size


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file. `cells` is None when it could not be split.

    `line` is where it starts: a line of a CSV, a row of a sheet, the number of a Parquet row from 1.
    """

    line: int
    cells: list[str] | None


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
