from math import cos, hypot, radians
from statistics import median

import pytest

from vssid.domain.places import former, positions
from vssid.domain.places import queries as places


def test_every_former_commune_lives_on_in_communes_of_todays_list() -> None:
    today = {unit.code for province in places.provinces() for unit in places.communes_of(province.code)}
    units = [
        unit
        for code in range(1, 97)
        for district in former.districts_of(f"{code:02d}")
        for unit in former.communes_of(district.code)
    ]
    assert len(units) == 10_040
    assert all(unit.successors for unit in units)
    assert {code for unit in units for code in unit.successors} == today


def test_a_former_commune_lives_on_in_the_province_that_its_own_merged_into() -> None:
    for province in range(1, 97):
        if (was := places.former_province(f"{province:02d}")) is None:
            continue
        for district in former.districts_of(was.code):
            for unit in former.communes_of(district.code):
                for code in unit.successors:
                    assert places.commune(code).province_code == was.successor_code, unit


def test_a_kind_stands_once_in_a_name() -> None:
    numbered = {unit.full_name for unit in former.communes_of("703") if unit.name.isdigit()}
    assert {"Phường 1", "Phường 2", "Phường 3", "Phường 4"} <= numbered


def test_an_island_district_without_communes_lives_on_as_a_special_zone() -> None:
    island = former.communes_of("318")
    assert [unit.full_name for unit in island] == [""]
    assert places.commune(island[0].successors[0]).full_name == "Đặc khu Bạch Long Vĩ"


def test_a_divided_commune_names_each_of_its_parts_once() -> None:
    several = [unit for code in ("303", "304", "305", "306") for unit in former.communes_of(code)]
    assert max(len(unit.successors) for unit in several) > 1
    for unit in several:
        assert len(set(unit.successors)) == len(unit.successors)


def test_communes_of_one_name_do_not_lead_to_each_others_place() -> None:
    wards = {
        unit.code: [places.commune(code).name for code in unit.successors]
        for district in (*former.districts_of("72"), *former.districts_of("80"))
        for unit in former.communes_of(district.code)
        if unit.full_name == "Phường 4"
    }
    assert sorted(wards.values()) == [["Long An"], ["Tân Ninh"]]


def test_the_communes_that_became_hong_bang_are_found_back() -> None:
    former_communes = former.predecessors("11311")
    assert former_communes
    assert {former.district(unit.district_code).province_code for unit in former_communes} == {"31"}
    assert all("11311" in former.successors(unit.code) for unit in former_communes)


def test_there_are_696_districts_in_63_provinces() -> None:
    numbers = [len(former.districts_of(f"{code:02d}")) for code in range(1, 97)]
    assert sum(numbers) == 696
    assert sum(1 for number in numbers if number) == 63


@pytest.mark.parametrize("code", ["", "99999", "abc"])
def test_a_code_of_no_former_commune_is_refused(code: str) -> None:
    with pytest.raises(places.UnknownPlace):
        former.successors(code)
    with pytest.raises(places.UnknownPlace):
        former.district(code)
    assert former.predecessors(code) == ()


def test_every_commune_of_today_has_a_position_in_viet_nam() -> None:
    for province in places.provinces():
        for unit in places.communes_of(province.code):
            where = positions.position(unit.code)
            assert 6 < where.latitude < 24, unit
            assert 102 < where.longitude < 118, unit
            assert where.area is None or where.area > 0, unit


def test_communes_that_became_of_one_district_lie_near_each_other() -> None:
    for province in range(1, 97):
        for district in former.districts_of(f"{province:02d}"):
            units = former.communes_of(district.code)
            where = [positions.position(unit.successors[0]) for unit in units]
            middle = (median(spot.latitude for spot in where), median(spot.longitude for spot in where))
            for spot in where:
                east = (spot.longitude - middle[1]) * cos(radians(middle[0]))
                assert 111.2 * hypot(spot.latitude - middle[0], east) < 125, (
                    district,
                    spot,
                )  # Thổ Châu: 122 km


def test_an_unknown_commune_has_no_position() -> None:
    with pytest.raises(places.UnknownPlace):
        positions.position("99999")
