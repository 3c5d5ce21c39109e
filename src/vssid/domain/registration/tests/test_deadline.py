"""Vectors of the counting rule: Civil Code 2015, articles 147 and 148."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.domain.casework.clocks import days_left
from vssid.kernel.calendar import VIETNAM, WorkingDays, end_of, last_day, local_day, working_days

from ..paper.deadline import due

VECTORS = [
    (datetime(2025, 3, 3, 9, tzinfo=VIETNAM), [], date(2025, 3, 13)),
    (datetime(2025, 3, 2, 17, 30, tzinfo=UTC), [], date(2025, 3, 13)),
    (datetime(2025, 3, 5, 9, tzinfo=VIETNAM), [], date(2025, 3, 17)),
    (datetime(2025, 3, 6, 9, tzinfo=VIETNAM), [], date(2025, 3, 17)),
    (datetime(2024, 2, 19, 9, tzinfo=VIETNAM), [], date(2024, 2, 29)),
    (datetime(2025, 12, 26, 9, tzinfo=VIETNAM), [], date(2026, 1, 5)),
    (datetime(2024, 8, 23, 9, tzinfo=VIETNAM), [date(2024, 9, 2), date(2024, 9, 3)], date(2024, 9, 4)),
    (
        datetime(2025, 1, 16, 9, tzinfo=VIETNAM),
        [date(2025, 1, day) for day in range(27, 32)],
        date(2025, 2, 3),
    ),
]


@pytest.mark.parametrize(("confirmed", "holidays", "ends"), VECTORS)
def test_ten_days_end_where_the_civil_code_says(confirmed, holidays, ends):
    assert last_day(confirmed, 10, WorkingDays(frozenset(holidays))) == ends


def test_the_last_day_ends_at_24_hours_in_viet_nam():
    assert end_of(date(2025, 3, 13)) == datetime(2025, 3, 13, 17, 0, tzinfo=UTC)


def test_the_holidays_of_2024_are_known():
    assert due(datetime(2024, 8, 23, 9, tzinfo=VIETNAM), 10).day == date(2024, 9, 4)


@pytest.mark.parametrize(
    ("confirmed", "ends"),
    [
        (date(2025, 12, 22), date(2026, 1, 5)),  # New Year, the Friday that is off, a weekend
        (date(2025, 12, 23), date(2026, 1, 5)),  # the Friday that is off
        (date(2025, 12, 31), date(2026, 1, 10)),  # the Saturday that is worked for it
        (date(2026, 1, 1), date(2026, 1, 12)),
        (date(2026, 8, 12), date(2026, 8, 22)),  # a Saturday that is worked, as the package knows
        (date(2026, 8, 21), date(2026, 9, 3)),
        (date(2026, 11, 14), date(2026, 11, 25)),  # 24 November is a holiday from 2026 on
        (date(2025, 11, 14), date(2025, 11, 24)),
    ],
)
def test_swapped_days_count_both_ways(confirmed, ends):
    assert due(datetime.combine(confirmed, time(9), VIETNAM), 10).day == ends


def test_the_lunar_new_year_of_2026_moves_the_end():
    assert due(datetime(2026, 2, 7, 9, tzinfo=VIETNAM), 10).day > date(2026, 2, 17)


@given(st.integers(1_704_067_200, 1_827_000_000))
def test_the_end_is_a_working_day_at_least_ten_days_on(seconds):
    confirmed = datetime.fromtimestamp(seconds, UTC)
    term = due(confirmed, 10)
    assert (term.day - local_day(confirmed)).days >= 10
    assert working_days(term.day.year).is_working(term.day)
    assert days_left(term.day, confirmed) >= 10
