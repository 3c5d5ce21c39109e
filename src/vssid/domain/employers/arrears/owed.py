"""The unpaid periods of an employer's own workers, and their months as every worker reads them.

Which months are late, not recorded or not yet due is said by `participants` alone (`unpaid.parted`), for the
worker's page, the monthly notice and this.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from vssid.domain.participants.employers.deadlines import Standing, newest_judged
from vssid.domain.participants.models.people import Contribution
from vssid.domain.participants.participation import unpaid
from vssid.domain.participants.participation.totals import Period, Span, first_day, month_of, period

from ..models.roster import Worker

Parts = list[tuple[Standing, Span]]
# Beside the wage: with one of them the base of a month is more than the wage.
_ALLOWANCES = (
    "position_allowance",
    "area_allowance",
    "reelection_allowance",
    "other_allowance",
    "over_scale_percent",
    "seniority_percent",
)
_COLUMNS = (
    "person_id",
    "scheme",
    "from_month",
    "to_month",
    "unpaid_from",
    "employer__paying_cycle",
    "worker_percent",
    "employer_percent",
    "wage",
    "wage_kind",
    "currency",
    *_ALLOWANCES,
)


@dataclass(frozen=True, slots=True)
class OwedPeriod:
    """A worker's period with unpaid months (`unpaid.Owed`). `wage` is None where it is not the whole base."""

    person_id: int
    scheme: str
    months: Period
    employer_code: str
    paying_cycle: str
    worker_percent: Decimal | None
    employer_percent: Decimal | None
    wage: Decimal | None
    employer_name: str = ""
    is_voluntary: bool = False

    def as_months(self) -> Period:
        """For `unpaid.parted`."""
        return self.months


def read(employer: str, day: date) -> Iterator[OwedPeriod]:
    """What the employer has not paid of its roster, as far as it can be judged on a day; in one statement."""
    rows = Contribution.objects.filter(
        person_id__in=Worker.objects.filter(employer_code=employer).values("person_id"),
        employer_id=employer,
        is_voluntary=False,
        unpaid_from__lte=first_day(newest_judged(day)),
    )
    for person, scheme, start, end, since, cycle, worker, own, wage, kind, money, *more in rows.values_list(
        *_COLUMNS
    ).iterator():
        is_whole = kind == "wage" and money == "VND" and not any(more)
        months = period(start, end, since)
        yield OwedPeriod(person, scheme, months, employer, cycle, worker, own, wage if is_whole else None)


class Judge:
    """Parts unpaid months by what can be said of them on a day, up to the month of today; those due alone."""

    def __init__(self, today: date, day: date) -> None:
        self._until, self._day = month_of(today), day
        self._known: dict[Period, Parts] = {}

    def parts(self, owed: OwedPeriod) -> Parts:
        """Of one employer: many workers have the same months."""
        if owed.months not in self._known:
            parts = unpaid.parted(owed, self._until, self._day)
            self._known[owed.months] = [part for part in parts if part[0] is not Standing.NOT_DUE]
        return self._known[owed.months]
