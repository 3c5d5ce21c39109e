"""What speaks against a file is confirmed once, by who has seen it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from .errors import Unconfirmed


def mark(codes: Iterable[str]) -> str:
    """A short mark of these doubts, equal for the same ones in any order; empty when there are none."""
    marked = sorted(codes)
    return hashlib.sha256("\n".join(marked).encode()).hexdigest()[:16] if marked else ""


def confirmed(codes: Iterable[str], seen: str | None) -> None:
    """Raises Unconfirmed unless `seen` is the mark of exactly these doubts.

    A doubt that came up after the page was drawn is asked about again. None: the caller shows no pages and
    answers for the doubts itself.
    """
    now = mark(codes)
    if seen is not None and seen != now:
        raise Unconfirmed(mark=now)
