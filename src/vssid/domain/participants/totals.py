"""Months of participation, counted once where periods overlap. Pure.

A month is a whole number, year * 12 + month - 1. The header "Tổng thời gian tham gia" counts the months of
every period; "chậm đóng" the months that no paid period covers (VssID app, tab BHXH). An open period counts
up to and with the month of the day asked for [M]: the register has no word on a later month.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Months `first` to `last`, both included."""

    first: int
    last: int

    @property
    def months(self) -> int:
        """How many months."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Period:
    """A period of one scheme; `last` None = still going on; from `unpaid_from` on nothing was paid."""

    first: int
    last: int | None = None
    unpaid_from: int | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """Months in all, months among them that are unpaid, and the gaps between the first and the last month."""

    months: int
    unpaid_months: int
    gaps: tuple[Span, ...]

    @property
    def paid_months(self) -> int:
        """Months that count for benefits."""
        return self.months - self.unpaid_months

    @property
    def years(self) -> int:
        """Whole years of `months`."""
        return self.months // 12

    @property
    def rest_months(self) -> int:
        """Months beyond the whole years."""
        return self.months % 12


def month_of(day: date) -> int:
    """The number of the day's month."""
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    """The first day of a month."""
    return date(month // 12, month % 12 + 1, 1)


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same months as disjoint spans in order; touching spans become one."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.first <= result[-1].last + 1:
            result[-1] = Span(result[-1].first, max(result[-1].last, span.last))
        else:
            result.append(span)
    return result


def count(periods: Iterable[Period], until: int) -> Totals:
    """Totals of one scheme's periods up to and with the month `until`."""
    every: list[Span] = []
    paid: list[Span] = []
    for period in periods:
        last = until if period.last is None else min(period.last, until)
        paid_to = last if period.unpaid_from is None else min(last, period.unpaid_from - 1)
        every.extend([Span(period.first, last)] if period.first <= last else [])
        paid.extend([Span(period.first, paid_to)] if period.first <= paid_to else [])
    covered = joined(every)
    months = sum(span.months for span in covered)
    gaps = tuple(Span(before.last + 1, after.first - 1) for before, after in pairwise(covered))
    return Totals(months, months - sum(span.months for span in joined(paid)), gaps)
