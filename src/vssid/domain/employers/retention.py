"""How long what employers and their officers left is kept: dated data with a mark (`data/retention.csv`)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from importlib.resources import files

from vssid.kernel import terms
from vssid.kernel.terms import Term


@lru_cache(maxsize=1)
def _terms() -> tuple[Term, ...]:
    path = files("vssid.domain.employers") / "data" / "retention.csv"
    return terms.read(path.read_text(encoding="utf-8").splitlines())


def term(what: str, day: date) -> Term:
    """The term of something that is in force on a day."""
    return terms.on(_terms(), what, day)
