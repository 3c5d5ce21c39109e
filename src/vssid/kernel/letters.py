"""One spelling of a name for comparing, whatever code points and whichever usual rules it was written by.

Equal are: letters and signs that `data/name_letters.csv` calls another's (Ð is Đ, ’ is '), full-width ones,
marks that no Vietnamese keyboard has and that offices leave out (ĭ of Ê Đê names), and both ways to place a
tone in a syllable: `hòa` of the old rules, `hoà` of the new. Not equal are other vowels or tones: Lan is not
Lân, quý is not quí. Nothing here is ever stored or shown.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from . import dated

_GRAPHEME = re.compile(r"[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+", re.DOTALL)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_VOWELS = frozenset("aăâeêioôơuưy")
_WIDE = 0xFEE0  # from a plain sign to the full-width one of East Asian keyboards
_BREVE, _CARON = "\u0306", "\u030c"
# d̵ of keyboards that put a stroke over a letter.
_STROKES = frozenset("\u0335\u0336\u0337\u0338")


def _table() -> dict[str, str]:
    with (files("vssid.kernel") / "data" / "name_letters.csv").open(encoding="utf-8") as lines:
        same = {chr(int(row["letter"], 16)): row["as"] for row in dated.rows(lines) if not row["to"]}
    return same | {chr(plain + _WIDE): same.get(chr(plain), chr(plain)) for plain in range(0x21, 0x7F)}


SAME = _table()


@dataclass(frozen=True, slots=True)
class Unit:
    """What is seen as one letter, and what it is compared by. `moved`: the letter whose tone came here."""

    shown: str
    key: str
    moved: int | None = None


def canonical(text: str) -> str:
    """The spelling to compare by. `text` is tidy."""
    return "".join(unit.key for unit in units(text))


def units(text: str) -> list[Unit]:
    """A tidy text letter by letter; together the `shown` are the text."""
    shown = _GRAPHEME.findall(text)
    keys = [_key(letter) for letter in shown]
    moved: dict[int, int] = {}
    for run in _runs(keys):
        tones = [at for at in run if _tone(keys[at])]
        if len(tones) == 1 and tones[0] != run[-1]:
            last, tone = run[-1], _tone(keys[tones[0]])
            keys[tones[0]] = _without(keys[tones[0]])
            keys[last] = unicodedata.normalize("NFC", keys[last] + tone)
            moved[last] = tones[0]
    _close_apostrophes(keys)
    return [
        Unit(letter, key, moved.get(at)) for at, (letter, key) in enumerate(zip(shown, keys, strict=True))
    ]


@lru_cache(maxsize=4096)
def _key(letter: str) -> str:
    lower = unicodedata.normalize("NFD", "".join(SAME.get(sign, sign) for sign in letter).casefold())
    base, marks = SAME.get(lower[0], lower[0]), lower[1:]
    if _STROKES.intersection(marks):
        base = "đ" if base == "d" else base
    kept = [mark for mark in marks if mark not in _STROKES]
    if base == "a" and "\u0302" not in kept:
        kept = [_BREVE if mark == _CARON else mark for mark in kept]  # ǎ is drawn like ă
    else:
        kept = [mark for mark in kept if mark not in (_BREVE, _CARON)]
    if base == "n":
        kept = [mark for mark in kept if mark != "\u0303"]
    return unicodedata.normalize("NFC", base + "".join(kept))


def _runs(keys: list[str]) -> list[list[int]]:
    """Where vowels stand side by side, two or more."""
    runs: list[list[int]] = [[]]
    for at, key in enumerate(keys):
        if _without(key) in _VOWELS:
            runs[-1].append(at)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if len(run) > 1]


@lru_cache(maxsize=1024)
def _tone(key: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", key) if sign in _TONES)


@lru_cache(maxsize=1024)
def _without(key: str) -> str:
    bare = (sign for sign in unicodedata.normalize("NFD", key) if sign not in _TONES)
    return unicodedata.normalize("NFC", "".join(bare))


def _close_apostrophes(keys: list[str]) -> None:
    """`H' Hen` is H'Hen: a space after an apostrophe that follows one or two letters does not count."""
    for at in range(2, len(keys) - 1):
        if keys[at] == " " and keys[at - 1] == "'":
            start = max(at - 4, 0)
            before = "".join(keys[start : at - 1]).rpartition(" ")
            if before[2].isalpha() and len(before[2]) <= 2 and (before[1] or start == 0):
                keys[at] = ""
