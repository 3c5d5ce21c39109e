"""Vietnamese text: one composed form at the door, comparison and search without marks."""

from __future__ import annotations

import unicodedata


def tidy(text: str) -> str:
    """NFC, no control characters, single spaces, no space at the ends."""
    composed = unicodedata.normalize("NFC", text)
    printable = "".join(" " if ch.isspace() else ch for ch in composed if ch.isspace() or ch.isprintable())
    return " ".join(printable.split())


def tidy_lines(text: str) -> str:
    """Like tidy, line by line; no empty lines at the ends."""
    return "\n".join(tidy(line) for line in text.splitlines()).strip()


def fold(text: str) -> str:
    """Lower case without diacritics, for search: `Đỗ Thị Ánh` → `do thi anh`."""
    decomposed = unicodedata.normalize("NFD", tidy(text).casefold())
    bare = "".join(ch for ch in decomposed if not unicodedata.combining(ch))
    return bare.replace("đ", "d")


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
