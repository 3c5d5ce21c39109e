"""Dated terms are those of the day they are asked for."""

from datetime import date

import pytest

from vssid.kernel import terms

ROWS = [
    "what,from,to,days,legal_base,mark",
    "notice,2025-01-01,2025-12-31,30,,[?]",
    "notice,2026-01-01,,60,Law,[S]",
]


@pytest.mark.parametrize(("day", "days"), [(date(2025, 12, 31), 30), (date(2026, 1, 1), 60)])
def test_a_term_is_that_of_the_day(day, days):
    assert terms.on(terms.read(ROWS), "notice", day).days == days


@pytest.mark.parametrize(("what", "day"), [("notice", date(2024, 12, 31)), ("other", date(2026, 1, 1))])
def test_it_refuses_what_the_data_does_not_know(what, day):
    with pytest.raises(LookupError):
        terms.on(terms.read(ROWS), what, day)
