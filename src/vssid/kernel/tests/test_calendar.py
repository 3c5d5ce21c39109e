from datetime import date, datetime, time

import pytest

from vssid.kernel.calendar import VIETNAM, last_working_day, working_days, working_days_around


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 1, 1), False),
        (date(2026, 1, 2), False),
        (date(2026, 1, 3), False),
        (date(2026, 1, 5), True),
        (date(2026, 1, 10), True),
        (date(2026, 1, 11), False),
        (date(2026, 8, 22), True),
        (date(2026, 8, 31), False),
        (date(2025, 4, 26), True),
        (date(2025, 5, 2), False),
        (date(2025, 11, 24), True),
        (date(2026, 11, 24), False),
        (date(2027, 11, 24), False),
        (date(2024, 5, 4), True),
        (date(2025, 1, 4), False),
    ],
)
def test_days_are_worked_or_off_as_law_and_decisions_of_the_year_say(day, works):
    assert working_days(day.year).is_working(day) is works
    assert working_days_around(day).is_working(day) is works


def test_a_term_over_the_end_of_the_year_knows_the_swaps_of_both():
    event = datetime.combine(date(2025, 12, 31), time(9), VIETNAM)
    days = working_days_around(event.date())
    ends = [last_working_day(event, number, days) for number in range(1, 7)]
    assert ends == [date(2026, 1, day) for day in (5, 6, 7, 8, 9, 10)]
