"""CSV files, gzipped or not: one look over the whole, then the rows."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import re
import unicodedata
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from ..errors import BadFile
from ..read.headings import Matcher
from . import csv_header, csv_rows, plain_bytes, sniffing
from .limits import LONGEST_LINE, Limits
from .sources import CHUNK, FileKind, Look, Row, Source

_START = 1 << 16  # characters in which the header is looked for
# A quotation mark in the middle of a cell: our reader keeps it, PostgreSQL's does not.
_ODD_QUOTE = re.compile(rb'[^,;\n\r"]"[^,;\n\r"]')
# Where one of these stands, a cell may have space at its edge; within quotes it may also be innocent.
_SPACES = (
    b", ", b" ,", b"; ", b" ;", b"\n ", b" \n", b" \r", b'" ', b' "', b"\t", b"\v", b"\f",
    b"\x1c", b"\x1d", b"\x1e", b"\x1f", b"\xc2\x85", b"\xc2\xa0", b"\xe1\x9a\x80", b"\xe2\x80",
    b"\xe2\x81\x9f", b"\xe3\x80\x80",
)  # fmt: skip


def open_csv(path: Path, matcher: Matcher, *, gzipped: bool, bounds: Limits) -> Source:
    """Look at the whole file and find its header, which is not compared with anything yet. Raises BadFile."""
    try:
        look = _Looking(bounds.unpacked_of(path.stat().st_size)).over(path, gzipped)
        with _text(path, gzipped) as text:
            start = text.read(_START)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise BadFile(reason="broken_gzip") from None
    header_row = csv_header.find(start, matcher)
    if header_row is None:
        raise BadFile(reason="empty")
    return Source(path, FileKind.CSV, look, header_row.cells, header_row.delimiter, gzipped, header_row.line)


def header(path: Path, matcher: Matcher, *, gzipped: bool) -> tuple[str, ...]:
    """The cells of the header of what seems to be a CSV; none where there is no text."""
    try:
        with binary(path, gzipped) as file:
            start = file.read(_START).decode("utf-8-sig", "replace")
    except (EOFError, zlib.error, gzip.BadGzipFile):
        return ()
    header_row = csv_header.find(start, matcher)
    return header_row.cells if header_row else ()


def binary(path: Path, gzipped: bool) -> BinaryIO:
    """The text as bytes."""
    return cast(BinaryIO, gzip.open(path)) if gzipped else path.open("rb")


def _text(path: Path, gzipped: bool) -> TextIO:
    return io.TextIOWrapper(binary(path, gzipped), encoding="utf-8-sig", newline="")


class _Looking:
    """Gathers a Look, chunk by chunk; what is no UTF-8 text is refused by its name."""

    def __init__(self, most: int) -> None:
        self._most = most  # bytes, of what was gzipped
        self._line = 0  # bytes of the last line so far
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._digest, self._size, self._lines = hashlib.sha256(), 0, 0
        self._sure = self._tight = self._composed = self._plain = True
        self._returns = self._line_ends = 0
        self._before, self._letter = b"", ""

    def over(self, path: Path, gzipped: bool) -> Look:
        with binary(path, gzipped) as file:
            while chunk := file.read(CHUNK):
                if gzipped and self._size + len(chunk) > self._most:
                    raise BadFile(reason="unpacks", found="gzip", most=self._most >> 20)
                self._measure_line(chunk)
                self._see(chunk)
        self._decode(b"", final=True)
        lines = self._lines + (0 if self._before.endswith(b"\n") else 1)
        sure = self._sure and self._returns == self._line_ends
        digest = self._digest.digest()
        return Look(digest, self._size, lines, sure, self._tight, self._composed, self._plain)

    def _see(self, chunk: bytes) -> None:
        if bad_file := sniffing.not_text(chunk, at_start=not self._size):
            raise bad_file
        text = self._letter + self._decode(chunk)
        joined = self._before + chunk  # what is looked for may lie across two chunks
        self._composed = self._composed and unicodedata.is_normalized("NFC", text)
        self._tight = self._tight and not any(space in joined for space in _SPACES)
        self._sure = self._sure and not (b'"' in joined and _ODD_QUOTE.search(joined))
        self._plain = self._plain and plain_bytes.is_plain(joined.removeprefix(codecs.BOM_UTF8))
        self._returns += chunk.count(b"\r")
        self._line_ends += joined.count(b"\r\n") - self._before.count(b"\r\n")
        self._lines += chunk.count(b"\n")
        self._digest.update(chunk)
        self._size += len(chunk)
        self._before, self._letter = joined[-4:], text[-1:]

    def _measure_line(self, chunk: bytes) -> None:
        """A line is held in memory. One that ends within a chunk is short."""
        ends = [at for at in (chunk.rfind(b"\n"), chunk.rfind(b"\r")) if at >= 0]
        self._line = len(chunk) - max(ends) - 1 if ends else self._line + len(chunk)
        if self._line > LONGEST_LINE:
            raise BadFile(reason="long_line")

    def _decode(self, chunk: bytes, *, final: bool = False) -> str:
        try:
            return self._decoder.decode(chunk, final)
        except UnicodeDecodeError:
            raise BadFile(reason="not_utf8", found=sniffing.encoding(chunk)) from None


def rows(source: Source, _bounds: Limits) -> Iterator[Row]:
    """The rows below the header of what was looked over."""
    with _text(source.path, source.gzipped) as file:
        lines = _composed(file)
        for _ in range(source.header_line):
            next(lines)
        yield from csv_rows.split(lines, source.delimiter, len(source.header), above=source.header_line)


def _composed(file: TextIO) -> Iterator[str]:
    return (unicodedata.normalize("NFC", line) for line in file)
