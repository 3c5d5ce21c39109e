"""CSV files, gzipped or not: one look over the whole, then the rows."""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import re
import unicodedata
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from . import sniffing
from .errors import BadFile
from .sources import CHUNK, FileKind, Look, Row, Source

_LONGEST_HEADER = 1 << 16
# A quotation mark in the middle of a cell: our reader keeps it, PostgreSQL's does not.
_ODD_QUOTE = re.compile(rb'[^,;\n\r"]"[^,;\n\r"]')
# Where one of these stands, a cell may have space at its edge; within quotes it may also be innocent.
_SPACES = (
    b", ", b" ,", b"; ", b" ;", b"\n ", b" \n", b" \r", b'" ', b' "', b"\t", b"\v", b"\f",
    b"\x1c", b"\x1d", b"\x1e", b"\x1f", b"\xc2\x85", b"\xc2\xa0", b"\xe1\x9a\x80", b"\xe2\x80",
    b"\xe2\x81\x9f", b"\xe3\x80\x80",
)  # fmt: skip


def open_csv(path: Path, *, gzipped: bool) -> Source:
    """Look at the whole file; the header is not compared with anything yet. Raises BadFile."""
    try:
        look = _Looking().over(path, gzipped)
        with _text(path, gzipped) as text:
            first = text.readline(_LONGEST_HEADER)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise BadFile(reason="broken_gzip") from None
    if not first.strip():
        raise BadFile(reason="empty")
    delimiter = ";" if first.count(";") > first.count(",") else ","
    header = tuple(next(csv.reader([first], delimiter=delimiter)))
    return Source(path, FileKind.CSV, look, header, delimiter, gzipped)


def binary(path: Path, gzipped: bool) -> BinaryIO:
    """The text as bytes."""
    return cast(BinaryIO, gzip.open(path)) if gzipped else path.open("rb")


def _text(path: Path, gzipped: bool) -> TextIO:
    return io.TextIOWrapper(binary(path, gzipped), encoding="utf-8-sig", newline="")


class _Looking:
    """Gathers a Look, chunk by chunk; what is no UTF-8 text is refused by its name."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._digest, self._size, self._lines = hashlib.sha256(), 0, 0
        self._sure = self._tight = self._composed = True
        self._returns = self._line_ends = 0
        self._before, self._letter = b"", ""

    def over(self, path: Path, gzipped: bool) -> Look:
        with binary(path, gzipped) as file:
            while chunk := file.read(CHUNK):
                self._see(chunk)
        self._decode(b"", final=True)
        lines = self._lines + (0 if self._before.endswith(b"\n") else 1)
        sure = self._sure and self._returns == self._line_ends
        return Look(self._digest.digest(), self._size, lines, sure, self._tight, self._composed)

    def _see(self, chunk: bytes) -> None:
        if found := sniffing.not_text(chunk, at_start=not self._size):
            raise found
        text = self._letter + self._decode(chunk)
        joined = self._before + chunk  # what is looked for may lie across two chunks
        self._composed = self._composed and unicodedata.is_normalized("NFC", text)
        self._tight = self._tight and not any(space in joined for space in _SPACES)
        self._sure = self._sure and not (b'"' in joined and _ODD_QUOTE.search(joined))
        self._returns += chunk.count(b"\r")
        self._line_ends += joined.count(b"\r\n") - self._before.count(b"\r\n")
        self._lines += chunk.count(b"\n")
        self._digest.update(chunk)
        self._size += len(chunk)
        self._before, self._letter = joined[-4:], text[-1:]

    def _decode(self, chunk: bytes, *, final: bool = False) -> str:
        try:
            return self._decoder.decode(chunk, final)
        except UnicodeDecodeError:
            raise BadFile(reason="not_utf8", found=sniffing.encoding(chunk)) from None


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


def _composed(file: TextIO) -> Iterator[str]:
    return (unicodedata.normalize("NFC", line) for line in file)
