"""Typed against read, without regard to what is only spelling."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from vssid.domain.identity.compare import Typed, differences
from vssid.domain.identity.reading import FEMALE, MALE, Reading, Source
from vssid.kernel.ids import IdNumber

TYPED = Typed(
    full_name="Nguyễn Văn Mẫu",
    birth_date=date(1990, 1, 2),
    sex=MALE,
    id_number=IdNumber("031090000001"),
    issued_on=date(2021, 3, 1),
)
CARD = Reading(
    source=Source.QR,
    id_number=IdNumber("031090000001"),
    old_id_number=IdNumber("031000001"),
    full_name="Nguyễn Văn Mẫu",
    birth_date=date(1990, 1, 2),
    sex=MALE,
    issued_on=date(2021, 3, 1),
)


def fields(typed: Typed, reading: Reading) -> list[str]:
    return [difference.field for difference in differences(typed, reading)]


@pytest.mark.parametrize(
    "name", ["NGUYỄN VĂN MẪU", " nguyễn  văn mẫu ", unicodedata.normalize("NFD", "Nguyễn Văn Mẫu")]
)
def test_spelling_is_no_difference(name):
    assert fields(replace(TYPED, full_name=name), CARD) == []


def test_every_other_field_is_told():
    other = Typed(
        full_name="Nguyễn Văn Mậu",
        birth_date=date(1990, 2, 1),
        sex=FEMALE,
        id_number=IdNumber("031090000002"),
        issued_on=date(2021, 3, 2),
    )
    assert fields(other, CARD) == ["full_name", "birth_date", "sex", "id_number", "issued_on"]


def test_what_the_card_does_not_hold_is_no_difference():
    bare = Reading(source=Source.MRZ, id_number=CARD.id_number)
    assert fields(TYPED, bare) == []
    assert fields(replace(TYPED, issued_on=None), CARD) == []


def test_an_mrz_cannot_tell_diacritics():
    card = replace(CARD, source=Source.MRZ, full_name="NGUYEN VAN MAU")
    assert fields(TYPED, card) == []
    assert fields(replace(TYPED, full_name="Nguyễn Văn Mão"), card) == ["full_name"]


def test_a_long_name_is_cut_on_the_card():
    long = "Công Tằng Tôn Nữ Hoàng Phương Uyên"
    card = replace(CARD, source=Source.MRZ, full_name="CONG TANG TON NU HOANG PHUONG")
    assert fields(replace(TYPED, full_name=long), card) == []


def test_a_year_is_compared_as_a_year():
    card = replace(CARD, birth_date=date(1990, 1, 1), birth_precision="year")
    assert fields(TYPED, card) == []
    assert fields(replace(TYPED, birth_date=date(1991, 1, 1)), card) == ["birth_date"]


def test_an_old_number_is_on_the_card_too():
    assert fields(replace(TYPED, id_number=IdNumber("031000001")), CARD) == []


def test_a_difference_prints_no_value():
    (difference,) = differences(replace(TYPED, full_name="Canary"), CARD)
    assert "Canary" not in repr(difference)
    assert (difference.typed, difference.read) == ("Canary", "Nguyễn Văn Mẫu")


@pytest.mark.parametrize(
    ("typed", "card"),
    [("Ðỗ Văn Ðạt", "Đỗ Văn Đạt"), ("Nguyễn Thị Hòa", "NGUYỄN THỊ HOÀ"), ("H’Hen Niê", "H'Hen Niê")],
)
def test_other_code_points_are_no_difference(typed, card):
    assert fields(replace(TYPED, full_name=typed), replace(CARD, full_name=card)) == []


@pytest.mark.parametrize("typed", ["H’Hen Niê", "H'Hen Niê", "h` hen niê"])
def test_an_mrz_has_no_apostrophe(typed):
    mrz = Reading(source=Source.MRZ, id_number=CARD.id_number, full_name="HHEN NIE")
    assert fields(replace(TYPED, full_name=typed), mrz) == []


def test_lan_and_a_name_with_another_vowel_stay_two():
    assert fields(replace(TYPED, full_name="Lê Lan"), replace(CARD, full_name="Lê Lân")) == ["full_name"]
