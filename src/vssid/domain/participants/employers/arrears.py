"""Months that no payment of an employer is recorded for, as the monthly notice names them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from ..models.people import Contribution
from ..participation import unpaid
from ..participation.totals import Span, first_day, month_of
from ..row_values import period_view
from ..views import PeriodView
from . import statistics
from .deadlines import Standing, newest_judged


@dataclass(frozen=True, slots=True)
class ArrearsView:
    """Months `first` to `last` of one scheme without a recorded payment of one employer; as their first day.

    `is_late`: the last legal day is over for certain; else it is so for who pays each month (`paying`).
    """

    employer_code: str
    employer_name: str
    scheme: str
    first: date
    last: date
    is_late: bool


def judged_on(today: date) -> date:
    """The day of the last file of contributions: the register knows nothing of what was paid since."""
    return min(today, statistics.day() or today)


def behind(person_ids: Collection[int], today: date) -> dict[int, list[ArrearsView]]:
    """What no payment is recorded for of these persons, in two statements; only those with arrears.

    Months whose legal day is not over are left out, and voluntary payers, who have no employer.
    """
    day = judged_on(today)
    rows = (
        Contribution.objects.filter(
            person_id__in=person_ids,
            unpaid_from__lte=first_day(newest_judged(day)),
            is_voluntary=False,
            employer__isnull=False,
        )
        .select_related("employer")
        .order_by("person_id", "employer_id", "scheme", "unpaid_from")
    )
    by_person: dict[int, list[ArrearsView]] = {}
    for row in rows.iterator():
        if owed := owed_of([period_view(row)], month_of(today), day):
            by_person.setdefault(row.person_id, []).extend(owed)
    return by_person


def owed_of(periods: Iterable[PeriodView], until: int, day: date) -> list[ArrearsView]:
    """The same of periods that are read already, up to a month, judged on a day; the oldest first."""
    return sorted(
        (
            _view(period.employer_code, period.employer_name, period.scheme, span, standing)
            for period in periods
            if period.employer_code and not period.is_voluntary
            for standing, span in unpaid.parted(period, until, day)
            if standing is not Standing.NOT_DUE
        ),
        key=lambda stretch: stretch.first,
    )


def _view(code: str, name: str, scheme: str, span: Span, standing: Standing) -> ArrearsView:
    last = first_day(span.last)
    return ArrearsView(code, name, scheme, first_day(span.first), last, standing is Standing.LATE)
