"""One year of a participation as lines and sums. Pure; a month is a number as in participants.totals.

Columns of C14-TS as far as known (codes.md section 8 [M]); the official layout is unknown [?].
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from vssid.domain.participants.participation import totals
from vssid.domain.participants.views import Participation, PeriodView, SchemeRecord

FUNDS = ("bhxh", "bhtn")


@dataclass(frozen=True, slots=True)
class Wage:
    """What was paid on: đồng a month, or a coefficient."""

    value: Decimal
    is_coefficient: bool
    currency: str


@dataclass(frozen=True, slots=True)
class Line:
    """Months `first` to `last` at one employer with the same wages. `unpaid`: funds not paid in them."""

    first: int
    last: int
    employer: str
    is_voluntary: bool
    job: str
    workplace: str
    bhxh: Wage | None
    bhtn: Wage | None
    unpaid: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """Months of a fund: of the year, of all time up to its end, and how many of all are unpaid."""

    in_year: int
    in_all: int
    unpaid: int


@dataclass(frozen=True, slots=True)
class Content:
    """What a statement says. `until`: the last month that is counted."""

    year: int
    until: int
    lines: tuple[Line, ...]
    bhxh: Sum
    bhtn: Sum


def years(history: Participation, today: date) -> list[int]:
    """The years that have a month of BHXH or BHTN, up to this one, newest first."""
    last = totals.month_of(today)
    year_numbers: set[int] = set()
    for period in (fund_period for fund in FUNDS for fund_period in history.of(fund).periods):
        year_numbers.update(month // 12 for month in _months(period, 0, last))
    return sorted(year_numbers, reverse=True)


def compose(history: Participation, year: int, today: date) -> Content:
    """The lines of a year up to this month, the oldest first, and its sums."""
    first, until = year * 12, min(year * 12 + 11, totals.month_of(today))
    bhxh, bhtn = (history.of(fund).periods for fund in FUNDS)
    lines = [line for period in bhxh for line in _lines(period, bhtn, first, until)]
    lines += [line for period in bhtn for line in _unemployment_only(period, bhxh, first, until)]
    return Content(
        year=year,
        until=until,
        lines=tuple(sorted(lines, key=lambda line: (line.first, line.last, line.employer))),
        bhxh=_sum(history.of("bhxh"), first, until),
        bhtn=_sum(history.of("bhtn"), first, until),
    )


def _lines(period: PeriodView, others: Sequence[PeriodView], first: int, until: int) -> Iterator[Line]:
    """A period of BHXH, cut where its BHTN changes or payment stops."""
    months = list(_months(period, first, until))

    def _state(month: int) -> tuple[PeriodView | None, tuple[str, ...]]:
        beside = next(
            (other for other in others if _same_place(other, period) and month in _span(other, until)), None
        )
        unpaid = [
            either.scheme for either in (period, beside) if either is not None and not _paid(either, month)
        ]
        return beside, tuple(unpaid)

    for (beside, unpaid), run in groupby(months, key=_state):
        inside = list(run)
        yield _line(period, inside, _wage(period), _wage(beside) if beside else None, unpaid)


def _unemployment_only(
    period: PeriodView, others: Sequence[PeriodView], first: int, until: int
) -> Iterator[Line]:
    """Months of BHTN that have no BHXH at the same employer."""
    taken = {month for other in others if _same_place(other, period) for month in _span(other, until)}
    months = (month for month in _months(period, first, until) if month not in taken)
    numbered = groupby(enumerate(months), key=lambda pair: (pair[1] - pair[0], _paid(period, pair[1])))
    for (_gap, paid), run in numbered:
        yield _line(period, [month for _at, month in run], None, _wage(period), () if paid else ("bhtn",))


def _line(
    period: PeriodView, months: list[int], bhxh: Wage | None, bhtn: Wage | None, unpaid: tuple[str, ...]
) -> Line:
    place = (period.employer_name, period.is_voluntary, period.job, period.workplace)
    return Line(months[0], months[-1], *place, bhxh, bhtn, unpaid)


def _span(period: PeriodView, until: int) -> range:
    months = period.as_months()
    return range(months.first, (until if months.last is None else min(months.last, until)) + 1)


def _months(period: PeriodView, first: int, until: int) -> range:
    span = _span(period, until)
    return range(max(span.start, first), max(span.stop, first))


def _same_place(period: PeriodView, other: PeriodView) -> bool:
    return (period.employer_code, period.employer_name) == (other.employer_code, other.employer_name)


def _paid(period: PeriodView, month: int) -> bool:
    unpaid_from = period.as_months().unpaid_from
    return unpaid_from is None or month < unpaid_from


def _wage(period: PeriodView) -> Wage | None:
    if period.wage is None:
        return None
    return Wage(period.wage, period.wage_kind == "coefficient", period.currency)


def _sum(record: SchemeRecord, first: int, until: int) -> Sum:
    periods = [period.as_months() for period in record.periods]
    whole, before = totals.count(periods, until), totals.count(periods, first - 1)
    return Sum(whole.months - before.months, whole.months, whole.unpaid_months)
