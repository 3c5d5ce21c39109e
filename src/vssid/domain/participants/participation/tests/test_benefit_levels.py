from datetime import date

import pytest

from .. import benefit_levels

START = date(2025, 1, 1)


@pytest.mark.parametrize(
    ("level", "expected"), [("1", 100), ("2", 100), ("3", 95), ("4", 80), ("5", 100), ("9", None)]
)
def test_each_level_pays_its_percent(level, expected):
    assert benefit_levels.percent(level, START) == expected
    assert (
        (str(expected) in benefit_levels.text(level, START))
        if expected
        else benefit_levels.text(level, START) == ""
    )


def test_an_object_code_has_a_name_and_an_unknown_one_none():
    assert benefit_levels.object_name("DN", START) == "Người lao động trong doanh nghiệp"
    assert benefit_levels.object_name("HK", START) == ""
    assert benefit_levels.object_name("ZZ", START) == ""
