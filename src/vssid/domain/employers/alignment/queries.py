"""Read what differs, of one employer, which every statement names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count

from ..models.differences import Difference
from .kinds import Kind, State

PAGE = 50
# The differences of a kind by given name, along the index employers_difference_listed; workers, persons and
# rows of files by key. Of who left since nothing is told.
_LIST = """
SELECT d.id, d.kind, d.state, d.person_id, d.line, p.full_name, p.birth_date, p.birth_precision, p.bhxh_code,
  r.full_name, r.birth_date, r.birth_precision, r.bhxh_code, r.department
FROM employers_difference d
LEFT JOIN reports_worker w ON w.person_id = d.person_id AND w.employer_code = d.employer_code
LEFT JOIN participants_person p ON p.person_id = w.person_id
LEFT JOIN employers_file_row r ON r.subject_id = d.subject_id AND r.line = d.line
WHERE d.employer_code = %(employer)s AND d.kind = %(kind)s
  AND (d.person_id IS NULL OR w.person_id IS NOT NULL)
  {conditions}
ORDER BY d.sort_name, d.id
LIMIT %(limit)s
"""
_STATE = "AND d.state = %(state)s"
_AFTER = """AND (d.sort_name, d.id) > (
    SELECT a.sort_name, a.id FROM employers_difference a
    WHERE a.id = %(after)s AND a.employer_code = %(employer)s
  )"""


@dataclass(frozen=True, slots=True)
class Side:
    """What one side says of somebody."""

    full_name: str
    birth_date: date | None
    birth_precision: str
    bhxh_code: str


@dataclass(frozen=True, slots=True)
class Line:
    """A difference; `register` is None for who is none of the employer's workers, `file` for who is in no
    file.
    """

    id: int
    kind: Kind
    state: State
    person_id: int | None
    line: int | None
    register: Side | None
    file: Side | None
    department: str


@dataclass(frozen=True, slots=True)
class Page:
    """Differences, and after which the next page begins; 0 on the last."""

    rows: list[Line]
    next_after: int


def counts(employer: str) -> Mapping[Kind, Mapping[State, int]]:
    """How many differ, by kind and by what HR said; kinds without any are there too."""
    rows = (
        Difference.objects.filter(employer_code=employer).values_list("kind", "state").annotate(Count("id"))
    )
    found = {(kind, state): many for kind, state, many in rows}
    return {kind: {state: found.get((kind, state), 0) for state in State} for kind in Kind}


def page(employer: str, kind: Kind, *, state: State | None = None, after: int = 0, size: int = PAGE) -> Page:
    """A page of what differs in one way, by given name."""
    asked = (_STATE if state else "") + (_AFTER if after else "")
    values = {"employer": employer, "kind": kind, "state": state, "after": after, "limit": size + 1}
    with connection.cursor() as cursor:
        cursor.execute(_LIST.format(conditions=asked), values)
        found = [_line(row) for row in cursor.fetchall()]
    return Page(found[:size], found[size - 1].id if len(found) > size else 0)


def is_there(employer: str, number: int) -> bool:
    """Is this still a difference of the employer's?"""
    return Difference.objects.filter(employer_code=employer, id=number).exists()


def _line(row: tuple[Any, ...]) -> Line:
    number, kind, state, person, line, *sides, department = row
    return Line(
        number, Kind(kind), State(state), person, line, _side(sides[:4]), _side(sides[4:]), department or ""
    )


def _side(said: list[Any]) -> Side | None:
    return Side(*said) if said[0] is not None else None
