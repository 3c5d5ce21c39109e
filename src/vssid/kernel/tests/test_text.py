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


UNSEEN = [
    "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2060", "\u2064", "\ufeff", "\ufeff\ufeff", "\u00ad",
    "\u034f", "\u061c", "\u115f", "\u180e", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066",
    "\u2067", "\u2068", "\u2069", "\u3164", "\ufe00", "\ufe0f", "\U000e0020", "\x00", "\x08", "\x1b", "\x7f",
    "\u200b\u200d",
]  # fmt: skip


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
@pytest.mark.parametrize("words", ["3199000001", "Nguyễn Văn Mẫu", "TZ0001A", "bhxh_code"])
def test_what_nobody_sees_is_dropped_wherever_it_stands(words, unseen):
    middle = len(words) // 2
    written = [unseen + words, words + unseen, words[:middle] + unseen + words[middle:]]
    assert [text.visible(spelling) for spelling in written] == [words] * 3
    assert [text.tidy(spelling) for spelling in written] == [words] * 3


@pytest.mark.parametrize(
    "meant", ["👨\u200d👩\u200d👧", "❤\ufe0f\u200d🔥", "می\u200cخواهم", "one\ntwo\tthree", "a\u00a0b"]
)
def test_what_means_something_stays(meant):
    assert text.visible(meant) == meant
    assert text.tidy(meant).split() == meant.split()


@pytest.mark.parametrize(
    "typed",
    [
        "3199 000 001", "3199.000.001", "3199-000-001", "3199\u2011000\u2011001", "3199\u2013000\u2212001",
        "３１９９０００００１", "3199\u00a0000001", "3199\u202f000\u2009001", "3199／000／001",
        "\u3000３１９９\u3000000001\ufeff", "\ufeff\ufeff3199000001", "\u202a3199000001\u202c",
    ],
)  # fmt: skip
def test_a_code_is_what_is_meant_however_it_was_typed(typed):
    assert text.code_text(typed) == "3199000001"


@pytest.mark.parametrize("typed", ["319900000¹", "319900000①", "319900000½", "319900000٣"])
def test_a_sign_that_only_looks_like_a_digit_is_none(typed):
    assert text.code_text(typed) == typed


@given(st.text(max_size=60))
def test_dropping_the_unseen_twice_is_dropping_it_once(written):
    assert text.visible(text.visible(written)) == text.visible(written)


@given(st.text(max_size=60))
def test_tidying_twice_is_tidying_once(written):
    assert text.tidy(text.tidy(written)) == text.tidy(written)


def test_differences_are_marked_letter_by_letter():
    assert text.differing("Nguyễn Thị Lam", "Nguyễn Thị Lan") == [("Nguyễn Thị La", False), ("m", True)]


@given(st.text("aăâbcdđ ", max_size=20), st.text("aăâbcdđ ", max_size=20))
def test_the_marked_runs_are_the_text(name, other):
    assert "".join(run for run, _ in text.differing(name, other)) == text.tidy(name)


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


@pytest.mark.parametrize(
    "typed", ["TN-2026-000123", "\u202aＴＮ–2026−000123\u00a0", "\ufeffTN\u20112026-000123\u200b"]
)
def test_a_number_keeps_the_signs_that_count(typed):
    assert text.number_text(typed) == "TN-2026-000123"


@pytest.mark.parametrize(
    "typed", ["123456", "123 456", "１２３４５６", "12\u200b3-456", "G-123456", "123456²"]
)
def test_of_a_short_code_only_the_digits_count(typed):
    assert text.digits(typed) == "123456"
