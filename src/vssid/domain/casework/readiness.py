"""What an approval waits for and what speaks against it: one value, read once under the file's lock.

What speaks against a file is confirmed once, by who has seen it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from .errors import NotReady, Unconfirmed


@dataclass(frozen=True, slots=True, repr=False)
class Readiness:
    """`missing` must be there before approving; `doubts` must have been seen. Rooms add what they read."""

    missing: tuple[str, ...]
    doubts: tuple[str, ...]

    @property
    def mark(self) -> str:
        """The mark that confirms exactly these doubts."""
        return mark(self.doubts)


def mark(doubts: Iterable[str]) -> str:
    """A short mark of these doubts, equal for the same ones in any order; empty when there are none."""
    marked = sorted(doubts)
    return hashlib.sha256("\n".join(marked).encode()).hexdigest()[:16] if marked else ""


def confirmed(doubts: Iterable[str], seen: str | None) -> None:
    """Raises Unconfirmed unless `seen` is the mark of exactly these doubts.

    A doubt that came up after the page was drawn is asked about again. None: the caller shows no pages and
    answers for the doubts itself.
    """
    now = mark(doubts)
    if seen is not None and seen != now:
        raise Unconfirmed(mark=now)


def require(ready: Readiness, seen: str | None, *, refusal: type[NotReady]) -> None:
    """Raises `refusal` while something is missing, or Unconfirmed for doubts other than `seen`."""
    if ready.missing:
        raise refusal(missing=ready.missing)
    confirmed(ready.doubts, seen)
