from datetime import date

import pytest

from vssid.kernel import dated

TABLE = dated.rows(
    [
        "from,to,code,level,mark",
        ",2025-12-31,CN,3,[S]",
        "2026-01-01,,CN,2,[S]",
        ",,CT,4,[S]",
        ",,CT,2,[M]",
    ]
)


@pytest.mark.parametrize(
    ("day", "level"),
    [(date(2020, 1, 1), "3"), (date(2025, 12, 31), "3"), (date(2026, 1, 1), "2"), (date(2099, 1, 1), "2")],
)
def test_the_row_of_the_day_counts(day, level):
    row = dated.on(TABLE, day, code="CN")
    assert row is not None
    assert row["level"] == level


def test_of_rows_without_a_start_the_later_one_counts():
    row = dated.on(TABLE, date(2026, 1, 1), code="CT")
    assert row is not None
    assert row["level"] == "2"


def test_what_is_not_in_the_table_has_no_row():
    assert dated.on(TABLE, date(2026, 1, 1), code="XX") is None


@pytest.mark.parametrize("row", ["2026-01-01,2025-12-31,CN,3,[S]", ",,CN,3,sure", ",,CN,3,"])
def test_it_refuses_a_row_that_ends_before_it_begins_or_has_no_mark(row):
    with pytest.raises(ValueError, match="CN"):
        dated.rows(["from,to,code,level,mark", row])
