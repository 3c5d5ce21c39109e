"""Open a CSV file, gzipped or not: refuse at once what is no such file, then give its rows."""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from . import sniffing
from .errors import BadFile
from .importer import Importer

# The error file adds these at the end, and may be given back as it is.
REPORT_COLUMNS = ("line", "field", "code", "message")
_CHUNK = 1 << 20
_LONGEST_HEADER = 1 << 16


@dataclass(frozen=True, slots=True)
class Source:
    """A file that may be read: digest and size of its text, delimiter, header (report columns blanked)."""

    path: Path
    sha256: bytes
    size: int
    delimiter: str
    header: tuple[str, ...]
    gzipped: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file. `cells` is None when it could not be split; `line` is where it starts."""

    line: int
    cells: list[str] | None


def open_source(path: Path, importer: Importer) -> Source:
    """Check encoding, kind and header of the whole file. Raises BadFile."""
    try:
        with path.open("rb") as file:
            gzipped = sniffing.is_gzip(file.read(2))
        digest, size = _scan(path, gzipped)
        with _text(path, gzipped) as text:
            first = text.readline(_LONGEST_HEADER)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise BadFile(reason="broken_gzip") from None
    except OSError:
        raise BadFile(reason="missing") from None
    if not first.strip():
        raise BadFile(reason="empty")
    delimiter = ";" if first.count(";") > first.count(",") else ","
    header = tuple(name.strip().lower() for name in next(csv.reader([first], delimiter=delimiter)))
    header = _without_report(header)
    _check_header(header, importer)
    return Source(path, digest, size, delimiter, header, gzipped)


def _binary(path: Path, gzipped: bool) -> BinaryIO:
    return cast(BinaryIO, gzip.open(path)) if gzipped else path.open("rb")


def _text(path: Path, gzipped: bool) -> TextIO:
    return io.TextIOWrapper(_binary(path, gzipped), encoding="utf-8-sig", newline="")


def _scan(path: Path, gzipped: bool) -> tuple[bytes, int]:
    """Digest and size of the text; what is no UTF-8 text is refused by its name."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    digest, size = hashlib.sha256(), 0
    with _binary(path, gzipped) as file:
        while chunk := file.read(_CHUNK):
            if found := sniffing.not_text(chunk, at_start=not size):
                raise found
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                raise BadFile(reason="not_utf8", found=sniffing.encoding(chunk)) from None
            digest.update(chunk)
            size += len(chunk)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise BadFile(reason="not_utf8", found="") from None
    return digest.digest(), size


def _without_report(header: tuple[str, ...]) -> tuple[str, ...]:
    """Blank the report's columns by place, as a file may have a column `code` of its own."""
    if header[-len(REPORT_COLUMNS) :] != REPORT_COLUMNS:
        return header
    return header[: -len(REPORT_COLUMNS)] + ("",) * len(REPORT_COLUMNS)


def _check_header(header: tuple[str, ...], importer: Importer) -> None:
    known = [column.name for column in importer.columns]
    lacking = [column.name for column in importer.columns if column.required and column.name not in header]
    unknown = [name for name in header if name and name not in known]
    twice = [name for name in known if header.count(name) > 1]
    if lacking or unknown or twice:
        raise BadFile(reason="header", lacking=lacking, unknown=unknown + twice, expected=known)


def _composed(file: TextIO) -> Iterator[str]:
    return (unicodedata.normalize("NFC", line) for line in file)


def rows(source: Source) -> Iterator[Row]:
    """The rows below the header; blank lines are skipped."""
    with _text(source.path, source.gzipped) as file:
        reader = csv.reader(_composed(file), delimiter=source.delimiter)
        next(reader)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield Row(line, None)
                continue
            if cells:
                yield Row(line, cells)
