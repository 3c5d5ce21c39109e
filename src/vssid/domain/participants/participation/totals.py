"""Months of participation counted once where periods overlap, those unused, and continuous cover. Pure.

A month is a whole number, year * 12 + month - 1. The header "Tổng thời gian tham gia" counts the months of
every period; "chậm đóng" the months that no paid period covers (VssID app, tab BHXH). An open period counts
up to and with the month of the day asked for [M]: the register has no word on a later month.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

# Unemployment: three months of benefit use up to 36 paid months, each further one 12, at most twelve are
# given; the remainder is kept [M, Law 74/2025/QH15 Đ38–39].
FIRST_BENEFIT_MONTHS, FIRST_USES = 3, 36
NEXT_USES, MOST_BENEFIT_MONTHS = 12, 12
LEAST_PAID = 12


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


def period(from_month: date, to_month: date | None, unpaid_from: date | None) -> Period:
    """A period from its months as days."""
    return Period(
        month_of(from_month),
        month_of(to_month) if to_month else None,
        month_of(unpaid_from) if unpaid_from else None,
    )


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same months as disjoint spans in order; touching spans become one."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.first <= result[-1].last + 1:
            result[-1] = Span(result[-1].first, max(result[-1].last, span.last))
        else:
            result.append(span)
    return result


def _within(periods: Iterable[Period], until: int) -> tuple[list[Span], list[Span]]:
    """All months and the paid months up to and with `until`, as disjoint spans."""
    every: list[Span] = []
    paid: list[Span] = []
    for period in periods:
        last = until if period.last is None else min(period.last, until)
        paid_to = last if period.unpaid_from is None else min(last, period.unpaid_from - 1)
        every.extend([Span(period.first, last)] if period.first <= last else [])
        paid.extend([Span(period.first, paid_to)] if period.first <= paid_to else [])
    return joined(every), joined(paid)


def paid_spans(periods: Iterable[Period], until: int) -> list[Span]:
    """The months up to and with `until` that some period has paid, as disjoint spans."""
    return _within(periods, until)[1]


def count(periods: Iterable[Period], until: int) -> Totals:
    """Totals of one scheme's periods up to and with the month `until`."""
    covered, paid = _within(periods, until)
    months = sum(span.months for span in covered)
    gaps = tuple(Span(before.last + 1, after.first - 1) for before, after in pairwise(covered))
    return Totals(months, months - sum(span.months for span in paid), gaps)


@dataclass(frozen=True, slots=True)
class Use:
    """An unemployment benefit: the month it begins in, and the paid months its decision kept, where told."""

    month: int
    kept: int | None = None


def benefit_months(paid: int) -> int:
    """How many months of unemployment benefit so many paid months give: 3 to 12, none below a year [M]."""
    if paid < LEAST_PAID:
        return 0
    more = max(0, (paid - FIRST_USES) // NEXT_USES)
    return min(MOST_BENEFIT_MONTHS, FIRST_BENEFIT_MONTHS + more)


def kept_after(paid: int) -> int:
    """Paid months that a benefit leaves unused: the remainder beyond what its months use up [M]."""
    given = max(FIRST_BENEFIT_MONTHS, benefit_months(paid))
    return max(0, paid - FIRST_USES - NEXT_USES * (given - FIRST_BENEFIT_MONTHS))


def unused(periods: Iterable[Period], uses: Iterable[Use], until: int) -> int:
    """Paid unemployment months up to and with `until` that no benefit has used.

    A benefit uses the months before the one it begins in; what its decision kept goes on counting, where it
    does not tell that, what the rule keeps. Unpaid months never count.
    """
    _, paid = _within(periods, until)
    left, counted_to = 0, 0
    # Of two that begin in one month the one that tells what is kept counts.
    for use in sorted(uses, key=lambda use: (use.month, -1 if use.kept is None else use.kept)):
        if use.month > until:
            break
        left += _months_of(paid, counted_to, use.month - 1)
        left, counted_to = kept_after(left) if use.kept is None else use.kept, use.month
    return left + _months_of(paid, counted_to, until)


def _months_of(spans: Iterable[Span], first: int, last: int) -> int:
    return sum(max(0, min(span.last, last) - max(span.first, first) + 1) for span in spans)


@dataclass(frozen=True, slots=True)
class Days:
    """Days of health cover, both ends included; `last` None = still going on."""

    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Continuity:
    """Since when health cover is continuous (None: it is not), when five years are full, and are they."""

    since: date | None
    full_on: date | None
    is_full: bool


def months_later(day: date, months: int) -> date:
    """The day of the same number so many months later, or the last of that month when it has none."""
    month = month_of(day) + months
    year, at = month // 12, month % 12 + 1
    return date(year, at, min(day.day, monthrange(year, at)[1]))


def continuous(covers: Iterable[Days], on: date, *, longest_break: int, full: int) -> Continuity:
    """How long health cover has been continuous on a day; cover that begins later does not count.

    A break of at most `longest_break` calendar months keeps the run, which counts from its first day, breaks
    included, and is full after `full` months (`five_years.rule_on`). A break begins on the first day without
    cover, and is short enough when cover begins again no later than `months_later` of that day: after 31
    January, on 1 May but not on 2 May. On a day without cover the run still stands while cover from the next
    day on would keep it.
    """
    since, covered_to = None, date.min
    for cover in sorted((cover for cover in covers if cover.first <= on), key=lambda cover: cover.first):
        if since is None or not _keeps(covered_to, cover.first, longest_break):
            since = cover.first
        covered_to = max(covered_to, on if cover.last is None else min(cover.last, on))
    if since is None or not (covered_to == on or _keeps(covered_to, on + timedelta(days=1), longest_break)):
        return Continuity(None, None, False)
    full_on = months_later(since, full)
    return Continuity(since, full_on, full_on <= on)


def _keeps(covered_to: date, again: date, longest_break: int) -> bool:
    """Does cover that begins `again` go on with cover that lasted to `covered_to`?"""
    return again <= months_later(covered_to + timedelta(days=1), longest_break)
