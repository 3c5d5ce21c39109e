"""Parquet files, as the process that reads them tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from . import child_process
from .limits import Limits
from .sources import FileKind, Look, Row, Source


def open_parquet(path: Path, look: Look, bounds: Limits) -> Source:
    """The names of the columns are the header. Raises BadFile."""
    table = child_process.look(FileKind.PARQUET, path, bounds)
    told = replace(look, lines=table["rows"] + 1)
    return Source(path, FileKind.PARQUET, told, tuple(table["columns"]))


def rows(source: Source, bounds: Limits) -> Iterator[Row]:
    """The rows in order, each value as a CSV would have it."""
    return child_process.rows(FileKind.PARQUET, source.path, bounds)
