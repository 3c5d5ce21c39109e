"""Open a file of any kind we read: refuse at once what is no such file, then give its rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from . import csv_files, parquet_files, sniffing, workbooks
from .errors import BadFile
from .importer import Importer
from .sources import CHUNK, REPORT_COLUMNS, FileKind, Look, Row, Source

_ROWS = {
    FileKind.CSV: csv_files.rows,
    FileKind.WORKBOOK: workbooks.rows,
    FileKind.PARQUET: parquet_files.rows,
}

_SHOWN = 40  # characters of a strange name that a refusal repeats


def open_source(path: Path, importer: Importer) -> Source:
    """Check kind, encoding and header of the whole file. Raises BadFile."""
    try:
        source = _open(path)
    except OSError:
        raise BadFile(reason="missing") from None
    header = _without_report(tuple(name.strip().lower() for name in source.header))
    _check_header(header, importer)
    return replace(source, header=header)


def rows(source: Source) -> Iterator[Row]:
    """The rows below the header."""
    return _ROWS[source.kind](source)


def _open(path: Path) -> Source:
    with path.open("rb") as file:
        start = file.read(4)
    if sniffing.is_workbook(start):
        return workbooks.open_workbook(path, _look(path))
    if sniffing.is_parquet(start):
        return parquet_files.open_parquet(path, _look(path))
    return csv_files.open_csv(path, gzipped=sniffing.is_gzip(start))


def _look(path: Path) -> Look:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return Look(digest.digest(), size)


def _without_report(header: tuple[str, ...]) -> tuple[str, ...]:
    """Blank the report's columns by place, as a file may have a column `code` of its own."""
    if header[-len(REPORT_COLUMNS) :] != REPORT_COLUMNS:
        return header
    return header[: -len(REPORT_COLUMNS)] + ("",) * len(REPORT_COLUMNS)


def _check_header(header: tuple[str, ...], importer: Importer) -> None:
    known = [column.name for column in importer.columns]
    lacking = [column.name for column in importer.columns if column.required and column.name not in header]
    unknown = [name[:_SHOWN] for name in header if name and name not in known]
    twice = [name for name in known if header.count(name) > 1]
    if lacking or unknown or twice:
        raise BadFile(reason="header", lacking=lacking, unknown=unknown + twice, expected=known)
