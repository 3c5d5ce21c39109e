"""How much a file may be once it is unpacked. A small file can say that it is a thousand times larger."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

# What real tables unpack to stays far below: words that repeat pack to a fiftieth.
RATIO = 250
FREE = 64 << 20  # bytes that any file may unpack to
LONGEST_LINE = 16 << 20  # bytes of a line of a CSV: a line is held in memory


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may be: bytes of an unpacked gzip or Parquet file, bytes of an unpacked workbook, cells
    between the corners of a sheet, columns; bytes of memory and seconds for a step of the process that reads.
    """

    unpacked: int
    workbook: int
    cells: int
    columns: int
    memory: int
    seconds: int

    def unpacked_of(self, size: int) -> int:
        """Bytes that a packed file of this size may unpack to."""
        return min(self.unpacked, max(FREE, RATIO * size))

    def as_text(self) -> str:
        """To be given to another process."""
        return json.dumps(asdict(self))


def of_text(text: str) -> Limits:
    """The limits that `as_text` wrote."""
    return Limits(**json.loads(text))


def of_settings() -> Limits:
    """What the operator allows."""
    from django.conf import settings  # not there in the process that reads files

    return Limits(
        settings.IMPORT_UNPACKED,
        settings.IMPORT_WORKBOOK,
        settings.IMPORT_CELLS,
        settings.IMPORT_COLUMNS,
        settings.IMPORT_MEMORY,
        settings.IMPORT_SECONDS,
    )
