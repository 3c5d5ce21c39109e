"""Late only after the legal day, by paying cycle (Law 41/2024/QH15 Đ34(4))."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.domain.participants.participation.totals import Span, first_day, month_of

from .. import deadlines
from ..deadlines import Cycle, Standing

ONE_DAY = timedelta(days=1)
JUNE = month_of(date(2026, 6, 1))
cycles = st.sampled_from([*Cycle, deadlines.UNKNOWN])
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def standing(month: int, cycle: str, day: date) -> Standing:
    ((judged, span),) = deadlines.parted(Span(month, month), cycle, day)
    assert span == Span(month, month)
    return judged


@pytest.mark.parametrize(
    ("month", "cycle", "late_from"),
    [
        ("2026-06", "monthly", "2026-08-01"),
        ("2026-01", "quarterly", "2026-05-01"),
        ("2026-03", "quarterly", "2026-05-01"),
        ("2026-01", "half_yearly", "2026-08-01"),
        ("2026-06", "half_yearly", "2026-08-01"),
        ("2025-12", "monthly", "2026-02-01"),
        ("2025-10", "quarterly", "2026-02-01"),
        ("2026-12", "half_yearly", "2027-02-01"),
        ("2026-01", "monthly", "2026-03-01"),
    ],
)
def test_a_month_is_late_from_the_day_after_its_last_legal_day_and_not_before(month, cycle, late_from):
    number, first_late = month_of(date.fromisoformat(f"{month}-01")), date.fromisoformat(late_from)
    assert deadlines.last_legal_day(number, cycle) == first_late - ONE_DAY
    assert standing(number, cycle, first_late - ONE_DAY) is Standing.NOT_DUE
    assert standing(number, cycle, first_late) is Standing.LATE


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 5, 31), Standing.NOT_DUE),
        (date(2026, 6, 1), Standing.UNRECORDED),
        (date(2026, 7, 31), Standing.UNRECORDED),
        (date(2026, 8, 1), Standing.LATE),
    ],
)
def test_of_an_unknown_cycle_only_what_is_certain_is_late(day, said):
    assert standing(month_of(date(2026, 4, 1)), deadlines.UNKNOWN, day) is said


def test_months_are_parted_in_order():
    told = deadlines.parted(Span(JUNE - 5, JUNE + 5), deadlines.UNKNOWN, date(2026, 9, 15))
    assert told == [
        (Standing.LATE, Span(JUNE - 5, JUNE)),
        (Standing.UNRECORDED, Span(JUNE + 1, JUNE + 1)),
        (Standing.NOT_DUE, Span(JUNE + 2, JUNE + 5)),
    ]


@given(st.integers(2020 * 12, 2035 * 12), st.integers(0, 40), cycles, days)
def test_every_month_is_judged_once_and_as_if_it_were_alone(first, more, cycle, day):
    whole = Span(first, first + more)
    said = {
        month: judged
        for judged, span in deadlines.parted(whole, cycle, day)
        for month in range(span.first, span.last + 1)
    }
    assert list(said) == list(range(whole.first, whole.last + 1))
    for month, judged in said.items():
        assert judged is standing(month, cycle, day)
        assert (judged is Standing.LATE) == (deadlines.last_legal_day(month, cycle) < day)


@given(cycles, days)
def test_the_newest_late_month_is_the_last_one_whose_day_is_over(cycle, day):
    month = deadlines.newest_late(day, cycle)
    assert deadlines.last_legal_day(month, cycle) < day <= deadlines.last_legal_day(month + 1, cycle)
    assert first_day(month) < day


def test_it_refuses_a_cycle_that_the_law_does_not_have():
    with pytest.raises(LookupError):
        deadlines.last_legal_day(JUNE, "weekly")
