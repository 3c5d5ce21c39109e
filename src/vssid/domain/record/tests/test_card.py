from datetime import date

import pytest

from ..card import Validity, validity

START, END = date(2025, 1, 1), date(2025, 12, 31)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2024, 12, 31), Validity.NOT_YET),
        (date(2025, 1, 1), Validity.VALID),
        (date(2025, 11, 30), Validity.VALID),
        (date(2025, 12, 1), Validity.ENDS_SOON),
        (date(2025, 12, 31), Validity.ENDS_SOON),
        (date(2026, 1, 1), Validity.ENDED),
    ],
)
def test_a_card_with_an_end_is_valid_between_its_days(today, expected):
    assert validity(START, END, today) is expected


def test_a_card_without_an_end_stays_valid():
    assert validity(START, None, date(2099, 1, 1)) is Validity.VALID
