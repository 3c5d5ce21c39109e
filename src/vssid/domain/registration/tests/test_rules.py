"""The decree on electronic transactions, by day."""

from __future__ import annotations

from datetime import date

import pytest

from vssid.kernel import laws

from ..paper import rules


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2021, 11, 18), "Nghị định 166/2016/NĐ-CP"),
        (date(2025, 6, 30), "Nghị định 166/2016/NĐ-CP"),
        (date(2025, 7, 1), "Nghị định 164/2025/NĐ-CP"),
        (date(2026, 11, 18), "Nghị định 164/2025/NĐ-CP"),
    ],
)
def test_the_decree_is_that_of_the_day(day, name):
    text = laws.read(rules.legal_base(day))
    assert text is not None
    assert text.in_vietnamese() == name
