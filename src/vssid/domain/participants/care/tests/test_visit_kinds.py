from datetime import date

import pytest
from django.utils import translation

from .. import visit_kinds

DAY = date(2026, 11, 28)


def test_the_list_has_the_sixteen_kinds_of_the_ministry():
    assert visit_kinds.known() == tuple(f"{number:02d}" for number in range(1, 17))


@pytest.mark.parametrize(
    ("code", "day", "words"),
    [
        ("01", date(2024, 3, 4), "Khám bệnh"),
        ("11", DAY, "Khám bệnh, chữa bệnh lưu động"),
        ("16", date(2026, 8, 1), "Khám sàng lọc"),
        ("15", date(2026, 7, 1), "Khám sức khỏe định kỳ"),
        ("17", DAY, "17"),
        ("A1", DAY, "A1"),
    ],
)
def test_a_kind_has_the_name_of_the_list_and_an_unknown_one_its_code(code, day, words):
    with translation.override("vi"):
        assert visit_kinds.name(code, day) == words


def test_kinds_have_english_names():
    with translation.override("en"):
        assert [visit_kinds.name(code, DAY) for code in ("03", "14", "17")] == [
            "Inpatient treatment",
            "Care at a distance",
            "17",
        ]
