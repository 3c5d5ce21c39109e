from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from .. import totals
from ..totals import Period, Span

JAN = totals.month_of(date(2020, 1, 1))
periods = st.builds(
    lambda first, length, owed: Period(
        JAN + first,
        None if length is None else JAN + first + length,
        None if owed is None else JAN + first + owed % ((length or 0) + 1),
    ),
    st.integers(0, 80),
    st.none() | st.integers(0, 40),
    st.none() | st.integers(0, 40),
)


def slow(some: list[Period], until: int) -> tuple[set[int], set[int]]:
    """Months and unpaid months, one month at a time."""
    months, paid = set(), set()
    for period in some:
        for month in range(period.first, (until if period.last is None else period.last) + 1):
            if month <= until:
                months.add(month)
                if period.unpaid_from is None or month < period.unpaid_from:
                    paid.add(month)
    return months, months - paid


@given(st.lists(periods, max_size=12), st.integers(-5, 130))
def test_totals_agree_with_a_slow_count_of_months(some, beyond):
    until = JAN + beyond
    months, unpaid = slow(some, until)
    total = totals.count(some, until)
    assert (total.months, total.unpaid_months) == (len(months), len(unpaid))
    missing = {month for gap in total.gaps for month in range(gap.first, gap.last + 1)}
    assert missing == ({*range(min(months), max(months) + 1)} - months if months else set())


@given(st.lists(periods, max_size=12))
def test_order_and_repetition_of_periods_do_not_matter(some):
    assert totals.count(some, JAN + 90) == totals.count([*reversed(some), *some], JAN + 90)


def test_months_in_two_jobs_count_once():
    total = totals.count([Period(JAN, JAN + 11), Period(JAN + 6, JAN + 17)], JAN + 100)
    assert (total.months, total.years, total.rest_months, total.gaps) == (18, 1, 6, ())


def test_a_month_paid_by_one_employer_is_not_unpaid_for_another():
    total = totals.count([Period(JAN, JAN + 5, JAN + 3), Period(JAN + 4, JAN + 4)], JAN + 100)
    assert (total.months, total.unpaid_months, total.paid_months) == (6, 2, 4)


def test_an_open_period_counts_with_this_month():
    assert totals.count([Period(JAN)], JAN + 2).months == 3


def test_a_gap_is_told_by_its_months():
    total = totals.count([Period(JAN, JAN + 1), Period(JAN + 5, JAN + 6)], JAN + 100)
    assert total.gaps == (Span(JAN + 2, JAN + 4),)
    assert totals.first_day(total.gaps[0].first) == date(2020, 3, 1)


def test_nobody_without_periods_has_months():
    assert totals.count([], JAN) == totals.Totals(0, 0, ())
