"""How far the employers of a campaign have come, counted when it is asked, and the list of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any

from django.db import connection

from vssid.domain.participants.employers import search_terms
from vssid.kernel.text import code_text

from .queries import Emails

PAGE = 50


class Step(IntEnum):
    """How far an employer of a campaign has come; each holds those before, but who comes in by another way
    was never sent anything.
    """

    PLANNED = 0
    PRINTED = 1
    POSTED = 2
    OPENED = 3
    IN = 4


_COUNT = """
SELECT step, letters > 0, count(*), sum(people), count(*) FILTER (WHERE skipped <> ''),
  count(*) FILTER (WHERE email = 'waiting'), count(*) FILTER (WHERE email = 'sent'),
  count(*) FILTER (WHERE email = 'failed')
FROM told GROUP BY 1, 2
"""
_LIST = """
SELECT told.code, p.name, told.office_code, told.people, told.letters, told.printed_at, told.posted_at,
  told.opened_at, told.used_at, told.skipped, told.step, told.email
FROM told JOIN participants_employer p ON p.code = told.code
WHERE (%(step)s::int IS NULL OR told.step = %(step)s)
  AND (%(code)s = '' OR told.code = %(code)s) AND (%(words)s = '' OR p.words @@ %(words)s::tsquery)
ORDER BY told.people DESC, told.code LIMIT %(limit)s OFFSET %(skip)s
"""
# Whose administrator came in by a letter of the campaign within two moments; by key as `sql/targets.sql`.
_CAME_IN = "SELECT count(*) FROM told WHERE used_at >= %(since)s AND used_at < %(before)s"
_MATCHES = """
SELECT count(*) FROM told
WHERE (%(step)s::int IS NULL OR told.step = %(step)s) AND (%(code)s = '' OR told.code = %(code)s)
"""
# Of the employers themselves only where words of a name are asked for: else it would read them all.
_NAMED = """
AND EXISTS (
  SELECT 1 FROM participants_employer p WHERE p.code = told.code AND p.words @@ %(words)s::tsquery
)
"""


@dataclass(frozen=True, slots=True)
class Results:
    """Employers and their people; `at`: how many are just at a step; `sent`: letters went out to so many;
    `emails`: what became of the last letter by e-mail.
    """

    employers: int
    people: int
    sent: int
    skipped: int
    emails: Emails
    at: Mapping[Step, int]

    def reached(self, step: Step) -> int:
        """How many are at a step or beyond it."""
        return sum(self.at[other] for other in Step if other >= step)


@dataclass(frozen=True, slots=True)
class TargetLine:
    """An employer of a campaign."""

    code: str
    name: str
    office_code: str
    people: int
    letters: int
    printed_at: datetime | None
    posted_at: datetime | None
    opened_at: datetime | None
    used_at: datetime | None
    skipped: str
    at: int
    email: str

    @property
    def step(self) -> Step:
        """How far it has come."""
        return Step(self.at)


@dataclass(frozen=True, slots=True)
class Within:
    """Of which employers: at these offices; of these alone where they are named, and of none of `without`."""

    offices: Collection[str]
    employers: Collection[str] | None = None
    without: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """Which employers: just at a step, whose name has these words, or of this code."""

    step: Step | None = None
    search: str = ""


def results(campaign_id: int, *, within: Within, on: date) -> Results:
    """Count the employers. Reads all that the campaign has there."""
    with connection.cursor() as cursor:
        cursor.execute(_told() + _COUNT, values(campaign_id, within, on))
        rows = cursor.fetchall()
    at = {step: sum(row[2] for row in rows if row[0] == step) for step in Step}
    return Results(
        employers=sum(at.values()),
        people=sum(int(row[3]) for row in rows),
        sent=sum(row[2] for row in rows if row[1]),
        skipped=sum(row[4] for row in rows),
        emails=Emails(*(sum(row[place] for row in rows) for place in (5, 6, 7))),
        at=at,
    )


def came_in(campaign_id: int, *, within: Within, on: date, since: datetime, before: datetime) -> int:
    """How many came in by their letter within two moments."""
    with connection.cursor() as cursor:
        asked = values(campaign_id, within, on) | {"since": since, "before": before}
        cursor.execute(_told() + _CAME_IN, asked)
        return int(cursor.fetchone()[0])


def count(campaign_id: int, asked: Asked, *, within: Within, on: date) -> int:
    """How many fit."""
    wanted = _wanted(asked)
    statement = _told() + _MATCHES + (_NAMED if wanted["words"] else "")
    with connection.cursor() as cursor:
        cursor.execute(statement, values(campaign_id, within, on) | wanted)
        return int(cursor.fetchone()[0])


def listed(
    campaign_id: int, asked: Asked, *, within: Within, on: date, skip: int = 0, limit: int = PAGE
) -> list[TargetLine]:
    """A page of them, the largest first."""
    wanted = values(campaign_id, within, on) | _wanted(asked) | {"limit": limit, "skip": skip}
    with connection.cursor() as cursor:
        cursor.execute(_told() + _LIST, wanted)
        return [TargetLine(*row) for row in cursor.fetchall()]


@lru_cache(maxsize=1)
def _told() -> str:
    return (files("vssid.domain.employers.campaigns") / "sql" / "targets.sql").read_text(encoding="utf-8")


def values(campaign_id: int, within: Within, on: date) -> dict[str, Any]:
    """For a statement on the targets of a campaign."""
    return {
        "campaign": campaign_id,
        "offices": sorted(within.offices),
        "employers": None if within.employers is None else sorted(within.employers),
        "without": sorted(within.without),
        "on": on,
    }


def _wanted(asked: Asked) -> dict[str, Any]:
    code = code_text(asked.search).upper()
    is_code = len(code) == 7 and code.isascii() and any(sign.isdigit() for sign in code)
    words = "" if is_code else search_terms.query(asked.search)
    step = None if asked.step is None else int(asked.step)
    return {"step": step, "code": code if is_code else "", "words": words}
