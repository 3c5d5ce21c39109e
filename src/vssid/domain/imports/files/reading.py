"""Open a file of any kind we read: refuse at once what is no such file, then give its rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from ..errors import BadFile
from ..importer import Importer
from ..read.headings import Matcher
from . import csv_files, limits, parquet_files, sniffing, workbooks
from .limits import Limits
from .sources import CHUNK, FileKind, Look, Row, Source, letters

_ROWS = {
    FileKind.CSV: csv_files.rows,
    FileKind.WORKBOOK: workbooks.rows,
    FileKind.PARQUET: parquet_files.rows,
}

_SHOWN = 40  # characters of a strange name that a refusal repeats


def open_source(
    path: Path, importer: Importer, meant: Mapping[str, str] | None = None, *, most: int | None = None
) -> Source:
    """Check kind, encoding and header of the whole file; `meant` as in Matcher. Raises BadFile.

    What is packed may unpack to `most` bytes, where that is less than the operator allows.
    """
    matcher, bounds = Matcher(importer, meant), limits.of_settings()
    if most is not None:
        bounds = replace(bounds, unpacked=min(most, bounds.unpacked))
    try:
        source = _open(path, matcher, bounds)
        if len(source.header) > bounds.columns:
            raise BadFile(reason="columns", found=source.kind, most=bounds.columns)
        source = _entitled(source, matcher)
    except OSError:
        raise BadFile(reason="missing") from None
    matched = matcher.match(source.header)
    _check_header(matched.names, importer)
    return replace(source, header=matched.names, said=matched.said, mends=matched.mends)


def headings(path: Path, importer: Importer, meant: Mapping[str, str] | None = None) -> str:
    """What a file's headings are taken for, told from its start alone; empty when it has the formal names.

    Raises BadFile for what is no workbook or Parquet file.
    """
    matcher = Matcher(importer, meant)
    with path.open("rb") as file:
        start = file.read(4)
    if sniffing.is_workbook(start) or sniffing.is_parquet(start):
        header = _open(path, matcher, limits.of_settings()).header
    else:
        header = csv_files.header(path, matcher, gzipped=sniffing.is_gzip(start))
    header = _labelled(header, {at for at in matcher.without_heading(header) if matcher.is_told(label(at))})
    return "\n".join(f"{said} → {name}" for said, name in matcher.match(header).said)


def label(at: int) -> str:
    """What a column without a heading is called, as spreadsheets do: `cột F`."""
    return f"cột {letters(at)}"


def _labelled(header: tuple[str, ...], places: set[int]) -> tuple[str, ...]:
    return tuple(label(at) if at in places else cell for at, cell in enumerate(header))


def rows(source: Source) -> Iterator[Row]:
    """The rows below the header that hold something."""
    all_rows = _ROWS[source.kind](source, limits.of_settings())
    return (row for row in all_rows if row.fault or any(map(str.strip, row.cells)))


def _open(path: Path, matcher: Matcher, bounds: Limits) -> Source:
    with path.open("rb") as file:
        start = file.read(4)
    if sniffing.is_workbook(start):
        return workbooks.open_workbook(path, _look(path), matcher, bounds)
    if sniffing.is_parquet(start):
        return parquet_files.open_parquet(path, _look(path), bounds)
    return csv_files.open_csv(path, matcher, gzipped=sniffing.is_gzip(start), bounds=bounds)


def _entitled(source: Source, matcher: Matcher) -> Source:
    """The header with a name for each column that has none and holds something, as that would be lost."""
    without = matcher.without_heading(source.header)
    if not without:
        return source
    holds = {at for row in rows(source) for at in without if at < len(row.cells) and row.cells[at].strip()}
    return replace(source, header=_labelled(source.header, holds))


def _look(path: Path) -> Look:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return Look(digest.digest(), size)


def _check_header(header: tuple[str, ...], importer: Importer) -> None:
    known = [column.name for column in importer.columns]
    lacking = [column.name for column in importer.columns if column.required and column.name not in header]
    unknown = [name[:_SHOWN] for name in header if name and name not in known]
    twice = [name for name in known if header.count(name) > 1]
    if lacking or unknown or twice:
        raise BadFile(
            reason="header",
            lacking=lacking,
            unknown=unknown,
            twice=twice,
            matched=len(set(header) & set(known)),
            expected=known,
        )
