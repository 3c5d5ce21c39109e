"""Whom to ask about an employer on a day: its collection officer, and the office with phone and hours."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from vssid.domain.offices import queries as offices
from vssid.domain.offices.queries import OfficeView
from vssid.domain.participants.views import PeriodView
from vssid.infra.database import prepared
from vssid.kernel.calendar import local_day

from .models.roster import Worker

# A few employers by key; of each the assignment and the move of that day by their indexes. Who looked
# after it for the office before looks after it no more.
_ASKED = """
SELECT e.code, e.name, coalesce(m.office_id, e.office_code, ''), coalesce(a.officer_name, ''),
  coalesce(a.phone, '')
FROM participants_employer e
LEFT JOIN LATERAL (
  SELECT s.office_id FROM employers_standing s
  WHERE s.employer_code = e.code AND s.kind = 'moved' AND s.taken_back_at IS NULL AND s.from_on <= %(day)s
    AND s.left_office_id = e.office_code
  ORDER BY s.from_on DESC LIMIT 1
) m ON true
LEFT JOIN LATERAL (
  SELECT r.officer_name, (
    SELECT p.phone FROM accounts_staff_post p
    WHERE p.account_id = r.officer_id AND p.office_id = r.office_id AND p.phone <> '' AND p.ended_at IS NULL
      AND p.from_on <= %(day)s AND (p.until_on IS NULL OR p.until_on >= %(day)s)
    ORDER BY p.from_on DESC, p.id DESC LIMIT 1
  ) AS phone
  FROM rollout_assignment r
  WHERE r.employer_code = e.code AND r.ended_at IS NULL AND r.from_on <= %(day)s
    AND (r.until_on IS NULL OR r.until_on >= %(day)s) AND r.office_id = coalesce(m.office_id, e.office_code)
  ORDER BY r.from_on DESC, r.id DESC LIMIT 1
) a ON true
WHERE e.code = ANY(%(codes)s)
ORDER BY e.name, e.code
"""


@dataclass(frozen=True, slots=True)
class Whom:
    """Of one employer. `officer` is empty where nobody is named, `office` None where it belongs to none;
    `officer_phone` is that of the officer's post, empty where only the office has one.
    """

    employer_code: str
    employer_name: str
    officer: str
    office: OfficeView | None
    officer_phone: str = ""

    @property
    def phone(self) -> str:
        """The number to call: the officer's, else the office's; empty for none."""
        return self.officer_phone or (self.office.phone if self.office else "")

    def is_open(self, now: datetime) -> bool:
        """Is the office open at this moment?"""
        return self.office is not None and self.office.is_open(now)


def of_employers(codes: Collection[str], *, on: date) -> list[Whom]:
    """Whom to ask about each of a few employers, by their names; unknown ones are left out."""
    if not codes:
        return []
    rows = prepared.texts(_ASKED, {"codes": sorted(set(codes)), "day": on})
    known = {office: offices.office(office) for _code, _name, office, *_officer in rows if office}
    return [
        Whom(code, name, officer, known.get(office), phone) for code, name, office, officer, phone in rows
    ]


def of_employer(code: str, *, on: date) -> Whom:
    """Whom to ask about one employer."""
    return next(iter(of_employers([code], on=on)), Whom(code, "", "", None))


def of_periods(periods: Iterable[PeriodView], now: datetime) -> list[Whom]:
    """Whom a person asks whose participation this is: of each employer where it goes on today."""
    on = local_day(now)
    month = on.replace(day=1)
    codes = {
        period.employer_code
        for period in periods
        if not period.is_voluntary
        and period.employer_code
        and period.from_month <= on
        and (period.to_month is None or period.to_month >= month)
    }
    return of_employers(codes, on=on)


def of_worker(person_id: int, now: datetime) -> list[Whom]:
    """Whom a worker asks, by the rosters; nobody for who is on none."""
    codes = Worker.objects.filter(person_id=person_id).values_list("employer_code", flat=True)
    return of_employers(list(codes), on=local_day(now))
