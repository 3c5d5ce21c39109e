"""What a file is that is no UTF-8 text, told from its bytes, so that the refusal can name it."""

from __future__ import annotations

import codecs
import unicodedata

from ..errors import BadFile

# First bytes and what people call such a file.
_KINDS = (
    (b"\xd0\xcf\x11\xe0", "Excel (.xls)"),
    (b"%PDF", "PDF"),
    (b"\x1f\x8b", "gzip"),
)
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAMPLE = 1 << 16


def is_gzip(start: bytes) -> bool:
    """Do these first bytes begin a gzip file?"""
    return start.startswith(b"\x1f\x8b")


def is_workbook(start: bytes) -> bool:
    """Do these first bytes begin a ZIP file, as every .xlsx is?"""
    return start.startswith(b"PK\x03\x04")


def is_parquet(start: bytes) -> bool:
    """Do these first bytes begin a Parquet file?"""
    return start.startswith(b"PAR1")


def not_text(chunk: bytes, *, at_start: bool) -> BadFile | None:
    """The refusal of a chunk that is no text in an encoding of single bytes, or None."""
    if at_start and (kind := next((name for mark, name in _KINDS if chunk.startswith(mark)), "")):
        return BadFile(reason="not_text", found=kind)
    if at_start and (chunk.startswith(_UTF16_MARKS) or _looks_utf16(chunk[:_SAMPLE])):
        return BadFile(reason="not_utf8", found="UTF-16")
    return BadFile(reason="not_text", found="") if b"\0" in chunk else None


def _looks_utf16(start: bytes) -> bool:
    """Without a mark: nearly all zero bytes stand on one side of the pairs, and they are many."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    return max(even, odd) * 4 > len(start) and min(even, odd) * 20 <= max(even, odd)


def encoding(chunk: bytes) -> str:
    """`Windows-1258` when the bytes read as Vietnamese in it, `TCVN3` when in that, else empty.

    Windows-1258 writes tones as marks after the vowel; together they make letters of Unicode. TCVN3 has bytes
    of its own for đ and the toned vowels, read as signs in Windows-1258.
    """
    sample = chunk[:_SAMPLE]
    toned = _toned(sample.decode("cp1258", "replace"))
    return "Windows-1258" if toned else "TCVN3" if sample.count(b"\xae") + sample.count(b"\xb8") else ""


def _toned(text: str) -> bool:
    marks = "\u0300\u0301\u0303\u0309\u0323"
    pairs = (text[at - 1 : at + 1] for at, sign in enumerate(text) if at and sign in marks)
    composed = [len(unicodedata.normalize("NFC", pair)) == 1 for pair in pairs]
    return bool(composed) and sum(composed) * 10 >= len(composed) * 9
