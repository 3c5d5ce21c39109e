"""Read the roster of one employer, which every statement names: nobody else's workers are there.

Whether somebody who does not work here exists, or has an account, no answer says: each starts from the
roster.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from vssid.kernel.text import code_text, fold

from . import refreshing, stages
from .stages import Stage

PAGE = 50
MOST_WORDS = 6
LONGEST_DEPARTMENT = 80
# The workers of an employer that fit, by given name. By the index `employers_worker_listed`, in its order,
# from the place where the page before ended; the person by key, and for a code its identifier by key.
_LIST = """
SELECT w.person_id, p.full_name, p.bhxh_code, {told}, coalesce(g.department, ''),
       coalesce(i.hides, FALSE), i.stopped_at IS NOT NULL
FROM reports_worker w
JOIN participants_person p ON p.person_id = w.person_id
LEFT JOIN employers_given g ON g.person_id = w.person_id AND g.employer_code = w.employer_code
LEFT JOIN employers_invitee i ON i.person_id = w.person_id AND i.employer_code = w.employer_code
WHERE w.employer_code = %(employer)s {conditions}
ORDER BY w.sort_name, w.person_id
LIMIT %(limit)s
"""
_AFTER = """
AND (w.sort_name, w.person_id) > (
  SELECT a.sort_name, a.person_id FROM reports_worker a
  WHERE a.person_id = %(after)s AND a.employer_code = %(employer)s
)"""
# Beyond the last that employers are told nothing is told apart.
_STAGE = "AND w.stage BETWEEN %(least)s AND %(most)s"
_STEP = "AND coalesce(i.step, 0) = %(step)s"
_PEOPLE = "AND w.person_id = ANY(%(people)s)"
# A word begins where a name does, or after a space.
_WORD = "AND ' ' || w.sort_name LIKE %(word{at})s"
_CODE = """
AND w.person_id = (
  SELECT i.person_id FROM participants_identifier i WHERE i.kind = 'bhxh' AND i.key = %(code)s
)"""
# How many of an employer are at each stage, by the index `reports_worker_of` and the key of what they said.
_COUNT = """
SELECT {told} AS told, count(*) FROM reports_worker w
LEFT JOIN employers_invitee i ON i.person_id = w.person_id AND i.employer_code = w.employer_code
WHERE w.employer_code = %s GROUP BY told
"""
# How many workers several have, and of them approved or beyond, by the index `reports_worker_of`.
_APPROVED = """
SELECT w.employer_code, count(*), count(*) FILTER (WHERE w.stage >= %(stage)s) FROM reports_worker w
WHERE w.employer_code = ANY (%(employers)s) GROUP BY w.employer_code
"""
_DEPARTMENT = "AND coalesce(g.department, '') = %(department)s"
# By the index employers_given_of; who left is not counted.
_DEPARTMENTS = """
SELECT g.department, count(*) FROM employers_given g
WHERE g.employer_code = %s AND g.department <> '' AND EXISTS (
  SELECT 1 FROM reports_worker w WHERE w.person_id = g.person_id AND w.employer_code = g.employer_code
)
GROUP BY g.department ORDER BY g.department
"""
_ARE_HERE = "SELECT w.person_id FROM reports_worker w WHERE w.employer_code = %s AND w.person_id = ANY(%s)"
_IS_HERE = "SELECT EXISTS (SELECT 1 FROM reports_worker w WHERE w.person_id = %s AND w.employer_code = %s)"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which workers: `stage` exactly there; `department` as HR gave it, "" for who has none; `search` words
    of a name, or a whole BHXH code; `after` the person with whom the page before ended, 0 for the first;
    `people` only these, of those that fit.
    """

    stage: Stage | None = None
    department: str | None = None
    search: str = ""
    after: int = 0
    people: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A worker as HR sees one: no contents, no wages. `bhxh_code` is empty where the register has none.

    `hides`: HR is shown the stage alone, at the worker's own word; `stopped`: no invitation is wanted.
    """

    person_id: int
    full_name: str
    bhxh_code: str
    stage: Stage
    department: str
    hides: bool = False
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Workers, and with whom the next page begins after; 0 on the last."""

    rows: list[Line]
    next_after: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """Workers, and how many of them are at a stage or beyond it. `as_of` is of who works here."""

    workers: int
    reached: Mapping[Stage, int]
    as_of: datetime | None

    def at(self, stage: Stage) -> int:
        """How many are just there."""
        beyond = self.reached[Stage(stage + 1)] if stage < stages.LAST else 0
        return self.reached[stage] - beyond


@dataclass(slots=True)
class _Wanted:
    """Conditions of the statement and what they name."""

    values: dict[str, Any]
    conditions: list[str] = field(default_factory=list)

    def add(self, condition: str, **values: object) -> None:
        self.conditions.append(condition)
        self.values |= values


def page(employer: str, asked: Asked, *, size: int = PAGE) -> Page:
    """A page of an employer's workers by given name. After somebody who left meanwhile comes nobody."""
    wanted = _wanted(employer, asked)
    wanted.values["limit"] = size + 1
    with connection.cursor() as cursor:
        cursor.execute(_LIST.format(told=stages.TOLD, conditions=" ".join(wanted.conditions)), wanted.values)
        rows = cursor.fetchall()
    found = [
        Line(person, name, code, Stage(at), where, hides, stopped)
        for person, name, code, at, where, hides, stopped in rows
    ]
    return Page(found[:size], found[size - 1].person_id if len(found) > size else 0)


def funnel(employer: str) -> Funnel:
    """How far the workers of an employer are."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(told=stages.TOLD), [employer])
        counts = cursor.fetchall()
    reached = {stage: sum(many for at, many in counts if at >= stage) for stage in Stage}
    return Funnel(reached[Stage.NONE], reached, refreshing.as_of())


def approved(employers: Collection[str]) -> dict[str, tuple[int, int]]:
    """Workers of each of some employers, and how many of them are approved or beyond; who has none is left
    out.
    """
    asked: dict[str, Any] = {"employers": list(employers), "stage": stages.stored(Stage.APPROVED)[0]}
    with connection.cursor() as cursor:
        cursor.execute(_APPROVED, asked)
        return {code: (workers, reached) for code, workers, reached in cursor.fetchall()}


def departments(employer: str) -> list[tuple[str, int]]:
    """The departments that HR gave, and how many workers each has."""
    with connection.cursor() as cursor:
        cursor.execute(_DEPARTMENTS, [employer])
        return list(cursor.fetchall())


def here(employer: str, people: list[int]) -> set[int]:
    """Those of some people who work at the employer now."""
    with connection.cursor() as cursor:
        cursor.execute(_ARE_HERE, [employer, people])
        return {person for (person,) in cursor.fetchall()}


def is_here(employer: str, person_id: int) -> bool:
    """Does this person work at the employer now?"""
    with connection.cursor() as cursor:
        cursor.execute(_IS_HERE, [person_id, employer])
        return bool(cursor.fetchone()[0])


def _wanted(employer: str, asked: Asked) -> _Wanted:
    wanted = _Wanted({"employer": employer})
    if asked.after:
        wanted.add(_AFTER, after=asked.after)
    if asked.stage is not None:
        least, most = stages.stored(asked.stage)
        wanted.add(_STAGE, least=least, most=most)
        if asked.stage < Stage.SENT:
            wanted.add(_STEP, step=int(asked.stage))
    if asked.people is not None:
        wanted.add(_PEOPLE, people=list(asked.people))
    if asked.department is not None:
        wanted.add(_DEPARTMENT, department=asked.department)
    code = code_text(asked.search)
    if code.isascii() and code.isdigit():
        wanted.add(_CODE, code=code)
        return wanted
    for at, word in enumerate(fold(asked.search).split()[:MOST_WORDS]):
        wanted.add(_WORD.format(at=at), **{f"word{at}": f"% {_literal(word)}%"})
    return wanted


def _literal(word: str) -> str:
    """A word in which LIKE finds no signs of its own."""
    return "".join(f"\\{sign}" if sign in "\\%_" else sign for sign in word)
