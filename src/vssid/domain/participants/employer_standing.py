"""Is an employer taking part, with how many people, and which months does it owe: counted ahead by a job.

Everything is said as of the day of the last file of contributions, since the register knows no more.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db import connection, transaction

from vssid.domain.imports import queries as imports
from vssid.kernel.calendar import local_day

from .arrears import newest_owed
from .models import EmployerStanding, StandingCount
from .totals import first_day, month_of

# A smaller number of people is told by no door: it says too much of each of them.
FEWEST_TOLD = 5
LOCK = 0x7D1F
_OWED = "c.unpaid_from <= %(owed)s AND NOT c.is_voluntary AND c.employer_code IS NOT NULL"
# A person with several periods in a month is one; so are the months that many people lack.
_COUNT = f"""
CREATE TEMPORARY TABLE participants_counted AS
WITH going AS (
  SELECT c.employer_code, count(DISTINCT c.person_id) AS people
  FROM participants_contribution c
  WHERE c.from_month <= %(month)s AND (c.to_month IS NULL OR c.to_month >= %(month)s)
    AND NOT c.is_voluntary AND c.employer_code IS NOT NULL
  GROUP BY c.employer_code
), seen AS (
  SELECT c.employer_code, max(least(coalesce(c.to_month, %(month)s), %(month)s)) AS last_month
  FROM participants_contribution c
  WHERE c.from_month <= %(month)s AND NOT c.is_voluntary AND c.employer_code IS NOT NULL
  GROUP BY c.employer_code
), spans AS (
  SELECT c.employer_code, unnest(range_agg(daterange(c.unpaid_from,
    (least(coalesce(c.to_month, %(over)s), %(over)s) + interval '1 month')::date))) AS span
  FROM participants_contribution c WHERE {_OWED}
  GROUP BY c.employer_code
), owing AS (
  SELECT employer_code, sum(extract(year FROM age(upper(span), lower(span))) * 12
      + extract(month FROM age(upper(span), lower(span))))::int AS owed_months,
    min(lower(span)) AS owed_from, (max(upper(span)) - interval '1 month')::date AS owed_to
  FROM spans GROUP BY employer_code
)
SELECT seen.employer_code, coalesce(going.people, 0)::int AS people, seen.last_month,
  coalesce(owing.owed_months, 0) AS owed_months, owing.owed_from, owing.owed_to
FROM seen LEFT JOIN going USING (employer_code) LEFT JOIN owing USING (employer_code)
"""  # noqa: S608 - words of ours
_WRITE = """
INSERT INTO participants_employer_standing AS s
  (employer_code, people, last_month, owed_months, owed_from, owed_to)
SELECT employer_code, people, last_month, owed_months, owed_from, owed_to FROM participants_counted
ON CONFLICT (employer_code) DO UPDATE SET people = excluded.people, last_month = excluded.last_month,
  owed_months = excluded.owed_months, owed_from = excluded.owed_from, owed_to = excluded.owed_to
WHERE (s.people, s.last_month, s.owed_months, s.owed_from, s.owed_to) IS DISTINCT FROM
  (excluded.people, excluded.last_month, excluded.owed_months, excluded.owed_from, excluded.owed_to)
"""
_FORGET = """
DELETE FROM participants_employer_standing s WHERE NOT EXISTS
  (SELECT 1 FROM participants_counted n WHERE n.employer_code = s.employer_code)
"""


class State(StrEnum):
    """Does anybody take part there?"""

    TAKING_PART = "taking_part"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Standing:
    """An employer's standing. Months are their first day.

    `people` take part now; None where they are fewer than FEWEST_TOLD. Of the months from `owed_from` to
    `owed_to`, `owed_months` are owed for 30 days or more, or lie after such a month; both None when none is.
    """

    state: State
    people: int | None = None
    last_month: date | None = None
    owed_months: int = 0
    owed_from: date | None = None
    owed_to: date | None = None


UNKNOWN = Standing(State.UNKNOWN)


def of(codes: Collection[str]) -> dict[str, Standing]:
    """The standing of each of some employers; those of whom nothing was counted are left out."""
    rows = EmployerStanding.objects.filter(employer_id__in=codes)
    return {row.employer_id: _told(row) for row in rows}


def _told(row: EmployerStanding) -> Standing:
    return Standing(
        State.TAKING_PART if row.people else State.STOPPED,
        row.people if row.people >= FEWEST_TOLD else None,
        row.last_month,
        row.owed_months,
        row.owed_from,
        row.owed_to,
    )


def day() -> date | None:
    """The day that every standing is told of; None before the first count."""
    found: date | None = StandingCount.objects.values_list("day", flat=True).first()
    return found


def is_behind() -> bool:
    """Was a file of contributions loaded since the last count?"""
    newest = imports.last_done("participation")
    counted = StandingCount.objects.values_list("run_id", flat=True).first()
    return newest is not None and newest.run_id != counted


def count(*, now: datetime) -> int:
    """Count anew; returns how many employers' standings changed.

    One transaction that a kill undoes whole; twice is as once. Reads all contributions, which takes minutes
    in a whole country, so it is no work for a request. Without a file of contributions nothing is counted.
    """
    newest = imports.last_done("participation")
    if newest is None:
        return 0
    today = local_day(newest.started_at)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        changed = _count(cursor, today)
        facts = {"run_id": newest.run_id, "day": today, "counted_at": now}
        StandingCount.objects.update_or_create(id=1, defaults=facts)
    return changed


def _count(cursor: Any, today: date) -> int:
    month = month_of(today)
    cursor.execute(
        _COUNT, {"month": first_day(month), "over": first_day(month - 1), "owed": newest_owed(today)}
    )
    cursor.execute(_WRITE)
    changed = int(cursor.rowcount)
    cursor.execute(_FORGET)
    changed += int(cursor.rowcount)
    cursor.execute("DROP TABLE participants_counted")
    return changed
