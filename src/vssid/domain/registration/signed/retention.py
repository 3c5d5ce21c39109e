"""How long a signed form is kept: dated data with a mark (`data/retention.csv`)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from importlib.resources import files

from vssid.kernel import terms
from vssid.kernel.terms import Term


@lru_cache(maxsize=1)
def _terms() -> tuple[Term, ...]:
    path = files("vssid.domain.registration") / "data" / "retention.csv"
    return terms.read(path.read_text(encoding="utf-8").splitlines())


def term(day: date) -> Term:
    """The term in force on a day, counted from the closing of the application."""
    return terms.on(_terms(), "signed_form", day)
