"""Which letters the fonts of our PDFs have, read from the files themselves."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from unicodedata import category, normalize

FONTS = Path(__file__).with_name("fonts")
# What draws nothing: controls (line breaks too), format characters, marks that choose a variant.
_UNSEEN = {"Cc", "Cf", "Zl", "Zp"}
_VARIANTS = range(0xFE00, 0xFE10)


def lacking(text: str) -> tuple[str, ...]:
    """The letters of a text that cannot be printed, each once, in their order."""
    return tuple(dict.fromkeys(letter for letter in normalize("NFC", text) if not _prints(letter)))


def marked(value: Any) -> tuple[Any, tuple[str, ...]]:
    """The data with the number of each letter that cannot be printed in its place; and these letters."""
    unprinted: dict[str, None] = {}
    return _marked(value, unprinted), tuple(unprinted)


def number(letter: str) -> str:
    """`U+AE40`."""
    return f"U+{ord(letter):04X}"


def _marked(value: Any, unprinted: dict[str, None]) -> Any:
    if isinstance(value, str):
        letters = lacking(value)
        unprinted.update(dict.fromkeys(letters))
        text = normalize("NFC", value) if letters else value
        return "".join(f"[{number(letter)}]" if letter in letters else letter for letter in text)
    if isinstance(value, dict):
        return {key: _marked(part, unprinted) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_marked(part, unprinted) for part in value]
    return value


def _prints(letter: str) -> bool:
    if ord(letter) in _VARIANTS or category(letter) in _UNSEEN:
        return True
    # What the fonts have only in parts is put together from them.
    return ord(letter) in covered() or all(ord(part) in covered() for part in normalize("NFD", letter))


@lru_cache(maxsize=1)
def covered() -> frozenset[int]:
    """The code points that every one of our fonts has."""
    fonts = [frozenset(_code_points(path.read_bytes())) for path in sorted(FONTS.glob("*.ttf"))]
    return frozenset.intersection(*fonts)


def _code_points(font: bytes) -> Iterator[int]:
    """The code points of an OpenType font: its cmap, formats 4 and 12."""
    count = struct.unpack_from(">H", font, 4)[0]
    tables = (struct.unpack_from(">4sLLL", font, 12 + 16 * at) for at in range(count))
    start = next(offset for tag, _sum, offset, _length in tables if tag == b"cmap")
    for at in range(struct.unpack_from(">H", font, start + 2)[0]):
        table = start + struct.unpack_from(">L", font, start + 4 + 8 * at + 4)[0]
        kind = struct.unpack_from(">H", font, table)[0]
        if kind == 4:
            yield from _format_4(font, table)
        elif kind == 12:
            yield from _format_12(font, table)


def _format_4(font: bytes, table: int) -> Iterator[int]:
    segments = struct.unpack_from(">H", font, table + 6)[0] // 2
    shape, at = f">{segments}H", table + 14
    ends = struct.unpack_from(shape, font, at)
    starts = struct.unpack_from(shape, font, at + 2 * segments + 2)
    for first, last in zip(starts, ends, strict=True):
        yield from range(first, min(last, 0xFFFE) + 1)


def _format_12(font: bytes, table: int) -> Iterator[int]:
    for at in range(struct.unpack_from(">L", font, table + 12)[0]):
        first, last, _glyph = struct.unpack_from(">LLL", font, table + 16 + 12 * at)
        yield from range(first, last + 1)
