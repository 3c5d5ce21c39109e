"""Parquet files, a batch of rows at a time."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from .errors import BadFile
from .sources import FileKind, Look, Row, Source, cell_text

_ROWS = 10_000


def open_parquet(path: Path, look: Look) -> Source:
    """The names of the columns are the header. Raises BadFile."""
    with _file(path) as file:
        header, lines = tuple(file.schema_arrow.names), file.metadata.num_rows + 1
    return Source(path, FileKind.PARQUET, replace(look, lines=lines), header)


def rows(source: Source) -> Iterator[Row]:
    """The rows in order, each value as a CSV would have it."""
    line = 0
    with _file(source.path) as file:
        for batch in file.iter_batches(_ROWS, use_threads=False):
            columns = [[_text(value) for value in column.to_pylist()] for column in batch.columns]
            for cells in zip(*columns, strict=True):
                line += 1
                yield Row(line, list(cells))


def _text(value: object) -> str:
    return unicodedata.normalize("NFC", cell_text(value))


def _file(path: Path) -> Any:
    import pyarrow  # loaded only where one is read: it takes 0.2 s and 60 MB
    import pyarrow.parquet

    try:
        return pyarrow.parquet.ParquetFile(path, memory_map=False, pre_buffer=False)
    except (pyarrow.ArrowException, OSError):
        raise BadFile(reason="broken", found="Parquet") from None
