"""Vietnamese text: one composed form at the door, comparison and search without marks."""

from __future__ import annotations

import unicodedata

# The marks of Vietnamese and the one letter that does not decompose; others are looked for one by one.
_PLAIN = {ord("đ"): "d"} | {ord(mark): None for mark in "\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b"}


def tidy(text: str) -> str:
    """NFC, no control characters, single spaces, no space at the ends."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isprintable():
        return " ".join(composed.split())
    printable = "".join(" " if ch.isspace() else ch for ch in composed if ch.isspace() or ch.isprintable())
    return " ".join(printable.split())


def tidy_lines(text: str) -> str:
    """Like tidy, line by line; no empty lines at the ends."""
    return "\n".join(tidy(line) for line in text.splitlines()).strip()


def fold(text: str) -> str:
    """Lower case without diacritics, for search: `Đỗ Thị Ánh` → `do thi anh`."""
    lower = tidy(text).casefold()
    if lower.isascii():
        return lower
    decomposed = unicodedata.normalize("NFD", lower)
    plain = decomposed.translate(_PLAIN)
    if plain.isascii():
        return plain
    return "".join(ch for ch in plain if not unicodedata.combining(ch))


def same_name(one: str, other: str) -> bool:
    """Equal without regard to case, spacing and composed or decomposed Unicode.

    Diacritics count: `Lan` and `Lân` are two names.
    """
    return tidy(one).casefold() == tidy(other).casefold()


def same_name_bare(one: str, other: str) -> bool:
    """Equal when diacritics are dropped too: the most an MRZ can tell."""
    return fold(one) == fold(other)


def differing(one: str, other: str) -> list[tuple[str, bool]]:
    """Split `one` into runs, marking those that differ from `other`: [("La", False), ("m", True)]."""
    from difflib import SequenceMatcher

    one, other = tidy(one), tidy(other)
    runs: list[tuple[str, bool]] = []
    for tag, start, end, _, _ in SequenceMatcher(None, one.casefold(), other.casefold(), False).get_opcodes():
        if end > start:
            runs.append((one[start:end], tag != "equal"))
    return runs
