"""The card's QR as issued, and as scanners and years have bent it."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.domain.identity import cccd_qr
from vssid.domain.identity.reading import FEMALE, MALE, Reading, Source

VECTOR = "031090000001|031000001|Nguyễn Văn Mẫu|02011990|Nam|1 Phố Mẫu, Hồng Bàng, Hải Phòng|01032021"


def read(text: str) -> Reading:
    reading = cccd_qr.parse(text)
    assert reading is not None
    return reading


def with_birth(birth: str) -> str:
    return VECTOR.replace("02011990", birth)


def test_it_reads_every_field():
    reading = read(VECTOR)
    assert reading.source is Source.QR
    assert reading.id_number.reveal() == "031090000001"
    assert reading.old_id_number is not None
    assert reading.old_id_number.reveal() == "031000001"
    assert reading.full_name == "Nguyễn Văn Mẫu"
    assert (reading.birth_date, reading.birth_precision) == (date(1990, 1, 2), "day")
    assert reading.sex == MALE
    assert reading.address == "1 Phố Mẫu, Hồng Bàng, Hải Phòng"
    assert reading.issued_on == date(2021, 3, 1)
    assert reading.expires_on is None


@pytest.mark.parametrize(
    ("birth", "day", "precision"),
    [
        ("1955", date(1955, 1, 1), "year"),
        ("071955", date(1955, 7, 1), "month"),
        ("00001955", date(1955, 1, 1), "year"),
        ("00071955", date(1955, 7, 1), "month"),
        ("29022000", date(2000, 2, 29), "day"),
    ],
)
def test_a_birth_date_may_be_known_in_part(birth, day, precision):
    reading = read(with_birth(birth))
    assert (reading.birth_date, reading.birth_precision) == (day, precision)


@pytest.mark.parametrize("birth", ["", "31021990", "199", "02/01/1990", "0201199x", "²2011990"])
def test_a_date_that_is_none_is_left_out(birth):
    assert read(with_birth(birth)).birth_date is None


def test_the_card_of_2024_has_more_parts():
    assert read(VECTOR + "|Nguyễn Văn Cha|Trần Thị Mẹ||").full_name == "Nguyễn Văn Mẫu"


def test_the_old_number_may_be_empty_or_of_twelve_digits():
    assert read(VECTOR.replace("|031000001|", "||")).old_id_number is None
    twelve = read(VECTOR.replace("|031000001|", "|031000001234|")).old_id_number
    assert twelve is not None
    assert twelve.reveal() == "031000001234"


def test_decomposed_letters_and_stray_spaces_are_tidied():
    bent = (
        "\ufeff " + unicodedata.normalize("NFD", VECTOR.replace("Văn", " Văn ").replace("Nam", "nữ")) + "\r\n"
    )
    reading = read(bent)
    assert reading.full_name == "Nguyễn Văn Mẫu"
    assert reading.sex == FEMALE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.vn",
        "031090000001|031000001|Nguyễn Văn Mẫu|02011990|Nam|Hải Phòng",  # six parts
        "0000000001|4e67|02/01/1990|1|-|31 - 000|01/01/2022|-|15/12/2021|x|-|4|y|z|4|q|$",  # health insurance
        "031090000001|a|b|c|d|e|f|$",
        "03109000000A||Tên|1990|Nam|x|01032021",
    ],
)
def test_another_code_is_no_card(text):
    assert cccd_qr.parse(text) is None


@given(st.text(max_size=200))
def test_no_text_breaks_it(text):
    cccd_qr.parse(text)
    cccd_qr.parse("031090000001|" + text)


def test_what_is_composed_can_be_read():
    text = cccd_qr.compose(
        id_number="031090000001",
        old_id_number="031000001",
        full_name="Nguyễn Văn Mẫu",
        birth="02011990",
        sex=MALE,
        address="1 Phố Mẫu, Hồng Bàng, Hải Phòng",
        issued_on=date(2021, 3, 1),
    )
    assert text == VECTOR


def test_a_reading_prints_nothing_personal_and_survives_json():
    reading = read(VECTOR)
    assert "Mẫu" not in f"{reading!r} {reading}"
    assert Reading.from_json(reading.to_json()) == reading


def test_a_card_that_was_read_in_a_wrong_charset_is_mended():
    card = "031090000001||Vũ Thị Dịu|02011990|Nữ|1 Phố Mẫu, Hải Phòng|01032021"
    for charset in ("latin-1", "mac_roman", "cp437"):
        reading = read(card.encode().decode(charset))
        assert (reading.full_name, reading.sex, reading.address) == (
            "Vũ Thị Dịu", FEMALE, "1 Phố Mẫu, Hải Phòng"
        )  # fmt: skip
        assert not reading.name_unread


def test_a_name_that_cannot_be_mended_is_not_used_and_said():
    reading = read("031090000001||VÅ� Thá»‹ Dá»\u008bu|02011990|Nữ|1 Phá»‘ Máº«u|01032021")
    assert reading.full_name is None
    assert reading.name_unread
    assert reading.address == "1 Phố Mẫu"
    assert Reading.from_json(reading.to_json()).name_unread


@pytest.mark.parametrize(("kept", "name"), [("VÅ© Thá»‹ Dá»‹u", "Vũ Thị Dịu"), ("Nguyá»…n ThÃ", None)])
def test_a_name_that_was_kept_broken_is_mended_or_not_used_when_it_is_read_again(kept, name):
    old = {key: value for key, value in read(VECTOR).to_json().items() if key != "name_unread"}
    again = Reading.from_json(old | {"full_name": kept})
    assert (again.full_name, again.name_unread) == (name, name is None)
