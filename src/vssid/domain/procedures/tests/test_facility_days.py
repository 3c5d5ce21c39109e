"""The two days offered for a change of the first facility."""

from __future__ import annotations

from datetime import date

import pytest

from ..definition.facility_days import may_register, offered


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2026, 11, 18), (date(2027, 1, 1), date(2027, 4, 1))),
        (date(2026, 10, 15), (date(2026, 10, 15), date(2027, 1, 1))),
        (date(2026, 10, 16), (date(2027, 1, 1), date(2027, 4, 1))),
        (date(2027, 1, 1), (date(2027, 1, 1), date(2027, 4, 1))),
        (date(2027, 1, 16), (date(2027, 4, 1), date(2027, 7, 1))),
        (date(2027, 6, 30), (date(2027, 7, 1), date(2027, 10, 1))),
    ],
)
def test_a_change_counts_in_the_first_fifteen_days_of_a_quarter(today, days):
    assert offered(today) == days


@pytest.mark.parametrize(
    ("level", "may"), [("initial", True), ("basic", True), ("", True), ("specialised", False)]
)
def test_one_registers_at_the_initial_or_the_basic_level(level, may):
    assert may_register(level, date(2026, 11, 18)) is may
