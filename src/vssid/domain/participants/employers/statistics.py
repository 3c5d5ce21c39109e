"""Is an employer taking part, with how many people, and which months does it owe: counted ahead by a job.

Everything is said as of the day of the last file of contributions, since the register knows no more.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from vssid.domain.imports import queries as imports
from vssid.infra.database.patience import unhurried
from vssid.kernel.calendar import local_day

from ..models.people import EmployerStanding, StandingCount
from ..participation.totals import first_day, month_of
from .deadlines import Cycle, newest_late

# A smaller number of people is told by no door: it says too much of each of them.
FEWEST_TOLD = 5
LOCK = 0x7D1F
# How many months lie in a multirange of whole months.
_LENGTH = """(
    SELECT coalesce(
      sum(
        extract(year FROM age(upper(one), lower(one))) * 12
        + extract(month FROM age(upper(one), lower(one)))
      ),
      0
    )::int
    FROM unnest({}) one
  )"""
# A person with several periods in a month is one; so are the months that many people lack. Reads the whole
# table of contributions three times and sorts it by employer: minutes for a country, in the night. No index
# helps, since every row counts, and one on the employer would be written with each row of every import.
_COUNT = f"""
CREATE TEMPORARY TABLE participants_counted AS
WITH going AS (
  SELECT c.employer_code, count(DISTINCT c.person_id) AS people
  FROM participants_contribution c
  WHERE c.from_month <= %(month)s
    AND (c.to_month IS NULL OR c.to_month >= %(month)s)
    AND NOT c.is_voluntary
    AND c.employer_code IS NOT NULL
  GROUP BY c.employer_code
), seen AS (
  SELECT c.employer_code, max(least(coalesce(c.to_month, %(month)s), %(month)s)) AS last_month
  FROM participants_contribution c
  WHERE c.from_month <= %(month)s
    AND NOT c.is_voluntary
    AND c.employer_code IS NOT NULL
  GROUP BY c.employer_code
), cycles AS (
  SELECT e.code,
    CASE e.paying_cycle
      WHEN 'monthly' THEN %(monthly)s
      WHEN 'quarterly' THEN %(quarterly)s
      ELSE %(half_yearly)s
    END::date AS late_to,
    CASE e.paying_cycle
      WHEN 'quarterly' THEN %(quarterly)s
      WHEN 'half_yearly' THEN %(half_yearly)s
      ELSE %(monthly)s
    END::date AS judged_to
  FROM participants_employer e
), spans AS (
  SELECT c.employer_code, cycles.late_to,
    range_agg(daterange(
      c.unpaid_from,
      (least(coalesce(c.to_month, cycles.judged_to), cycles.judged_to) + interval '1 month')::date
    )) AS whole
  FROM participants_contribution c
  JOIN cycles ON cycles.code = c.employer_code
  WHERE c.unpaid_from <= cycles.judged_to
    AND NOT c.is_voluntary
  GROUP BY c.employer_code, cycles.late_to
), parted AS (
  SELECT employer_code, whole * late AS late, whole - late AS unrecorded
  FROM spans
  CROSS JOIN LATERAL (
    SELECT datemultirange(daterange(NULL, (late_to + interval '1 month')::date)) AS late
  ) until
), owing AS (
  SELECT employer_code,
    {_LENGTH.format("late")} AS owed_months,
    lower(late) AS owed_from,
    (upper(late) - interval '1 month')::date AS owed_to,
    {_LENGTH.format("unrecorded")} AS unrecorded_months,
    lower(unrecorded) AS unrecorded_from,
    (upper(unrecorded) - interval '1 month')::date AS unrecorded_to
  FROM parted
)
SELECT seen.employer_code, coalesce(going.people, 0)::int AS people, seen.last_month,
  coalesce(owing.owed_months, 0) AS owed_months, owing.owed_from, owing.owed_to,
  coalesce(owing.unrecorded_months, 0) AS unrecorded_months, owing.unrecorded_from, owing.unrecorded_to
FROM seen
LEFT JOIN going USING (employer_code)
LEFT JOIN owing USING (employer_code)
"""  # noqa: S608 - words of ours
_FACTS = (
    *("people", "last_month", "owed_months", "owed_from", "owed_to"),
    *("unrecorded_months", "unrecorded_from", "unrecorded_to"),
)
_NAMES = ", ".join(_FACTS)
_WRITE = f"""
INSERT INTO participants_employer_standing AS s (employer_code, {_NAMES})
SELECT employer_code, {_NAMES} FROM participants_counted
ON CONFLICT (employer_code) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _FACTS)}
WHERE ({", ".join(f"s.{name}" for name in _FACTS)}) IS DISTINCT FROM
  ({", ".join(f"excluded.{name}" for name in _FACTS)})
"""  # noqa: S608 - names of ours
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
    `owed_to`, `owed_months` are late: their last legal day was over on the day of the last file. Of those
    from `unrecorded_from` to `unrecorded_to`, `unrecorded_months` would be late if the employer pays each
    month, which is not known. Both ends are None where no month is meant.
    """

    state: State
    people: int | None = None
    last_month: date | None = None
    owed_months: int = 0
    owed_from: date | None = None
    owed_to: date | None = None
    unrecorded_months: int = 0
    unrecorded_from: date | None = None
    unrecorded_to: date | None = None


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
        row.unrecorded_months,
        row.unrecorded_from,
        row.unrecorded_to,
    )


def day() -> date | None:
    """The day that every standing is told of; None before the first count."""
    counted_on: date | None = StandingCount.objects.values_list("day", flat=True).first()
    return counted_on


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
    with unhurried() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        changed = _count(cursor, today)
        facts = {"run_id": newest.run_id, "day": today, "counted_at": now}
        StandingCount.objects.update_or_create(id=1, defaults=facts)
    return changed


def _count(cursor: Any, today: date) -> int:
    month = month_of(today)
    late = {cycle.value: first_day(newest_late(today, cycle)) for cycle in Cycle}
    cursor.execute(_COUNT, {"month": first_day(month), **late})
    cursor.execute(_WRITE)
    changed = int(cursor.rowcount)
    cursor.execute(_FORGET)
    changed += int(cursor.rowcount)
    cursor.execute("DROP TABLE participants_counted")
    return changed
