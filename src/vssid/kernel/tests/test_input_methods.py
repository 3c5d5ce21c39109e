"""Codes typed through an input method are read back."""

from __future__ import annotations

import re

import pytest

from vssid.kernel.input_methods import fitting, has_marks, readings

CARD = re.compile(r"[A-Z]{2}[1-5]\d{12}")


@pytest.mark.parametrize(
    ("seen", "typed"),
    [
        ("TÉ310000000001", "TE1310000000001"),  # VNI: 1
        ("DN4310000000001", "DN4310000000001"),
        ("HỈ10000000001", "HI310000000001"),  # VNI: 3
        ("CÃ310000000001", "CA4310000000001"),
        ("QẸ310000000001", "QE5310000000001"),
        ("ĐN4310000000001", "D9N4310000000001"),  # no card: left to who knows the pattern
    ],
)
def test_a_mark_of_vni_is_its_digit(seen: str, typed: str) -> None:
    assert next(iter(readings(seen))) == typed


@pytest.mark.parametrize(
    ("seen", "typed"), [("Á9", "AS9"), ("Đ4", "DD4"), ("Ê2", "EE2"), ("Ư", "UW"), ("đ", "dd"), ("Ạ", "AJ")]
)
def test_a_mark_of_telex_is_its_letter(seen: str, typed: str) -> None:
    assert list(readings(seen))[1] == typed


def test_the_reading_that_fits_the_pattern_is_taken() -> None:
    assert fitting("TÉ310000000001", CARD) == "TE1310000000001"
    assert fitting("TE\u0301310000000001", CARD) == "TE1310000000001"
    assert fitting("TÉ31", CARD) is None


def test_a_text_without_marks_is_its_only_reading() -> None:
    assert list(readings("DN4310000000001")) == ["DN4310000000001"]
    assert not has_marks("00022/2026/03101")
