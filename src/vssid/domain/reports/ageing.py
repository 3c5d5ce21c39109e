"""How long open files have been open, in days since they were sent: today's, whatever days are asked for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from .reading import rows
from .scope import Scope

# From so many days to so many, both ends too. Ten days is the term of the form (registration.md section 8).
AGES: tuple[tuple[int, int | None], ...] = ((0, 2), (3, 5), (6, 10), (11, None))


@dataclass(frozen=True, slots=True)
class OpenRow:
    """Open files of an office that were sent on a day."""

    office_code: str
    day: date
    files: int


def ageing(scope: Scope, today: date) -> dict[str, list[int]]:
    """Office → files of each age, in the order of AGES."""
    counts: Counter[tuple[str, int]] = Counter()
    codes = set()
    for row in rows(OpenRow, "ageing", scope.parameters):
        codes.add(row.office_code)
        counts[row.office_code, age_of((today - row.day).days)] += row.files
    return {code: [counts[code, at] for at in range(len(AGES))] for code in sorted(codes)}


def age_of(days: int) -> int:
    """The place in AGES of a file that is so many days old."""
    return sum(days >= since for since, _until in AGES[1:])
