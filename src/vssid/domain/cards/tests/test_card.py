from datetime import date

import pytest

from vssid.domain.cards import benefits
from vssid.domain.cards.card import Validity, validity

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


@pytest.mark.parametrize(
    ("level", "expected"), [("1", 100), ("2", 100), ("3", 95), ("4", 80), ("5", 100), ("9", None)]
)
def test_each_level_pays_its_percent(level, expected):
    assert benefits.percent(level, START) == expected
    assert (str(expected) in benefits.text(level, START)) if expected else benefits.text(level, START) == ""


def test_an_object_code_has_a_name_and_an_unknown_one_none():
    assert benefits.object_name("DN", START) == "Người lao động trong doanh nghiệp"
    assert benefits.object_name("HK", START) == ""
    assert benefits.object_name("ZZ", START) == ""
