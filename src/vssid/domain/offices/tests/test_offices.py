import csv
from datetime import UTC, date, datetime, time

import pytest

from vssid.domain.imports import actions
from vssid.domain.offices import hours, queries
from vssid.domain.offices.importers import OFFICES
from vssid.kernel.actor import SYSTEM
from vssid.kernel.calendar import VIETNAM

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
    assert [office.code for office in queries.nearest("11311", "31")] == ["03101", "03103", "03100"]


def test_the_office_of_the_former_district_is_next(offices):
    assert queries.nearest("11602", "31")[0].code == "03101"


def test_an_unknown_address_has_the_offices_of_its_province_first(offices):
    assert [office.code for office in queries.nearest("", "31")][:3] == ["03101", "03103", "03100"]
    assert queries.nearest("", "01")[0].code == "00100"


def test_an_office_that_receives_nothing_is_not_offered(offices, tmp_path):
    load(tmp_path, HONG_BANG | {"receives_applications": "0"})
    assert "03101" not in [office.code for office in queries.nearest("11311", "31")]
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
    assert {office.province_code for office in queries.nearest("11311", "31")} == {"31"}
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


WEEK = hours.parse("2-6 07:30-11:30 13:30-17:00")
DAY_AND_NIGHT = hours.parse("2-8 00:00-23:59")
NATIONAL_DAY = datetime(2026, 9, 2, 2, 0, tzinfo=UTC)  # a Wednesday, 9:00


def test_on_a_public_holiday_only_what_never_closes_is_open():
    assert not hours.is_open(WEEK, NATIONAL_DAY)
    assert hours.is_open(DAY_AND_NIGHT, NATIONAL_DAY)
    assert hours.is_open(WEEK, NATIONAL_DAY.replace(day=8))


@pytest.mark.parametrize(
    ("day", "of_state", "is_open"),
    [
        (date(2026, 1, 2), True, False),  # a Friday that is off
        (date(2026, 1, 2), False, False),
        (date(2026, 1, 9), True, True),
        (date(2026, 1, 10), True, True),  # the Saturday worked for it
        (date(2026, 1, 10), False, False),
        (date(2026, 1, 17), True, False),
        (date(2026, 11, 24), True, False),
        (date(2025, 11, 24), True, True),
    ],
)
def test_on_swapped_days_offices_of_the_state_work_or_rest_as_decided(day, of_state, is_open):
    afternoon = datetime.combine(day, time(14), VIETNAM)
    week = hours.parse("2-6 07:30-11:30 13:30-17:00; 7 07:30-11:30")
    assert hours.is_open(week, afternoon, of_state=of_state) is is_open
    closes = hours.closes(week, afternoon, of_state=of_state)
    assert closes == (time(17) if day.isoweekday() < 6 or is_open else None)


def test_it_opens_again_on_the_saturday_that_is_worked():
    evening = datetime(2026, 1, 9, 18, tzinfo=VIETNAM)
    then = hours.opens(WEEK, evening, of_state=True)
    assert then is not None
    assert f"{then:%Y-%m-%d %H:%M}" == "2026-01-10 07:30"


def test_on_a_day_off_of_its_own_nothing_is_open():
    day = NATIONAL_DAY.replace(day=8)
    assert not hours.is_open(WEEK, day, [date(2026, 9, 8)])
    assert not hours.is_open(DAY_AND_NIGHT, day, [date(2026, 9, 8)])


@pytest.mark.parametrize(
    ("now", "closed", "then"),
    [
        (datetime(2026, 9, 8, 5, 0, tzinfo=UTC), [], "2026-09-08 13:30"),  # Tuesday noon
        (datetime(2026, 9, 11, 11, 0, tzinfo=UTC), [], "2026-09-14 07:30"),  # Friday evening
        (datetime(2026, 9, 11, 11, 0, tzinfo=UTC), [date(2026, 9, 14)], "2026-09-15 07:30"),
        (datetime(2026, 8, 31, 11, 0, tzinfo=UTC), [], "2026-09-03 07:30"),  # over 1 and 2 September
    ],
)
def test_it_is_told_when_it_opens_again(now, closed, then):
    opens = hours.opens(WEEK, now, closed)
    assert opens is not None
    assert f"{opens:%Y-%m-%d %H:%M}" == then


def test_without_hours_nobody_knows_when_it_opens():
    assert hours.opens([], NATIONAL_DAY) is None


def test_it_is_told_when_it_closes():
    assert hours.closes(WEEK, datetime(2026, 9, 8, 2, 0, tzinfo=UTC)) == time(11, 30)
    assert hours.closes(WEEK, datetime(2026, 9, 8, 5, 0, tzinfo=UTC)) is None
    assert hours.closes(DAY_AND_NIGHT, datetime(2026, 9, 8, 5, 0, tzinfo=UTC)) is None


def test_days_off_come_from_the_file(offices, tmp_path):
    load(tmp_path, HONG_BANG | {"closed_days": "2025-07-01 2025-06-30"})
    office = queries.office("03101")
    assert office.closed_days == (date(2025, 6, 30), date(2025, 7, 1))
    assert not office.is_open(datetime(2025, 7, 1, 0, 30, tzinfo=UTC))


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
        ({"closed_days": "01/07/2025"}, "bad_closed_days"),
        ({"closed_days": "2025-02-30"}, "bad_closed_days"),
        ({"closed_days": " ".join(["2025-07-01"] * 61)}, "bad_closed_days"),
        ({"code": "3101"}, "lost_zero"),
        ({"parent_code": "03999"}, "unknown_parent"),
        ({"parent_code": "03101"}, "unknown_parent"),
        ({"name": ""}, "missing"),
        ({"hours": "cả ngày"}, "bad_hours"),
        ({"province_code": "30"}, "unknown_province"),
        ({"communes": "11311 99999"}, "unknown_commune"),
        ({"is_synthetic": "có lẽ"}, "bad_choice"),
    ],
)
def test_a_wrong_office_is_refused(offices, tmp_path, change, code):
    report = load(tmp_path, HONG_BANG | change)
    assert report.refused == 1
    assert code in report.error_file.read_text(encoding="utf-8-sig")
