"""Dated terms: how long something is kept, from which day on that counts, and how sure the source is."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Term:
    """So many days, in force from `first` to `last` (None: until now). `mark` rates the source."""

    what: str
    first: date
    last: date | None
    days: int
    legal_base: str
    mark: str


def read(lines: Iterable[str]) -> tuple[Term, ...]:
    """Rows of a CSV with the columns what, from, to, days, legal_base, mark."""
    return tuple(
        Term(
            row["what"],
            date.fromisoformat(row["from"]),
            date.fromisoformat(row["to"]) if row["to"] else None,
            int(row["days"]),
            row["legal_base"],
            row["mark"],
        )
        for row in csv.DictReader(lines)
    )


def on(terms: Iterable[Term], what: str, day: date) -> Term:
    """The term of something that is in force on a day. Raises LookupError where the data has a gap."""
    for term in terms:
        if term.what == what and term.first <= day and (term.last is None or day <= term.last):
            return term
    raise LookupError(what, day)
