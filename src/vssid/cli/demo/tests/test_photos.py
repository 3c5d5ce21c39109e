"""The drawn photos do what they were drawn for: good ones are read, bad ones are told."""

from __future__ import annotations

import io
from datetime import date

import pytest
from PIL import Image as Pillow

from vssid.domain.identity import reader
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.identity.reader import Looked
from vssid.infra.documents import mrz

from ..pictures import photos
from ..pictures.photos import CardPerson
from .drawn import drawn

FRONT, BACK, PORTRAIT = ImageKind.FRONT, ImageKind.BACK, ImageKind.PORTRAIT
ADDRESS = "12/34 Phố Mẫu, Phường Hồng Bàng, Thành phố Hải Phòng"


def _person(name: str, birth: date, sex: int, number: str, expires: date | None) -> CardPerson:
    return CardPerson(
        full_name=name,
        birth_date=birth,
        sex=sex,
        id_number=number,
        old_id_number="031" + number[6:] if sex == 1 else "",
        address=ADDRESS,
        issued_on=date(2021, 4, 25),
        expires_on=expires,
    )


PEOPLE = [
    _person("Nguyễn Thị Lan", date(1990, 1, 2), 2, "031190000001", date(2030, 1, 2)),
    _person("Trần Văn Minh", date(1985, 6, 30), 1, "031085000002", date(2025, 6, 30)),
    _person("Lê Hoàng Phương Uyên", date(2001, 12, 9), 2, "031301000003", date(2026, 12, 9)),
    _person("Đỗ Quốc Ừng", date(1958, 3, 4), 1, "031058000004", None),
    _person("Vũ Thị Ỷ Nhi", date(1975, 7, 7), 2, "031175000005", date(2035, 7, 7)),
    _person("Phạm Ngọc Ánh Nguyệt Thảo Vy", date(1999, 10, 31), 2, "031199000006", date(2039, 10, 31)),
    _person("Bùi Đức Anh", date(1969, 9, 19), 1, "031069000007", date(2029, 9, 19)),
    _person("Hoàng Sơn", date(2003, 5, 15), 1, "031203000008", date(2028, 5, 15)),
]


def looked(kind: ImageKind, seed: int, defect: photos.Defect | None = None) -> Looked:
    return reader.look(kind, drawn(kind, PEOPLE[seed], seed, defect))


@pytest.mark.parametrize("seed", range(8))
def test_every_front_is_read_and_accepted(seed):
    card = looked(FRONT, seed)
    assert card.verdict.problems == ()
    assert card.reading is not None
    person = PEOPLE[seed]
    assert card.reading.id_number.reveal() == person.id_number
    assert card.reading.full_name == person.full_name
    assert card.reading.birth_date == person.birth_date
    assert card.reading.sex == person.sex
    assert card.reading.address == person.address
    assert card.reading.issued_on == person.issued_on


@pytest.mark.skipif(not mrz.available(), reason="tesseract is not installed")
def test_most_backs_are_read_and_none_wrongly():
    cards = [looked(BACK, seed) for seed in range(8)]
    assert all(card.verdict.acceptable for card in cards)
    read = [(card.reading, person) for card, person in zip(cards, PEOPLE, strict=True) if card.reading]
    assert len(read) >= 6
    for reading, person in read:
        assert reading.id_number.reveal() == person.id_number
        assert (reading.birth_date, reading.expires_on) == (person.birth_date, person.expires_on)


@pytest.mark.parametrize("seed", [1, 4, 6])
def test_portraits_are_accepted_upright(seed):
    portrait = looked(PORTRAIT, seed)
    assert portrait.verdict.problems == ()
    assert portrait.height > portrait.width


@pytest.mark.parametrize("kind", [FRONT, BACK])
@pytest.mark.parametrize("defect", ["blurred", "dark", "not_a_card"])
def test_each_defect_of_a_card_is_told(kind, defect):
    card = looked(kind, 2, defect)
    assert defect in card.verdict.problems
    assert not card.verdict.acceptable


@pytest.mark.parametrize("defect", ["blurred", "dark"])
def test_each_defect_of_a_portrait_is_told(defect):
    assert defect in looked(PORTRAIT, 3, defect).verdict.problems


def test_someone_elses_card_says_another_number():
    card = looked(FRONT, 5, "other_person")
    assert card.verdict.acceptable
    assert card.reading is not None
    assert card.reading.id_number.reveal() != PEOPLE[5].id_number


def test_a_photo_is_as_a_phone_writes_it_and_stored_bare():
    raw = drawn(PORTRAIT, PEOPLE[0], 0)
    with Pillow.open(io.BytesIO(raw)) as image:
        assert image.width * image.height == 12_000_000
        assert image.getexif()[0x0112] == 6
        assert image.getexif().get_ifd(0x8825)
    assert len(raw) < 10 * 1024 * 1024
    clean = reader.look(PORTRAIT, raw).jpeg
    assert b"Exif" not in clean
    assert b"Synthetic" not in clean


def test_one_seed_draws_one_picture(tmp_path):
    again = tmp_path / "again.jpg"
    photos.draw_back(PEOPLE[7], again, seed=7)
    assert again.read_bytes() == drawn(BACK, PEOPLE[7], 7)
    assert again.read_bytes() != drawn(BACK, PEOPLE[6], 6)


def test_a_card_person_prints_no_name():
    assert "Lan" not in repr(PEOPLE[0])
