"""Patterns in the looks of a day. The limits are our own choice, not a rule of law.

Each statement reads the events of one day by the index of kinds, so the night's work grows with the looks of
a day and not with the log; what is known of many days (`many_lookers`) reads only the subjects of that day
again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection

from vssid.domain.privacy.looking import LOOKS
from vssid.kernel.calendar import end_of, start_of, working_days

from .models import NOBODY

# rule: from how many on it is told.
LIMITS = {
    "looked_only": 30,  # files of one day on which the officer did nothing else that day
    "other_offices": 20,  # files of one day that lie at another office
    "out_of_hours": 5,  # files of one day, looked at when no office is open
    "many_exports": 3,  # files of events taken away in one day
    "many_lookers": 5,  # officers who looked at one person's matters within MONTH
}
MONTH = timedelta(days=30)
OPENS, SHUTS = time(6), time(20)
EXPORTS = ("audit.exported",)

# Officers' looks at what people sent, with the office where it lies now and whose it is: the day by the index
# audit_event_kind, each file by its primary key.
_LOOKS = """
WITH looks AS MATERIALIZED (
  SELECT subject_id, at, actor_id, actor_name, office FROM audit_event
  WHERE kind = ANY(%(looks)s) AND at >= %(since)s AND at < %(until)s AND actor_kind = 'officer'
), files AS (
  SELECT l.*, coalesce(a.office_id, f.office_id, t.office_id, '') AS lies_at,
    coalesce(a.person_id, f.person_id, t.person_id, l.subject_id) AS about
  FROM looks l
  LEFT JOIN registration_application a ON a.id = l.subject_id AND NOT a.is_trial
  LEFT JOIN families_request f ON f.id = l.subject_id
  LEFT JOIN support_ticket t ON t.id = l.subject_id
)
"""
_BY_OFFICER = """
SELECT actor_id, max(actor_name), 0::bigint, office, count(DISTINCT subject_id) FROM files
WHERE {which}
GROUP BY actor_id, office HAVING count(DISTINCT subject_id) >= %(limit)s
"""
_WORKED_ON = """
NOT EXISTS (SELECT FROM audit_event d WHERE d.subject_id = files.subject_id AND d.at >= %(since)s
  AND d.at < %(until)s AND d.actor_kind = 'officer' AND d.actor_id = files.actor_id
  AND d.kind <> ALL(%(looks)s))
"""
_ELSEWHERE = "lies_at <> '' AND lies_at <> office"
_LATE = """
NOT %(works)s OR (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::time < %(opens)s
  OR (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::time >= %(shuts)s
"""
_EXPORTS = """
SELECT actor_id, max(actor_name), 0::bigint, office, count(*) FROM audit_event
WHERE kind = ANY(%(exports)s) AND at >= %(since)s AND at < %(until)s AND actor_kind = 'officer'
GROUP BY actor_id, office HAVING count(*) >= %(limit)s
"""
# Of one person all matters: their register record, applications, requests and messages, each by the index of
# persons of its table; their events by audit_event_subject.
_MANY_LOOKERS = """
, people AS (SELECT DISTINCT about FROM files), matters AS (
  SELECT about, about AS subject_id FROM people
  UNION SELECT p.about, a.id FROM people p JOIN registration_application a
    ON a.person_id = p.about AND NOT a.is_trial
  UNION SELECT p.about, f.id FROM people p JOIN families_request f ON f.person_id = p.about
  UNION SELECT p.about, t.id FROM people p JOIN support_ticket t ON t.person_id = p.about
)
SELECT 0::bigint, '', m.about, '', count(DISTINCT e.actor_id)
FROM matters m JOIN audit_event e ON e.subject_id = m.subject_id
WHERE e.at >= %(month)s AND e.at < %(until)s AND e.actor_kind = 'officer' AND e.kind = ANY(%(looks)s)
GROUP BY m.about HAVING count(DISTINCT e.actor_id) >= %(limit)s
"""
STATEMENTS = {
    "looked_only": _LOOKS + _BY_OFFICER.format(which=_WORKED_ON),
    "other_offices": _LOOKS + _BY_OFFICER.format(which=_ELSEWHERE),
    "out_of_hours": _LOOKS + _BY_OFFICER.format(which=_LATE),
    "many_exports": _EXPORTS,
    "many_lookers": _LOOKS + _MANY_LOOKERS,
}


@dataclass(frozen=True, slots=True)
class Pattern:
    """What was counted of one officer at one office, or about one person (`actor_id` NOBODY)."""

    rule: str
    day: date
    actor_id: int
    actor_name: str
    subject_id: int
    office: str
    count: int


def of_day(day: date) -> Iterator[Pattern]:
    """Every pattern of a day in Việt Nam that reached its limit."""
    since, until = start_of(day), end_of(day)
    for rule, statement in STATEMENTS.items():
        for row in _rows(statement, since, until, LIMITS[rule], works=working_days(day.year).is_working(day)):
            yield Pattern(rule, day, *row)


def _rows(
    statement: str, since: datetime, until: datetime, limit: int, *, works: bool
) -> list[tuple[int, str, int, str, int]]:
    given: dict[str, Any] = {
        "looks": list(LOOKS),
        "exports": list(EXPORTS),
        "since": since,
        "until": until,
        "month": until - MONTH,
        "limit": limit,
        "works": works,
        "opens": OPENS,
        "shuts": SHUTS,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return [(row[0] or NOBODY, *row[1:]) for row in cursor.fetchall()]
