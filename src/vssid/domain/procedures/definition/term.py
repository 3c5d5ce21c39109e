"""How long an office may take: working days by kind, dated data with marks (`data/terms.csv`).

The term starts when the file is complete [M]: on the day after it was sent, and anew after what was missing
came. A setting (PROCEDURE_DAYS) goes before the data, and must say what the data does not know.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files

from django.conf import settings

from vssid.domain.casework import clocks
from vssid.kernel.calendar import local_day

from .shapes import Kind


@dataclass(frozen=True, slots=True)
class Term:
    """Working days of a kind from a day on; None where no source tells. `mark` rates it."""

    kind: Kind
    first: date
    last: date | None
    days: int | None
    legal_base: str
    mark: str


@lru_cache(maxsize=1)
def terms() -> tuple[Term, ...]:
    """Every row of the data."""
    path = files("vssid.domain.procedures") / "data" / "terms.csv"
    with path.open(encoding="utf-8") as rows:
        return tuple(
            Term(
                Kind(row["kind"]),
                date.fromisoformat(row["from"]),
                date.fromisoformat(row["to"]) if row["to"] else None,
                int(row["working_days"]) if row["working_days"] else None,
                row["legal_base"],
                row["mark"],
            )
            for row in csv.DictReader(rows)
        )


def working_days(kind: Kind, day: date) -> int:
    """The term of a kind that starts on a day."""
    if kind.value in settings.PROCEDURE_DAYS:
        return int(settings.PROCEDURE_DAYS[kind.value])
    for term in terms():
        if term.kind is kind and term.first <= day and (term.last is None or day <= term.last) and term.days:
            return term.days
    return int(settings.PROCEDURE_DAYS["*"])


def due(kind: Kind, complete: datetime) -> date:
    """The last day for a file that was complete at a moment."""
    return clocks.working_days(complete, working_days(kind, local_day(complete)))
