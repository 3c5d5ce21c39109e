"""By when unemployment benefit is claimed."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from ..unemployment import claim

TODAY = date(2026, 11, 18)


def worked(*ends: date | None) -> Any:
    return [SimpleNamespace(to_month=end) for end in ends]


@pytest.mark.parametrize(
    ("last", "left_on", "by"),
    [
        (date(2026, 8, 1), date(2026, 8, 31), date(2026, 11, 30)),
        (date(2026, 10, 1), date(2026, 10, 31), date(2027, 1, 31)),
        (date(2025, 11, 1), date(2025, 11, 30), date(2026, 2, 28)),
    ],
)
def test_the_last_day_is_three_months_after_the_last_month(last, left_on, by):
    benefit_claim = claim(worked(date(2020, 1, 1), last), TODAY)
    assert (benefit_claim.left_on, benefit_claim.by, benefit_claim.months) == (left_on, by, 3)
    assert benefit_claim.is_over(by) is False
    assert benefit_claim.is_over(date(2027, 5, 1)) is True


@pytest.mark.parametrize("ends", [(), (None,), (date(2026, 8, 1), None), (date(2026, 11, 1),)])
def test_who_takes_part_or_never_did_has_no_last_day(ends):
    benefit_claim = claim(worked(*ends), TODAY)
    assert (benefit_claim.left_on, benefit_claim.by, benefit_claim.is_over(TODAY)) == (None, None, False)


def test_the_law_is_that_of_the_day_of_leaving():
    assert claim(worked(date(2026, 1, 1)), TODAY).legal_base == "Law 74/2025/QH15"
    assert claim(worked(date(2025, 12, 1)), TODAY).legal_base == "Law 38/2013/QH13"
    assert claim([], TODAY).legal_base == "Law 74/2025/QH15"


def test_who_was_given_a_benefit_since_has_no_last_day():
    assert claim(worked(date(2026, 8, 1)), TODAY, [date(2026, 9, 20)]).by is None
    assert claim(worked(date(2026, 8, 1)), TODAY, [date(2023, 9, 20)]).by == date(2026, 11, 30)
