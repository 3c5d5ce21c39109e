from itertools import groupby

import pytest

from vssid.domain.places import queries as places


def test_the_list_has_34_provinces_and_3321_communes():
    provinces = places.provinces()
    assert len(provinces) == 34
    assert sum(len(places.communes_of(unit.code)) for unit in provinces) == 3321


def test_names_have_no_stray_spaces():
    for province in places.provinces():
        for unit in places.communes_of(province.code):
            assert unit.name == " ".join(unit.name.split())


def test_codes_are_text_with_their_leading_zeros():
    assert places.province("01").full_name == "Thành phố Hà Nội"
    assert places.commune("00004").full_name == "Phường Ba Đình"


def test_a_commune_names_its_former_district():
    unit = places.commune("11311")
    assert (unit.name, unit.kind, unit.old_district) == ("Hồng Bàng", "phường", "Quận Hồng Bàng")
    assert unit.province_code == "31"


def test_a_commune_new_in_2025_has_no_former_district():
    assert places.commune("11948").old_district == ""


def test_hai_phong_has_its_114_communes_grouped_by_former_district():
    communes = places.communes_of("31")
    assert len(communes) == 114
    groups = [name for name, _ in groupby(unit.old_district for unit in communes)]
    assert len(groups) == len({*groups})


def test_an_unknown_code_is_refused():
    with pytest.raises(places.UnknownPlace):
        places.province("30")
    with pytest.raises(places.UnknownPlace):
        places.commune("99999")
    assert places.communes_of("30") == []


def test_a_commune_must_lie_in_its_province():
    assert places.is_commune_of("11311", "31")
    assert not places.is_commune_of("11311", "01")


def test_a_merged_province_keeps_its_old_meaning_on_old_codes():
    old = places.former_province("44")
    assert old is not None
    assert (old.name, old.successor_code) == ("Quảng Bình", "44")
    assert places.province("44").name == "Quảng Trị"
    hai_duong = places.former_province("30")
    assert hai_duong is not None
    assert hai_duong.successor_code == "31"


def test_an_address_line_leaves_out_what_is_unknown():
    full = places.address_line(" 1  Phố Mẫu", "11311", "31")
    assert full == "1 Phố Mẫu, Phường Hồng Bàng, Thành phố Hải Phòng"
    assert places.address_line("", "00000", "31") == "Thành phố Hải Phòng"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 Phố Mẫu, Phường Hồng Bàng, Thành phố Hải Phòng", ("31", "11311")),
        ("1 Phố Mẫu, hồng bàng, HẢI PHÒNG", ("31", "11311")),
        ("Thôn 2, Xã Nam Sách, Huyện Nam Sách, Hải Dương", ("31", "10606")),
        ("Số 5, Quận Hồng Bàng, Hải Phòng", ("31", "")),
        ("1 Phố Mẫu, Hồng An, Hồng Bàng, Hải Phòng", ("31", "11602")),
        ("1 Phố Mẫu, Minh Khai, Hồng Bàng, Hải Phòng", ("31", "")),
        ("Hải Phòng", ("31", "")),
    ],
)
def test_it_reads_a_written_address(text, expected):
    assert places.match_address(text) == expected


@pytest.mark.parametrize("text", ["", "ở đâu đó", "1 Phố Mẫu, Paris"])
def test_it_reads_no_address_from_other_text(text):
    assert places.match_address(text) is None
