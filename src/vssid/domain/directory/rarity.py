"""How many places have a word, or a word that begins so; read now and then, kept in memory."""

from __future__ import annotations

import time
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate

from .models import Word

KEPT = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Rarity:
    """The vocabulary in order, with the number of places of each word and of all words before it."""

    words: tuple[str, ...]
    before: tuple[int, ...]
    read_at: float

    def of(self, word: str) -> int:
        """How many places have this very word."""
        at = bisect_left(self.words, word)
        known = at < len(self.words) and self.words[at] == word
        return self.before[at + 1] - self.before[at] if known else 0

    def of_beginning(self, start: str) -> int:
        """At most so many places have a word that begins so."""
        first, last = bisect_left(self.words, start), bisect_left(self.words, start + "\x7f")
        return self.before[last] - self.before[first]


_now: Rarity | None = None


def now() -> Rarity:
    """The vocabulary as it was a minute ago at most."""
    global _now
    if _now is None or time.monotonic() - _now.read_at > KEPT:
        rows = sorted(Word.objects.values_list("word", "places"))
        before = (0, *accumulate(places for _, places in rows))
        _now = Rarity(tuple(word for word, _ in rows), before, time.monotonic())
    return _now


def forget() -> None:
    """Read anew the next time: the index has changed."""
    global _now
    _now = None
