"""A person's own record as JSON text made by PostgreSQL: person, card, coverage, participation with totals.

`of_session` checks the session and reads in one prepared statement (docs/adr/0008); `of` reads for a person
whose session was checked before, for the API's view and, through `decode`, for pages. Both run the same SQL,
its columns from `rows`. It says again what `participants.queries.coverage`, `card.validity` and
`participants.totals` say in Python; tests hold the two together. What lies sealed (ID number, phone, e-mail,
street) is not in the record. Codes are given without their words, so that the text is the same in each
language; months are given as their first day. Of `wage_parts` and `rates` (percent, by who pays) only what
the register was told is there, so a record without them stays short.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

from vssid.domain.accounts.sign_in import session_query
from vssid.domain.participants.participation import object_codes, totals
from vssid.domain.participants.views import WageParts
from vssid.infra.database.prepared import Prepared, row
from vssid.kernel.calendar import local_day

from .card import SOON
from .rows import CardRow, CoverageRow, PeriodRow, PersonRow, pairs

_PERSON = f"""
SELECT json_build_object({pairs(PersonRow, "person", office_code="coalesce(person.office_code, '')")})
FROM participants_person person WHERE person.person_id = %(person_id)s
"""  # noqa: S608
_COVER = {
    "level": "state.level",
    "facility_name": "coalesce(facility.name, '')",
    "validity": "state.validity",
    "office_code": "coalesce(coverage.office_code, '')",
    "auto_renews": "coverage.auto_renews OR coverage.valid_to IS NULL",
}
# On the day, or on the last day of a time that is over.
_LEVEL = object_codes.level_sql(
    "coverage.object_code", "coverage.benefit_level", "least(%(today)s, coverage.valid_to)"
)
# The times of one person, one to three rows, by participants_coverage_natural; facility and office by the
# unique indexes of their codes.
_COVERAGE_TABLES = f"""
FROM participants_coverage coverage
LEFT JOIN directory_facility facility ON facility.code = coverage.facility_code
LEFT JOIN offices_office office ON office.code = coverage.office_code
CROSS JOIN LATERAL (SELECT CASE
    WHEN coverage.valid_from > %(today)s THEN 'not_yet'
    WHEN coverage.valid_to < %(today)s THEN 'ended'
    WHEN coverage.valid_to - %(today)s <= %(soon)s THEN 'ends_soon'
    ELSE 'valid' END AS validity,
    {_LEVEL} AS level) state
WHERE coverage.person_id = %(person_id)s
"""
# The order of participants.queries: valid ones by what they pay, then the next to come, then the last.
_CARD = f"""
SELECT json_build_object({pairs(CardRow, "coverage", **_COVER, issued_by="coalesce(office.name, '')")})
{_COVERAGE_TABLES}
ORDER BY CASE state.validity WHEN 'not_yet' THEN 1 WHEN 'ended' THEN 2 ELSE 0 END,
    CASE WHEN state.validity IN ('valid', 'ends_soon') THEN strpos('51234', state.level) END,
    CASE WHEN state.validity = 'not_yet' THEN coverage.valid_from END,
    CASE WHEN state.validity = 'ended' THEN coverage.valid_to END DESC,
    coverage.valid_from DESC, coverage.object_code
LIMIT 1
"""
_COVERAGES = f"""
SELECT json_agg(json_build_object({pairs(CoverageRow, "coverage", **_COVER)})
    ORDER BY coverage.valid_from DESC, coverage.object_code)
{_COVERAGE_TABLES}
"""


def _told(**columns: str) -> str:
    """SQL of an object of those columns that are not null; where all are, nothing is put together."""
    listed = ", ".join(columns.values())
    pairs = ", ".join(f"'{name}', {column}" for name, column in columns.items())
    return (
        f"CASE WHEN coalesce({listed}) IS NULL THEN '{{}}'::json "
        f"ELSE json_strip_nulls(json_build_object({pairs})) END"
    )


_PERIOD = pairs(
    PeriodRow,
    "period",
    employer_code="coalesce(period.employer_code, '')",
    employer_name="coalesce(employer.name, '')",
    paying_cycle="coalesce(employer.paying_cycle, '')",
    wage_parts=_told(**{part.name: f"period.{part.name}" for part in fields(WageParts)}),
    rates=_told(worker="period.worker_percent", employer="period.employer_percent"),
)
# Months as numbers, year * 12 + month - 1, in ranges that PostgreSQL joins and subtracts. The periods of one
# person, about 18, by the index participants_contribution_natural, and the employer of each by the unique
# index of its code. Most of the 0.25 ms of CPU that a record costs PostgreSQL is the JSON of these periods
# (docs/performance.md).
_SCHEMES = f"""
SELECT json_object_agg(scheme.name, json_build_object(
    'totals', json_build_object('months', months.covered, 'unpaid_months', months.covered - months.paid,
        'gaps', coalesce(gaps.list, '[]')),
    'periods', coalesce(record.periods, '[]')) ORDER BY scheme.number)
FROM (VALUES (1, 'bhxh'), (2, 'bhtn'), (3, 'tnld')) scheme (number, name)
LEFT JOIN (
    SELECT period.scheme,
        range_agg(int4range(months.first, months.stop)) AS covered,
        range_agg(int4range(months.first, greatest(months.first, months.paid_stop))) AS paid,
        json_agg(json_build_object({_PERIOD})
            ORDER BY period.from_month, period.id) AS periods
    FROM participants_contribution period
    LEFT JOIN participants_employer employer ON employer.code = period.employer_code
    CROSS JOIN LATERAL (SELECT
        date_part('year', period.from_month)::int * 12 + date_part('month', period.from_month)::int - 1
            AS first,
        date_part('year', period.to_month)::int * 12 + date_part('month', period.to_month)::int AS stop,
        date_part('year', period.unpaid_from)::int * 12 + date_part('month', period.unpaid_from)::int - 1
            AS unpaid) written
    CROSS JOIN LATERAL (SELECT written.first,
        greatest(written.first, least(written.stop, %(stop_month)s)) AS stop,
        least(written.unpaid, written.stop, %(stop_month)s) AS paid_stop) months
    WHERE period.person_id = %(person_id)s
    GROUP BY period.scheme
) record ON record.scheme = scheme.name
CROSS JOIN LATERAL (SELECT
    (SELECT coalesce(sum(upper(one) - lower(one)), 0) FROM unnest(record.covered) one) AS covered,
    (SELECT coalesce(sum(upper(one) - lower(one)), 0) FROM unnest(record.paid) one) AS paid) months
CROSS JOIN LATERAL (
    SELECT json_agg(json_build_object(
        'from_month', make_date(lower(one) / 12, lower(one) %% 12 + 1, 1),
        'to_month', make_date((upper(one) - 1) / 12, (upper(one) - 1) %% 12 + 1, 1)) ORDER BY one) AS list
    FROM unnest(range_merge(record.covered)::int4multirange - record.covered) one) gaps
"""  # noqa: S608
# The record as one column; public for `children`, which adds the link that must be there.
BODY = f"""json_build_object('person', ({_PERSON}), 'card', ({_CARD}),
'coverage', coalesce(({_COVERAGES}), '[]'), 'participation', ({_SCHEMES}),
'contributions_told_on', (SELECT counted.day FROM participants_standing_count counted))::text"""  # noqa: S608
_OF = f"SELECT {BODY}"
# The statement of the short path; public for the benchmark, which gives it to pgbench.
WITH_SESSION = f"SELECT {session_query.IS_STALE}, {BODY} FROM {session_query.LIVE}"  # noqa: S608


def of(person_id: int, *, now: datetime) -> str:
    """The record of a person whose session was checked. Nobody's record has empty parts."""
    selected = row(_OF, {"person_id": person_id, **days(now)})
    assert selected is not None
    return str(selected[0])


def of_session(token: str, database: Prepared, *, now: datetime) -> str | None:
    """The record of the citizen who holds the token, session check included.

    None when the plain case does not hold and `accounts.sessions.resolve` must look. Raises Unavailable.
    """
    check = session_query.parameters(token, now=now)
    if check is None:
        return None
    selected = database.row(WITH_SESSION, check | days(now))
    if selected is None:
        return None
    is_stale, record = selected
    if is_stale:
        database.run(session_query.TOUCH, check)
    return str(record)


def days(now: datetime) -> dict[str, Any]:
    """What the record asks of the calendar."""
    today = local_day(now)
    return {"today": today, "soon": SOON.days, "stop_month": totals.month_of(today) + 1}
