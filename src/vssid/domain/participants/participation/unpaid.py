"""Months of a person's periods that no payment is recorded for, and what can be said of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from ..employers import deadlines
from ..employers.deadlines import Standing
from .totals import Period, Span, first_day, joined, paid_spans


class Owed(Protocol):
    """What is asked of a period (views.PeriodView)."""

    @property
    def employer_code(self) -> str: ...
    @property
    def employer_name(self) -> str: ...
    @property
    def is_voluntary(self) -> bool: ...
    @property
    def paying_cycle(self) -> str: ...
    def as_months(self) -> Period: ...


@dataclass(frozen=True, slots=True)
class Unpaid:
    """Months `first` to `last` (as their first day) without a recorded payment.

    `due_on` is the last legal day of the first of them while it is not over, else None; where the cycle is
    not known the earliest it can be. Who pays alone is never said to be late and has no such day: by when
    they pay hangs on a way of paying that is not kept.
    """

    employer_code: str
    employer_name: str
    standing: Standing
    first: date
    last: date
    months: int
    cycle: str
    due_on: date | None

    @property
    def is_own(self) -> bool:
        """Is it the person who pays?"""
        return not self.employer_code


def parted(period: Owed, until: int, day: date) -> list[tuple[Standing, Span]]:
    """The unpaid months of one period up to `until`, in order, by what can be said of them on a day."""
    months = period.as_months()
    last = until if months.last is None else min(months.last, until)
    if months.unpaid_from is None or months.unpaid_from > last:
        return []
    span = Span(months.unpaid_from, last)
    return list(_of_payer(period, span, day))


def _of_payer(period: Owed, span: Span, day: date) -> Iterator[tuple[Standing, Span]]:
    if period.employer_code and not period.is_voluntary:
        yield from deadlines.parted(span, period.paying_cycle, day)
        return
    judged = deadlines.newest_judged(day)
    if span.first <= judged:
        yield Standing.UNRECORDED, Span(span.first, min(span.last, judged))
    if span.last > judged:
        yield Standing.NOT_DUE, Span(max(span.first, judged + 1), span.last)


def stretches(periods: Iterable[Owed], until: int, day: date) -> list[Unpaid]:
    """Each stretch of unpaid months up to the month `until`, judged on a day; the newest first."""
    unpaid = [
        Unpaid(
            "" if period.is_voluntary else period.employer_code,
            "" if period.is_voluntary else period.employer_name,
            standing,
            first_day(span.first),
            first_day(span.last),
            span.months,
            period.paying_cycle,
            _due_on(period, span) if standing is Standing.NOT_DUE else None,
        )
        for period in periods
        for standing, span in parted(period, until, day)
    ]
    return sorted(unpaid, key=lambda stretch: stretch.first, reverse=True)


def _due_on(period: Owed, span: Span) -> date | None:
    if period.is_voluntary or not period.employer_code:
        return None
    return deadlines.last_legal_day(span.first, period.paying_cycle or deadlines.Cycle.MONTHLY)


def months(periods: Iterable[Owed], until: int, day: date) -> dict[Standing, int]:
    """How many months stand how. A month counts once, as the worst that a period says of it.

    One that some period has paid does not count at all, as in `totals.count`.
    """
    some = list(periods)
    taken = paid_spans([period.as_months() for period in some], until)
    said = [part for period in some for part in parted(period, until, day)]
    lengths = {}
    for standing in Standing:
        spans = [span for told, span in said if told is standing]
        lengths[standing] = _length([*taken, *spans]) - _length(taken)
        taken = joined([*taken, *spans])
    return lengths


def _length(spans: Iterable[Span]) -> int:
    return sum(span.months for span in joined(spans))
