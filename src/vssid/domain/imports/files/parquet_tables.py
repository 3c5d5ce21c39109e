"""Parquet files in the process that reads them, a batch of rows at a time.

Ten bytes can say that a value stands in a thousand million rows, so what comes out is counted.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet

from ..errors import BadFile
from .csv_rows import LONGEST, TOO_LONG
from .limits import Limits
from .sources import Row, cell_text, cell_type

_ROWS = 1_000


def look(path: Path, bounds: Limits) -> dict[str, Any]:
    """Names of the columns and number of rows. Raises BadFile."""
    with _file(path) as file:
        columns, rows = list(file.schema_arrow.names), file.metadata.num_rows
    if len(columns) > bounds.columns:
        raise BadFile(reason="columns", found="Parquet", most=bounds.columns)
    if rows * len(columns) > _most(path, bounds):
        raise _unpacks(path, bounds)
    return {"columns": columns, "rows": rows}


def rows(path: Path, bounds: Limits) -> Iterator[Row]:
    """The rows in order, each value as a CSV would have it. Raises BadFile."""
    line, left = 0, _most(path, bounds)
    try:
        with _file(path) as file:
            for batch in file.iter_batches(_ROWS, use_threads=False):
                for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    line += 1
                    row = _row(line, values)
                    left -= sum(map(len, row.cells)) + len(row.cells)
                    if left < 0:
                        raise _unpacks(path, bounds)
                    yield row
    except pyarrow.ArrowMemoryError:
        raise MemoryError from None
    except (pyarrow.ArrowException, OSError):
        raise BadFile(reason="broken", found="Parquet") from None


def _row(line: int, values: tuple[object, ...]) -> Row:
    types = {at: kind for at, value in enumerate(values) if (kind := cell_type(value))}
    cells = [unicodedata.normalize("NFC", cell_text(value)) for value in values]
    fault = TOO_LONG if max(map(len, cells), default=0) > LONGEST else ""
    return Row(line, [cell[:LONGEST] for cell in cells] if fault else cells, fault, types)


def _most(path: Path, bounds: Limits) -> int:
    return bounds.unpacked_of(path.stat().st_size)


def _unpacks(path: Path, bounds: Limits) -> BadFile:
    return BadFile(reason="unpacks", found="Parquet", most=_most(path, bounds) >> 20)


def _file(path: Path) -> Any:
    try:
        return pyarrow.parquet.ParquetFile(path, memory_map=False, pre_buffer=False)
    except pyarrow.ArrowMemoryError:
        raise MemoryError from None
    except (pyarrow.ArrowException, OSError):
        raise BadFile(reason="broken", found="Parquet") from None
