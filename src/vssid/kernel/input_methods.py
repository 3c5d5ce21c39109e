"""What a Vietnamese input method makes of a code that a scanner or a person types, and back.

A code is letters and digits without marks. An input method in front of it turns `TE1` into `TÉ` (VNI), `DD4`
into `Đ4`, `AS9` into `Á9` (Telex): the mark stands for the key that was swallowed. Which method was on cannot
be told from the letter, so each gives a reading; who knows the code's pattern takes the one that fits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Combining mark → key. Telex and VNI; [M], the two methods every Vietnamese keyboard program has.
_VNI = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5", "\u0302": "6",
        "\u031b": "7", "\u0306": "8"}  # fmt: skip
_TELEX = {"\u0301": "S", "\u0300": "F", "\u0309": "R", "\u0303": "X", "\u0323": "J", "\u031b": "W",
          "\u0306": "W"}  # fmt: skip

# Keys of the keyboard "Vietnamese" of Windows (TCVN 6064) [M]: a letter with its mark, or a tone by itself.
_KEYS = {"a\u0306": "1", "a\u0302": "2", "e\u0302": "3", "o\u0302": "4", "u\u031b": "[", "o\u031b": "]",
         "\u0300": "5", "\u0309": "6", "\u0303": "7", "\u0301": "8", "\u0323": "9"}  # fmt: skip


def has_marks(text: str) -> bool:
    """Does the text have letters that no code has: those an input method makes?"""
    return bool(re.search("[đĐ]", text)) or any(map(unicodedata.combining, _letters(text)))


def is_garbled(code: str) -> bool:
    """Has an input method been at work on a code? Names have marks too, but no digits."""
    return has_marks(code) and any(sign.isdigit() for sign in code)


def readings(text: str) -> Iterator[str]:
    """The text as typed without an input method, the likelier first: VNI (a digit), then Telex (a letter),
    then the Vietnamese keyboard of Windows, whose row of digits writes letters and marks.

    A text without marks is its only reading.
    """
    if not has_marks(text):
        yield text
        return
    yield _undone(text, _VNI, "9")
    yield _undone(text, _TELEX, "D")
    yield _from_keyboard(text)


def fitting(text: str, pattern: re.Pattern[str]) -> str | None:
    """The reading that fits a code's pattern, if any."""
    return next((reading for reading in readings(text) if pattern.fullmatch(reading)), None)


def _letters(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _undone(text: str, keys: dict[str, str], stroke: str) -> str:
    """Marks become the keys they stand for, behind their letter: `TÉ` is `TE1`, or `TES`."""
    typed, base = [], ""
    for sign in _letters(text):
        if sign in "đĐ":
            base = "d" if sign == "đ" else "D"
            typed.append(base + (stroke if stroke.isdigit() or sign == "Đ" else stroke.lower()))
        elif sign == "\u0302" and sign not in keys:  # Telex doubles the vowel: aa, ee, oo
            typed.append(base)
        elif sign in keys:
            typed.append(keys[sign] if base.isupper() else keys[sign].lower())
        else:
            base = sign
            typed.append(sign)
    return "".join(typed)


def _from_keyboard(text: str) -> str:
    typed: list[str] = []
    base = -1  # where the letter stands that the next mark belongs to
    for sign in _letters(text):
        if sign in "đĐ":
            typed.append("0")
        elif base >= 0 and (key := _KEYS.get(typed[base].lower() + sign)):
            typed[base] = key
        elif sign in _KEYS:
            typed.append(_KEYS[sign])
        else:
            base = len(typed)
            typed.append(sign)
    return "".join(typed)
