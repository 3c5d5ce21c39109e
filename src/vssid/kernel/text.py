"""Vietnamese text: one composed form at the door, comparison and search without marks."""

from __future__ import annotations

import re
import unicodedata

from . import letters

# Characters that are drawn as nothing (Unicode: Default_Ignorable_Code_Point) and controls that end no line.
# Files, chats, phones' keyboards and QR makers put them into texts; nobody can see them and take them out.
_NOTHING = (
    r"\x00-\x08\x0e-\x1b\x7f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    r"\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# Joiners, and the choice of how an emoji is drawn, mean something after a letter of Arabic or Indian scripts
# or a picture; after a digit or a Latin letter (all of Vietnamese among them) they mean nothing.
_JOINING = r"\u200c\u200d\ufe0e\ufe0f"
_JOINS = r"\u0600-\u1cff\u2190-\u2bff\ufb50-\ufdff\ufe70-\ufefe\U0001f000-\U0001faff" + _JOINING
UNSEEN = _NOTHING + _JOINING  # as a class of a regular expression, where a Latin text is looked at
_UNSEEN = re.compile(f"[{_NOTHING}]+|(?<![{_JOINS}])[{_JOINING}]+")
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_DASHES = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63]")
_BETWEEN = re.compile(r"[\s./\-\u2010-\u2015\u2212\u00b7\ufe58\ufe63]+")

# The marks of Vietnamese and what does not decompose; other marks are looked for one by one.
_PLAIN = (
    {ord("đ"): "d"}
    | {ord(sign): same.replace("đ", "d") for sign, same in letters.SAME.items()}
    | {ord(mark): None for mark in "\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b"}
)
_APART = re.compile(r"\b([^\W\d_]{1,2})' (?=\w)")


def visible(text: str) -> str:
    """`text` without what nobody can see: zero-width characters, soft hyphens, byte order marks, controls.

    White space stays. A text that was read in a wrong charset holds such characters as parts of letters:
    mend it first.
    """
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub("", text)


def narrow(text: str) -> str:
    """`text` with the full-width letters, digits and signs of East Asian keyboards as plain ones."""
    return text if text.isascii() else text.translate(_NARROW)


def code_text(text: str) -> str:
    """A code as it is meant, however it was typed or pasted: `３１99\u200b 000-001` is 3199000001.

    Nothing unseen or full-width; no spaces, dots, dashes or strokes between groups. Case stays, and whether
    it is a code is not said.
    """
    return _BETWEEN.sub("", narrow(visible(text)))


def number_text(text: str) -> str:
    """A number, sign-in name or address whose signs count, as it is meant: `ＴＮ–2026\u200b` is TN-2026.

    Nothing unseen or full-width, every dash a hyphen, no space at the ends. Case stays.
    """
    return _DASHES.sub("-", narrow(visible(text))).strip()


def digits(text: str) -> str:
    """The digits of a short code from a message, without whatever people type or paste between them."""
    return "".join(sign for sign in narrow(text) if sign in "0123456789")


def tidy(text: str) -> str:
    """NFC, nothing unseen, no control characters, single spaces, no space at the ends."""
    composed = unicodedata.normalize("NFC", visible(text))
    if composed.isprintable():
        return " ".join(composed.split())
    kept = (" " if ch.isspace() else ch for ch in composed if ch.isspace() or not _is_control(ch))
    return " ".join("".join(kept).split())


def _is_control(ch: str) -> bool:
    """A control, or half of a character, which no database stores."""
    return unicodedata.category(ch) in {"Cc", "Cs"}


def tidy_lines(text: str) -> str:
    """Like tidy, line by line; no empty lines at the ends."""
    return "\n".join(tidy(line) for line in text.splitlines()).strip()


def fold(text: str) -> str:
    """Lower case without diacritics, for search: `Đỗ Thị Ánh` → `do thi anh`.

    The same for every spelling that `letters.canonical` holds for one: `Ðỗ` → `do`, `H’ Hen` → `h'hen`.
    `participants.words_of.WordsOf` does the same in the database.
    """
    lower = tidy(text).casefold()
    if not lower.isascii():
        lower = unicodedata.normalize("NFD", lower)
    plain = lower.translate(_PLAIN)
    if not plain.isascii():
        plain = "".join(ch for ch in plain if not unicodedata.combining(ch))
    return _APART.sub(r"\1'", plain) if "' " in plain else plain


def canonical(name: str) -> str:
    """A name as it is compared: case, spacing and every usual way to write the same letters are one.

    Diacritics count. For comparing only: what is stored and shown stays as it was given.
    """
    return letters.canonical(tidy(name))


def same_name(name: str, other: str) -> bool:
    """Is it the same name, however it was typed? Diacritics count: `Lan` and `Lân` are two names.

    No difference: case, spaces, composed or decomposed letters, Ð for Đ, Hòa for Hoà, H’Hen for H'Hen,
    letters that no Vietnamese keyboard has (`kernel.letters`).
    """
    return canonical(name) == canonical(other)


def bare(name: str) -> str:
    """A folded name with nothing but letters and single spaces: the most an MRZ can tell, or a hurried hand.

    An apostrophe joins (`H'Hen` → `hhen`), a hyphen parts.
    """
    return " ".join(fold(name).replace("'", "").replace("-", " ").split())


def same_name_bare(name: str, other: str) -> bool:
    """Equal when diacritics, apostrophes and hyphens are dropped too."""
    return bare(name) == bare(other)


def differing(text: str, other: str) -> list[tuple[str, bool]]:
    """Split `text` into runs, marking those that differ from `other`: [("La", False), ("m", True)].

    Spellings of the same letter do not differ. Of a tone that stands elsewhere both letters are marked.
    """
    from difflib import SequenceMatcher

    mine, theirs = letters.units(tidy(text)), letters.units(tidy(other))
    blocks = SequenceMatcher(None, [unit.key for unit in mine], [unit.key for unit in theirs], False)
    flags = [True] * len(mine)
    for at, _, size in blocks.get_matching_blocks():
        flags[at : at + size] = [False] * size
    for unit, flag in zip(mine, list(flags), strict=True):
        if flag and unit.moved is not None:
            flags[unit.moved] = True
    runs: list[tuple[str, bool]] = []
    for unit, flag in zip(mine, flags, strict=True):
        if runs and runs[-1][1] == flag:
            runs[-1] = (runs[-1][0] + unit.shown, flag)
        else:
            runs.append((unit.shown, flag))
    return runs
