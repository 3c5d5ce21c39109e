import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.kernel import sms_text, text


@pytest.mark.parametrize(
    ("written", "folded"),
    [("Đỗ Thị Ánh", "do thi anh"), ("NGUYỄN  VĂN\tMẪU", "nguyen van mau"), ("H'Hen Niê", "h'hen nie")],
)
def test_names_are_folded_for_search(written, folded):
    assert text.fold(written) == folded


def test_a_name_is_the_same_in_any_case_and_unicode_form():
    name = "Nguyễn Thị Lan"
    assert text.same_name(name, unicodedata.normalize("NFD", name.upper()))


def test_marks_make_another_name():
    assert not text.same_name("Lan", "Lân")
    assert text.same_name_bare("Lân", "LAN")


@given(st.text(max_size=60))
def test_tidying_twice_is_tidying_once(written):
    assert text.tidy(text.tidy(written)) == text.tidy(written)


def test_differences_are_marked_letter_by_letter():
    assert text.differing("Nguyễn Thị Lam", "Nguyễn Thị Lan") == [("Nguyễn Thị La", False), ("m", True)]


@given(st.text("aăâbcdđ ", max_size=20), st.text("aăâbcdđ ", max_size=20))
def test_the_marked_runs_are_the_text(one, other):
    assert "".join(run for run, _ in text.differing(one, other)) == text.tidy(one)


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("ạ" * 70, 1),
        ("ạ" * 71, 2),
        ("€" * 80, 1),
        ("€" * 81, 2),
    ],
)
def test_sms_parts_are_counted_as_the_network_bills_them(written, parts):
    assert sms_text.parts(written) == parts
