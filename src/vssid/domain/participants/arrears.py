"""Months that an employer has not paid for, as the monthly notice names them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .models import Contribution
from .totals import first_day, month_of

OWED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class ArrearsView:
    """Months `first` to `last` of one scheme that one employer owes; both as their first day."""

    employer_code: str
    employer_name: str
    scheme: str
    first: date
    last: date


def newest_owed(today: date) -> date:
    """The newest month that is owed for 30 days or more. A month counts as owed from its end on [M]."""
    month = month_of(today) - 1
    while today - first_day(month + 1) < OWED:
        month -= 1
    return first_day(month)


def behind(person_ids: Collection[int], today: date) -> dict[int, list[ArrearsView]]:
    """What employers owe for these persons for 30 days or more, in one statement; only those with arrears.

    Goes up to the last month that is over. Voluntary payers have no employer and are left out.
    """
    rows = (
        Contribution.objects.filter(
            person_id__in=person_ids,
            unpaid_from__lte=newest_owed(today),
            is_voluntary=False,
            employer__isnull=False,
        )
        .select_related("employer")
        .order_by("person_id", "employer_id", "scheme", "unpaid_from")
    )
    found: dict[int, list[ArrearsView]] = {}
    for row, last in _owed(rows.iterator(), first_day(month_of(today) - 1)):
        assert row.employer is not None
        assert row.unpaid_from is not None
        found.setdefault(row.person_id, []).append(
            ArrearsView(row.employer.code, row.employer.name, row.scheme, row.unpaid_from, last)
        )
    return found


def _owed(rows: Iterator[Contribution], newest: date) -> Iterator[tuple[Contribution, date]]:
    for row in rows:
        yield row, min(row.to_month, newest) if row.to_month else newest
