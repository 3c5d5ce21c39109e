"""TD1 with the Vietnamese habits; vectors of the fact base, and what OCR does to them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.domain.identity import mrz
from vssid.domain.identity.reading import FEMALE, MALE, Reading, Source

MAU = ["IDVNM0900000018031090000001<<8", "9001022M3001020VNM<<<<<<<<<<<6", "NGUYEN<<VAN<MAU<<<<<<<<<<<<<<<"]
VI_DU = ["IDVNM1850000028031185000002<<8", "8506302F2506300VNM<<<<<<<<<<<0", "TRAN<<THI<VI<DU<<<<<<<<<<<<<<<"]


def read(lines: list[str]) -> Reading:
    reading = mrz.parse(lines)
    assert reading is not None
    return reading


def test_it_reads_the_vectors():
    mau, vi_du = read(MAU), read(VI_DU)
    assert mau.source is Source.MRZ
    assert mau.id_number.reveal() == "031090000001"
    assert (mau.full_name, mau.birth_date, mau.sex) == ("NGUYEN VAN MAU", date(1990, 1, 2), MALE)
    assert mau.expires_on == date(2030, 1, 2)
    assert (vi_du.full_name, vi_du.birth_date, vi_du.sex) == ("TRAN THI VI DU", date(1985, 6, 30), FEMALE)


def test_it_composes_the_vectors():
    mau = mrz.compose(
        id_number="031090000001",
        birth_date=date(1990, 1, 2),
        sex=MALE,
        expires_on=date(2030, 1, 2),
        full_name="Nguyễn Văn Mẫu",
    )
    assert list(mau) == MAU


def test_the_icao_sample_checks():
    assert mrz.check_digit("D23145890<<<<<<<<<<<<<<<<<<<<<<") == mrz.check_digit("D23145890")
    assert mrz.check_digit("740812") == "2"


def test_the_century_is_in_the_personal_number():
    lines = mrz.compose(
        id_number="031305000009",
        birth_date=date(2005, 11, 3),
        sex=FEMALE,
        expires_on=date(2030, 11, 3),
        full_name="Đỗ Ý",
    )
    reading = read(list(lines))
    assert (reading.birth_date, reading.full_name) == (date(2005, 11, 3), "DO Y")


def test_a_card_without_expiry_has_none():
    lines = mrz.compose(
        id_number="031055000009", birth_date=date(1955, 11, 3), sex=MALE, expires_on=None, full_name="Đỗ Ý"
    )
    assert read(list(lines)).expires_on is None


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        (0, "IDVNMO9OOOOOOI8O3IO9OOOOOOI<<B"),
        (0, "1DVNM0900000018031090000001KK8"),
        (0, "IDVNM0900000018031090000001<8"),
        (0, "lDVNM 090000001 8031090000001 «8"),
        (1, "9OOIO22M3OOI O2OVNM<<<<<<<<<<<6"),
        (1, "9001022M3001020VNM<<<KK<L<<<<6"),
        (1, "<9001022M3001020VNM<<<<<<<<<<<6"),
        (2, "NGUYEN<<VAN<MAU<<<<KK<<<LL<<<<"),
        (2, "NGUYEN<<VAN<MAU"),
    ],
)
def test_confusions_are_mended_where_check_digits_prove_it(line, seen):
    lines = [*MAU]
    lines[line] = seen
    assert read(["some print above", *lines]) == read(MAU)


@pytest.mark.parametrize("line", [0, 1])
def test_no_wrong_digit_passes(line):
    start, end = ((5, 27), (0, 15))[line]
    for place in range(start, end):
        old = MAU[line][place]
        if not old.isdigit():
            continue
        for new in set("0123456789") - {old}:
            lines = [*MAU]
            lines[line] = lines[line][:place] + new + lines[line][place + 1 :]
            assert mrz.parse(lines) is None


@pytest.mark.parametrize("place", [29])
def test_character_thirty_of_line_one_counts(place):
    lines = [MAU[0][:place] + "9", *MAU[1:]]
    assert mrz.parse(lines) is None


def test_an_unreadable_name_leaves_the_rest():
    reading = read([*MAU[:2], "N6UYEN<VAN MAU"])
    assert reading.full_name is None
    assert reading.id_number.reveal() == "031090000001"


@given(st.lists(st.text(alphabet="IDVNM0123456789<OQ ", max_size=40), max_size=5))
def test_no_text_breaks_it(lines):
    mrz.parse(lines)
