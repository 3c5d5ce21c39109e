"""The own share of a year, and what is lacking until all is paid in full."""

from __future__ import annotations

from datetime import date

import pytest

from .. import own_share
from ..own_share import Share


def of(*paid: tuple[date, int], on: date) -> Share:
    share = own_share.of(paid, on)
    assert share is not None
    return share


@pytest.mark.parametrize(
    ("day", "salary", "threshold", "small"),
    [
        (date(2026, 6, 30), 2_340_000, 14_040_000, 351_000),
        (date(2026, 7, 1), 2_530_000, 15_180_000, 379_500),
        (date(2026, 12, 31), 2_530_000, 15_180_000, 379_500),
        (date(2023, 7, 1), 1_800_000, 10_800_000, 270_000),
    ],
)
def test_threshold_and_small_visit_go_by_the_salary_of_the_day(day, salary, threshold, small):
    share = of(on=day)
    assert (share.salary, share.threshold, share.small_visit) == (salary, threshold, small)
    assert share.lacking == threshold


def test_what_was_paid_before_the_salary_changed_counts_as_old_salaries():
    paid = [(date(2026, 5, 4), 1_396_758)]
    exact = own_share.exactly_lacking(paid, date(2026, 11, 18), 6)
    assert exact is not None
    assert round(float(exact), 2) == 13_669_830.03  # a computed vector of the rule
    share = of(*paid, on=date(2026, 11, 18))
    assert (share.lacking, share.paid_before, share.old) == (13_669_831, 1_396_758, 2_340_000)
    assert share.changed_on == date(2026, 7, 1)


def test_before_the_change_nothing_is_told_of_it():
    share = of((date(2026, 5, 4), 1_000_000), on=date(2026, 6, 30))
    assert (share.changed_on, share.lacking) == (None, 13_040_000)


def test_amounts_of_both_halves_add_up():
    share = of((date(2026, 1, 5), 7_020_000), (date(2026, 9, 1), 7_589_999), on=date(2026, 12, 1))
    assert (share.paid, share.lacking, share.is_over) == (14_609_999, 1, False)
    over = of((date(2026, 1, 5), 7_020_000), (date(2026, 9, 1), 7_590_000), on=date(2026, 12, 1))
    assert (over.lacking, over.is_over) == (0, True)


def test_other_years_and_later_days_do_not_count():
    share = of(
        (date(2025, 12, 31), 9_000_000),
        (date(2026, 1, 1), 40_000),
        (date(2026, 3, 2), 5_000_000),
        on=date(2026, 3, 1),
    )
    assert (share.paid, share.lacking) == (40_000, 14_000_000)


def test_a_year_without_a_known_salary_is_not_told():
    assert own_share.of([], date(2012, 5, 5)) is None


def test_the_decree_is_that_of_the_day():
    assert of(on=date(2025, 8, 15)).legal_base == "NĐ 188/2025/NĐ-CP Đ18"
    assert of(on=date(2025, 8, 14)).legal_base == "NĐ 146/2018/NĐ-CP"
