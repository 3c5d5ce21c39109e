"""The same name in other code points is the same name; another tone or vowel is another."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.kernel import letters, text

SAME = [
    ("Đỗ Văn Đạt", "Ðỗ Văn Ðạt"), ("Đỗ Văn Đạt", "Ɖỗ Văn Ɖạt"), ("đặng", "ðặng"), ("đặng", "ɖặng"),
    ("Đỗ", "D\u0335ỗ"), ("Đỗ", "D\u0336ỗ"),
    ("Nguyễn Thị Hòa", "Nguyễn Thị Hoà"), ("HÒA", "hoà"), ("Thủy", "Thuỷ"), ("Khỏe", "Khoẻ"),
    ("Tòan", "Toàn"), ("Quý", "Qúy"), ("Giàu", "Gìau"), ("Nguyễn", "Nguỹên"), ("Thúy Hòa", "Thuý Hoà"),
    *(("H'Hen Niê", f"H{sign}Hen Niê") for sign in "’‘ʼʻ´`′‛ˊˋʹꞌ＇"),
    ("H'Hen Niê", "H' Hen Niê"), ("K'Sor", "K’ Sor"),
    ("Y ƀhuăn Êban", "Y Bhuăn Êban"), ("Y Ƀhuăn", "Y ɓhuăn"), ("Ayŭn", "Ayun"), ("Kbuôr Ñơ̆i", "Kbuôr Nơi"),
    ("Čil", "Cil"), ("Yăng", "Yǎng"),
    ("Trần-Lê", "Trần–Lê"), ("ＮＧＵＹỄＮ", "Nguyễn"), ("Lê\u00a0 \u3000Lan ", "lê lan"),
    ("Ha\u0300", "Hà"), ("Ha\u0340", "Hà"), ("Phu\u031b\u0323c", "Phu\u0323\u031bc"), ("La\u200bn", "Lan"),
]  # fmt: skip
OTHER = [
    ("Lan", "Lân"), ("Lan", "Lăn"), ("Hòa", "Hóa"), ("Hòa", "Hoa"), ("Quý", "Quí"), ("Lý", "Lí"),
    ("Đạt", "Dạt"), ("Mai", "Mải"), ("Hương", "Hường"), ("Bảo Hà", "Bào Hả"), ("Thu Hà", "Thù Ha"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "other"), SAME)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_spellings_of_a_name_are_one(name, other, form):
    for written in (other, other.upper(), other.lower()):
        written = unicodedata.normalize(form, written)
        assert text.same_name(name, written)
        assert text.same_name_bare(name, written)
        assert text.fold(name) == text.fold(written)
        assert not any(differs for _, differs in text.differing(name, written))


@pytest.mark.parametrize(("name", "other"), OTHER)
def test_another_tone_or_vowel_is_another_name(name, other):
    assert not text.same_name(name, other)
    assert any(differs for _, differs in text.differing(name, other))


def test_what_is_no_difference_is_not_marked_beside_one_that_is():
    assert text.differing("Ðặng Văn Hòa", "Đặng Thị Hoà") == [
        ("Ðặng ", False), ("Văn", True), (" Hòa", False),
    ]  # fmt: skip


def test_of_a_tone_that_stands_elsewhere_both_letters_are_marked():
    assert text.differing("Hòa", "Hoá") == [("H", False), ("òa", True)]


def test_an_mrz_knows_neither_apostrophes_nor_hyphens():
    assert text.same_name_bare("H’Hen-Mai Niê", "HHEN MAI NIE")
    assert text.bare("H' Hen Niê") == "hhen nie"


def test_every_letter_of_the_table_is_of_this_alphabet_and_stays_what_it_became():
    for sign, same in letters.SAME.items():
        assert letters.canonical(same) == same.casefold()
        assert letters.canonical(sign) == same.casefold()


NAMES = st.text("aàáâầăbcdđðÐƀeêếiíoòôơuúưyỳ'’` -\u0300\u0301\u0323\u0306\u031b", max_size=20)


@given(NAMES)
def test_the_spelling_to_compare_by_is_its_own(name):
    assert text.canonical(text.canonical(name)) == text.canonical(name)


@given(NAMES, NAMES)
def test_who_has_the_same_name_has_the_same_bare_name(name, other):
    if text.same_name(name, other):
        assert text.same_name_bare(name, other)


@given(NAMES)
def test_letters_side_by_side_are_the_text(name):
    tidy = text.tidy(name)
    assert "".join(unit.shown for unit in letters.units(tidy)) == tidy
