"""Ways of writing days, months and minutes."""

import pytest
from django.db import connection

from .. import cells

pytestmark = pytest.mark.django_db


def asked(expression: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ({expression})::text")
        return cursor.fetchone()[0]


@pytest.mark.parametrize("cell", ["2025-01", "01/2025", "2025-01-01"])
def test_a_month_is_its_first_day_however_written(cell):
    assert asked(cells.month("m", "").good.replace("{c}", f"'{cell}'")) == "true"
    assert asked(cells.as_month(f"'{cell}'")) == "2025-01-01"


@pytest.mark.parametrize("cell", ["2025-13", "2025-01-02", "1/2025", "0999-01", "01/01/2025", "nay"])
def test_what_is_no_month_is_refused(cell):
    assert asked(cells.month("m", "").good.replace("{c}", f"'{cell}'")) == "false"


@pytest.mark.parametrize(
    ("cell", "minute"),
    [
        ("2025-01-31 08:30", "2025-01-31 01:30:00+00"),
        ("2025-01-31T08:30", "2025-01-31 01:30:00+00"),
        ("31/01/2025 08:30", "2025-01-31 01:30:00+00"),
        ("202501310830", "2025-01-31 01:30:00+00"),
        ("31/01/2025", "2025-01-30 17:00:00+00"),
        ("2025-01-31", "2025-01-30 17:00:00+00"),
    ],
)
def test_a_minute_is_told_in_vietnamese_time(cell, minute):
    assert asked(cells.minute("m", "").good.replace("{c}", f"'{cell}'")) == "true"
    assert asked(cells.as_time(f"'{cell}'")) == minute


@pytest.mark.parametrize("cell", ["2025-02-30 08:30", "2025-01-31 24:30", "2025-01-31 8:30", "20250131083"])
def test_what_is_no_minute_is_refused(cell):
    assert asked(cells.minute("m", "").good.replace("{c}", f"'{cell}'")) == "false"
