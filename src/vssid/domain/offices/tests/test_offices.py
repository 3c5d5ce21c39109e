import csv
from datetime import UTC, datetime, time

import pytest

from vssid.domain.imports import actions
from vssid.domain.offices import hours, queries
from vssid.domain.offices.importers import OFFICES
from vssid.kernel.actor import SYSTEM

NOW = datetime(2025, 7, 1, tzinfo=UTC)
PROVINCE = {"code": "03100", "name": "BHXH thành phố Hải Phòng", "province_code": "31"}
HONG_BANG = {
    "code": "03101",
    "parent_code": "03100",
    "name": "BHXH quận Hồng Bàng",
    "address": "1 Phố Mẫu",
    "hours": "2-6 07:30-11:30 13:30-17:00; 7 07:30-11:30",
    "province_code": "31",
    "communes": "11311",
    "old_districts": "Quận Hồng Bàng",
    "is_synthetic": "1",
}
LE_CHAN = {"code": "03103", "parent_code": "03100", "name": "BHXH quận Lê Chân", "province_code": "31"}
HA_NOI = {"code": "00100", "name": "BHXH thành phố Hà Nội", "province_code": "01"}


def load(folder, *rows):
    path = folder / "offices.csv"
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return actions.run(OFFICES, path, by=SYSTEM, now=NOW, errors_to=folder / "loi.csv")


@pytest.fixture
def offices(db, tmp_path):
    load(tmp_path, HONG_BANG, LE_CHAN, PROVINCE, HA_NOI)


def test_an_office_is_found_with_its_hours_in_words(offices):
    office = queries.office("03101")
    assert (office.name, office.is_synthetic) == ("BHXH quận Hồng Bàng", True)
    assert office.hours == ["Thứ Hai – Thứ Sáu: 7:30–11:30, 13:30–17:00", "Thứ Bảy: 7:30–11:30"]


def test_an_unknown_office_is_refused(offices):
    with pytest.raises(queries.UnknownOffice):
        queries.office("03999")


def test_the_office_of_the_commune_is_nearest(offices):
    assert [one.code for one in queries.nearest("11311", "31")] == ["03101", "03103", "03100"]


def test_the_office_of_the_former_district_is_next(offices):
    assert queries.nearest("11602", "31")[0].code == "03101"


def test_an_unknown_address_has_the_offices_of_its_province_first(offices):
    assert [one.code for one in queries.nearest("", "31")][:3] == ["03101", "03103", "03100"]
    assert queries.nearest("", "01")[0].code == "00100"


def test_an_office_that_receives_nothing_is_not_offered(offices, tmp_path):
    load(tmp_path, HONG_BANG | {"receives_applications": "0"})
    assert "03101" not in [one.code for one in queries.nearest("11311", "31")]
    assert "03101" in dict(queries.choices())
    assert not queries.receives("03101")
    assert queries.receives("03103")


def test_of_thousands_of_offices_one_chooses_among_a_province_and_the_heads(offices, monkeypatch):
    every = dict(queries.choices())
    monkeypatch.setattr(queries, "FEW", 2)
    of_hai_phong = dict(queries.choices("31"))
    assert set(of_hai_phong) == {code for code in every if code.startswith("031") or code.endswith("00")}
    assert set(queries.choices("")) == {(c, n) for c, n in every.items() if c.endswith("00")}
    assert queries.province_of("03101") == "31"
    assert queries.province_of("09999") == ""
    assert queries.province_of("\0") == ""


def test_offices_elsewhere_are_offered_only_where_the_province_has_none(offices):
    assert {one.province_code for one in queries.nearest("11311", "31")} == {"31"}
    assert queries.nearest("", "96")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2025, 7, 1, 0, 30, tzinfo=UTC), True),  # Tuesday 7:30
        (datetime(2025, 7, 1, 4, 30, tzinfo=UTC), False),  # Tuesday 11:30
        (datetime(2025, 7, 5, 7, 0, tzinfo=UTC), False),  # Saturday 14:00
        (datetime(2025, 7, 6, 2, 0, tzinfo=UTC), False),  # Sunday 9:00
    ],
)
def test_an_office_is_open_in_its_hours(offices, moment, expected):
    assert queries.office("03101").is_open(moment) is expected


@pytest.mark.parametrize(
    "cell", ["2-6", "9 07:30-11:30", "6-2 07:30-11:30", "2 11:30-07:30", "2 7:30-11:30", "?"]
)
def test_hours_written_otherwise_are_refused(cell):
    with pytest.raises(hours.BadHours):
        hours.parse(cell)


def test_hours_survive_being_stored():
    openings = hours.parse("8 08:00-09:00")
    assert openings == [hours.Opening((7,), time(8), time(9))]
    assert hours.from_json(hours.to_json(openings)) == tuple(openings)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": "3101"}, "bad_office"),
        ({"parent_code": "03999"}, "unknown_parent"),
        ({"parent_code": "03101"}, "unknown_parent"),
        ({"name": ""}, "missing"),
        ({"hours": "cả ngày"}, "bad_hours"),
        ({"province_code": "30"}, "unknown_province"),
        ({"communes": "11311 99999"}, "unknown_commune"),
        ({"is_synthetic": "có"}, "bad_choice"),
    ],
)
def test_a_wrong_office_is_refused(offices, tmp_path, change, code):
    report = load(tmp_path, HONG_BANG | change)
    assert report.refused == 1
    assert code in report.error_file.read_text(encoding="utf-8-sig")
