"""Words as people type them find the place they mean; the expected ones were written before any tuning."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from vssid.domain.directory import index, jobs, search, words
from vssid.domain.directory.kinds import FACILITY, OFFICE, POINT
from vssid.domain.directory.models import Edition, Facility, Place, Posting, Spelling
from vssid.domain.imports import actions as imports
from vssid.domain.imports.registry import importer
from vssid.domain.offices.models import Office
from vssid.domain.places import former
from vssid.kernel.actor import SYSTEM

from ..criteria import Criteria

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
MORNING = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)  # a Thursday, 09:00 in Việt Nam
HERE = Path(__file__).parent
COMMON = {"hours": "2-6 07:30-11:30 13:30-17:00", "is_synthetic": "1", "mark": "[?]"}


def load(folder: Path, kind: str, rows: list[dict[str, str]]) -> None:
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    writer.writerows(rows)
    path = folder / f"{kind}.csv"
    path.write_text(out.getvalue(), encoding="utf-8")
    report = imports.run(importer(kind), path, by=SYSTEM, now=timezone.now(), sender="test")
    assert report.refused == 0, report.error_file and report.error_file.read_text()


def places_of(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8") as file:
        return [{key: value for key, value in row.items() if value} for row in csv.DictReader(file)]


@pytest.fixture
def country(tmp_path):
    """A hundred or so places over the country."""
    rows = places_of("places.csv")
    for kind, name in ((OFFICE, "offices"), (FACILITY, "facilities"), (POINT, "points")):
        mine = [COMMON | {k: v for k, v in row.items() if k != "kind"} for row in rows if row["kind"] == kind]
        load(tmp_path, name, mine)
    index.refresh()


QUERIES = places_of("queries.csv")


def first(text: str, kind: str = "") -> str:
    results = search.search(
        text, Criteria(kinds=(kind,) if kind else ("office", "facility", "point")), day=TODAY
    )
    return results.places[0].code if results.places else ""


def test_there_are_enough_queries():
    assert len(QUERIES) >= 60
    assert len({row["query"] for row in QUERIES}) == len(QUERIES)


def test_each_query_finds_first_what_it_means(country):
    wrong = {
        row["query"]: (row["first"], got)
        for row in QUERIES
        if (got := first(row["query"], row.get("kind", ""))) != row["first"]
    }
    assert wrong == {}


def test_each_query_finds_it_while_it_is_typed(country):
    """From the third letter of each query on there is always something, up to the whole."""
    for row in QUERIES:
        text = row["query"]
        if row.get("typo"):
            continue
        for end in range(3, len(text) + 1):
            results = search.search(text[:end], Criteria(), day=TODAY)
            assert results.places, text[:end]


def codes(text: str = "", **criteria: object) -> list[str]:
    results = search.search(text, Criteria(**criteria), day=TODAY, limit=100)  # type: ignore[arg-type]
    return [place.code for place in results.places]


def test_a_province_of_either_list_and_a_former_district_find_the_same(country):
    in_hai_phong = codes(kinds=(OFFICE,), province="31")
    assert in_hai_phong[0] == "03100", "the office of the province stands first"
    assert set(in_hai_phong) == {"03100", "03101", "03102", "03103", "03110"}
    assert codes(kinds=(OFFICE,), province="30") == in_hai_phong, "Hải Dương became part of Hải Phòng"
    assert "31A01" in codes(kinds=(FACILITY,), district="303"), "Quận Hồng Bàng until June 2025"
    assert set(codes(kinds=(FACILITY,), commune="11311")) == {"31003", "31005", "31A01"}


def test_units_of_before_july_2025_find_what_lies_there_today(country):
    today = set(codes(kinds=(FACILITY,), province="31"))
    hai_phong, hai_duong = (
        set(codes(kinds=(FACILITY,), former_province=province)) for province in ("31", "30")
    )
    assert hai_phong <= today
    assert not hai_phong & hai_duong
    assert "31A01" in codes(kinds=(FACILITY,), former_province="31", district="303")
    (became,) = former.successors("11311")
    assert codes(former_commune="11311") == codes(commune=became) != []
    assert codes(former_province="99") == codes(former_commune="99999") == codes(district="999") == []


def test_an_office_is_found_in_every_commune_it_serves(country):
    served = ["11311", "11602"]
    Office.objects.filter(code="03101").update(communes=served, as_of=timezone.now())
    index.refresh()
    assert all("03101" in codes(kinds=(OFFICE,), commune=commune) for commune in served)
    elsewhere = Criteria(kinds=(OFFICE,), commune="11602")
    assert "03101" in [place.code for place in search.nearest(20.8, 106.6, elsewhere, day=TODAY)]


def test_days_off_filter_what_is_open(country):
    holiday = datetime(2026, 9, 2, 2, 0, tzinfo=UTC)  # a Wednesday, 09:00 in Việt Nam
    assert codes(kinds=(OFFICE,), open_at=holiday) == []
    Office.objects.filter(code="03101").update(closed_days=[TODAY], as_of=timezone.now())
    index.refresh()
    assert "03101" in codes(kinds=(OFFICE,), open_at=MORNING.replace(day=25))
    assert "03101" not in codes(kinds=(OFFICE,), open_at=MORNING)


def test_after_a_migration_the_sets_are_made_anew(country):
    before = Edition.objects.get().number
    Posting.objects.all().delete()
    Edition.objects.update(number=0)
    index.refresh()
    assert Edition.objects.get().number > before
    assert codes("bach mai")


def test_an_old_address_finds_the_new_office(country):
    assert codes("phường Hoàng Văn Thụ Hồng Bàng", kinds=(OFFICE,))[0] == "03101"


def test_services_hours_and_days_filter(country):
    may_issue = set(codes(kinds=(FACILITY,), province="31", service="leave_papers"))
    assert may_issue == {"31001", "31002", "31003", "31004", "31005", "31006"}
    assert "31008" not in codes("phong kham", kinds=(FACILITY,), service="bhyt")
    assert codes(kinds=(POINT,), service="voluntary_bhxh", province="31") == ["P0000001", "P0000004"]
    assert codes(kinds=(OFFICE,), open_at=MORNING)
    assert not codes(kinds=(OFFICE,), open_at=MORNING.replace(hour=20))
    Office.objects.filter(code="03101").update(valid_until=date(2026, 1, 1), as_of=timezone.now())
    Office.objects.filter(code="03102").update(valid_from=date(2027, 1, 1), as_of=timezone.now())
    index.refresh()
    assert not {"03101", "03102"} & set(codes(kinds=(OFFICE,), province="31"))


def test_the_nearest_come_first_with_their_distance(country):
    near = search.nearest(20.8650, 106.6800, Criteria(kinds=(OFFICE, FACILITY)), day=TODAY, limit=5)
    assert near[0].code == "03101"
    assert near[0].distance == 0
    assert [place.distance for place in near] == sorted(place.distance or 0 for place in near)
    assert {place.code for place in near} <= {"03101", "31005", "31A01", "31003", "31001"}


def test_the_distance_is_that_of_the_globe():
    # Hà Nội to Hải Phòng; a degree of a great circle is a 360th of the way round.
    assert 87_000 < search.metres((21.03, 105.85), (20.85, 106.68)) < 90_000
    assert round(search.metres((20.0, 105.0), (21.0, 105.0))) == 111_195
    assert search.metres((21.0, 105.0), (21.0, 105.0)) == 0


def test_a_refresh_takes_what_changed_and_what_is_gone(country, tmp_path):
    assert index.refresh() == 0
    load(tmp_path, "facilities", [{"code": "31A03", "name": "Trạm Y tế Mới", "province_code": "31"}])
    Facility.objects.filter(code="31A02").delete()
    assert index.refresh() == 2
    assert codes("moi", kinds=(FACILITY,)) == ["31A03"]
    assert not Place.objects.filter(code="31A02").exists()
    assert index.refresh() == 0


@pytest.mark.django_db(transaction=True)
def test_the_minutes_job_leaves_a_refresh_that_is_under_way_alone(country):
    Facility.objects.filter(code="31A02").delete()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [index.LOCK])
        jobs.refresh_index(timestamp=0)
        assert Place.objects.filter(code="31A02").exists()
        with other.cursor() as cursor:  # closing alone frees it a moment later
            cursor.execute("SELECT pg_advisory_unlock_all()")
    finally:
        other.close()
    jobs.refresh_index(timestamp=60)
    assert not Place.objects.filter(code="31A02").exists()


def test_what_was_read_before_a_refresh_is_read_anew(country, tmp_path):
    assert codes("bach mai") == codes("bach mai") != []
    load(tmp_path, "facilities", [{"code": "01A99", "name": "Bạch Mai Mới", "province_code": "01"}])
    index.refresh()
    assert "01A99" in codes("bach mai")


def test_words_are_learnt_once(country):
    before = Spelling.objects.count()
    assert Spelling.objects.filter(variant="bch", word="bach").exists()
    Place.objects.all().delete()
    index.refresh()
    assert Spelling.objects.count() == before


@pytest.mark.parametrize(
    "text", ["", "   ", "'; DROP TABLE x; --", "a" * 500, "& | ! ( ) :*", "\x00", "bv " * 90]
)
def test_odd_queries_never_break(country, text):
    assert isinstance(search.search(text, Criteria(), day=TODAY).places, tuple)


def test_what_was_read_as_mistyped_is_said(country):
    results = search.search("bach mia", Criteria(), day=TODAY)
    assert results.corrected == (("mia", "mai"),)
    assert search.search("bach mai", Criteria(), day=TODAY).corrected == ()


@pytest.mark.parametrize(
    ("typed", "other", "near"),
    [
        ("bach", "bach", True),
        ("bahc", "bach", True),
        ("bac", "bach", True),
        ("bacch", "bach", True),
        ("bech", "bach", True),
        ("abch", "bach", True),
        ("bench", "bach", False),
        ("cab", "bach", False),
    ],
)
def test_one_slip_of_a_finger_is_near(typed, other, near):
    assert words.is_near(typed, other) is near
    assert words.is_near(other, typed) is near


def test_pages_of_results_do_not_overlap(country):
    every = codes()
    first = search.search("", Criteria(), day=TODAY, limit=5)
    second = search.search("", Criteria(), day=TODAY, limit=5, offset=5)
    assert [place.code for place in (*first.places, *second.places)] == every[:10]
    assert first.more
