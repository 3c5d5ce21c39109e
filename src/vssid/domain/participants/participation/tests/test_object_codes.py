from datetime import date

import pytest

from vssid.kernel import dated

from .. import object_codes


@pytest.mark.parametrize(
    ("code", "level", "day", "then"),
    [
        ("CN", "3", date(2025, 12, 31), "3"),
        ("CN", "3", date(2026, 1, 1), "2"),
        ("CN", "2", date(2026, 1, 1), "2"),
        ("CN", "2", date(2025, 6, 1), "2"),
        ("LH", "4", date(2025, 12, 31), "4"),
        ("LH", "4", date(2026, 1, 1), "2"),
        ("HT", "3", date(2026, 6, 1), "3"),
        ("CT", "4", date(2026, 6, 1), "4"),
        ("GD", "4", date(2026, 6, 1), "4"),
        ("CN", "1", date(2026, 6, 1), "1"),
        ("??", "4", date(2026, 6, 1), "4"),
    ],
)
def test_a_level_is_that_of_the_day_and_what_an_office_wrote_stands_otherwise(code, level, day, then):
    assert object_codes.level_on(code, level, day) == then


def test_a_change_names_its_law():
    change = object_codes.change("CN", "3", date(2026, 11, 28))
    assert change is not None
    assert change.legal_base.startswith("NQ 261/2025/QH15")
    assert object_codes.change("CN", "3", date(2025, 11, 28)) is None


def test_no_object_has_two_levels_on_a_day_but_the_one_without_days():
    for code in {row["code"] for row in object_codes.table()} - {"CT"}:
        for day in (date(2025, 12, 31), date(2026, 1, 1)):
            rows = [row for row in object_codes.table() if row["code"] == code and dated.holds(row, day)]
            assert len(rows) == 1, (code, day)
