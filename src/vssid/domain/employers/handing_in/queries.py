"""Read what an employer may hand in, and its lists; each statement names the employer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files

from django.db import connection

from vssid.domain.participants.models.participation import Employer
from vssid.domain.registration.desk.receiving import Outcome
from vssid.domain.registration.handover import of_employer
from vssid.domain.registration.models import HandoverList

THERE = frozenset({Outcome.RECEIVED, Outcome.TWICE})


@dataclass(frozen=True, slots=True)
class Ready:
    """An application whose signed form HR may bring. `is_listed`: on a list that is not ended."""

    application_id: int
    number: str
    office_code: str
    due_on: date
    person_id: int
    full_name: str
    bhxh_code: str
    department: str
    is_listed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One form of a list. `full_name` is empty where the person agrees no more or works elsewhere, and for
    forms of others that lay in the pile; of these HR is told nothing else either.
    """

    number: str
    is_listed: bool
    outcome: str
    scanned_at: datetime | None
    full_name: str
    bhxh_code: str
    due_on: date | None

    @property
    def is_there(self) -> bool:
        """Has the office the form?"""
        return self.outcome in THERE


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list with its lines in its order; what it does not name comes last."""

    row: HandoverList
    lines: tuple[Line, ...]

    @property
    def listed(self) -> list[Line]:
        """What it names."""
        return [line for line in self.lines if line.is_listed]

    @property
    def received(self) -> int:
        """How many of them the office has."""
        return sum(line.is_there for line in self.listed)

    @property
    def has_begun(self) -> bool:
        """Was any form scanned?"""
        return any(line.outcome for line in self.lines)

    @property
    def differing(self) -> list[Line]:
        """What is to be explained now: all but what was received, and what nobody has scanned yet."""
        ended = self.row.closed_at is not None
        return [
            line
            for line in self.lines
            if not line.is_listed or ((line.outcome or ended) and line.outcome != Outcome.RECEIVED)
        ]


@lru_cache(maxsize=4)
def sql(name: str) -> str:
    """A statement of this folder, from its file."""
    return (files("vssid.domain.employers.handing_in") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def ready(employer: str, *, now: datetime, office: str = "") -> list[Ready]:
    """The forms that HR may print and bring, by given name; of one office if it is named."""
    with connection.cursor() as cursor:
        cursor.execute(sql("ready"), {"employer": employer, "now": now})
        rows = [Ready(*row) for row in cursor.fetchall()]
    return [row for row in rows if not office or row.office_code == office]


def to_list(employer: str, *, office: str, now: datetime) -> list[Ready]:
    """Of these what is on no open list, at one office."""
    return [row for row in ready(employer, now=now, office=office) if not row.is_listed]


def named(code: str) -> Employer | None:
    """The employer of a list, for the office that receives it."""
    return Employer.objects.filter(code=code).first()


def by_office(rows: Sequence[Ready]) -> list[tuple[str, int]]:
    """How many are of each office, the most first."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.office_code] = counts.get(row.office_code, 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def list_page(list_id: int, employer: str) -> ListPage:
    """A list of the employer. Raises NotYours."""
    row = of_employer.row(list_id, employer)
    with connection.cursor() as cursor:
        cursor.execute(sql("lines"), {"employer": employer, "list": list_id})
        lines = tuple(
            Line(number, is_listed, outcome, at, name or "", code or "", due_on)
            for number, is_listed, outcome, at, name, code, due_on in cursor.fetchall()
        )
    return ListPage(row, lines)
