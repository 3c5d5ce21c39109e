"""The directory for programs: search, nearest, one place, all of them."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest

from tests.making.places_of_the_directory import make_point
from tests.making.registrations import make_office
from tests.making.requests_of_people import make_facilities
from vssid.api.v1.tests.files import made
from vssid.domain.directory import index
from vssid.domain.offices.models import Office

pytestmark = pytest.mark.django_db
BASE = "/api/v1/directory"


@pytest.fixture(autouse=True)
def places():
    make_office()
    make_facilities()
    make_point()
    make_point("P0000002", "=HYPERLINK(1)")
    index.refresh()


def test_a_search_gives_places_and_may_be_kept_by_caches(client):
    answer = client.get(f"{BASE}/facilities?q=benh+vien+mau&limit=5")
    assert [place["code"] for place in answer.json()["places"]] == ["31902"]
    assert answer["Cache-Control"] == "public, max-age=300"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers


def test_the_nearest_have_a_distance(client):
    (first, *_rest) = client.get(f"{BASE}/points?lat=20.863&lon=106.682").json()["places"]
    assert (first["code"], first["distance"]) == ("P0000001", 0)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("limit=x", "limit"),
        ("limit=51", "limit"),
        ("offset=-1", "offset"),
        ("lat=20", "lon"),
        ("lat=nan&lon=106", "lat"),
        ("lat=91&lon=106", "lat"),
        ("q=" + "a" * 81, "q"),
    ],
)
def test_a_wrong_parameter_is_named(client, query, parameter):
    answer = client.get(f"{BASE}/points?{query}")
    assert answer.status_code == 400
    assert answer.json()["error"]["parameter"] == parameter
    assert answer.json()["error"]["message"]


@pytest.mark.parametrize("query", ["q=%00", "province=zz", "district=%27", "commune=%00", "service=%00"])
def test_odd_words_find_nothing_and_break_nothing(client, query):
    assert client.get(f"{BASE}/points?{query}").status_code == 200


def test_one_place_has_more(client):
    place = client.get(f"{BASE}/points/p0000001").json()
    assert place["collector"] == "Tổng công ty Bưu điện (mẫu)"
    assert client.get(f"{BASE}/points/x").status_code == 404
    assert client.get(f"{BASE}/people").status_code == 404


def test_all_of_them_as_csv_and_json_with_version_and_day(client):
    whole = made(client, f"{BASE}/open/points.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(whole)))
    assert [row["code"] for row in rows] == ["P0000001", "P0000002"]
    assert rows[0]["version"] == "1"
    assert rows[0]["as_of"].startswith("2026")
    assert rows[1]["name"] == "'=HYPERLINK(1)", "no formula for a spreadsheet"
    said = json.loads(made(client, f"{BASE}/open/points.json"))
    assert said["version"] == 1
    assert [place["code"] for place in said["places"]] == ["P0000001", "P0000002"]
    assert json.loads(made(client, f"{BASE}/open/facilities.json"))["places"]


def test_the_organisations_that_collect_are_open_data_too(client):
    said = json.loads(made(client, f"{BASE}/open/collectors.json"))
    expected = {"code": "BD", "name": "Tổng công ty Bưu điện (mẫu)", "phone": "", "is_synthetic": True}
    assert said["collectors"] == [expected]
    assert said["version"] == 1
    whole = made(client, f"{BASE}/open/collectors.csv").decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(whole)))["name"] == expected["name"]
    assert client.get(f"{BASE}/collectors").status_code == 404


def test_days_off_and_former_units_are_told_and_asked_for(client):
    Office.objects.update(closed_days=[date(2026, 12, 24)], as_of=datetime.now(tz=UTC))
    index.refresh()
    (office,) = client.get(f"{BASE}/offices?former_province=31&district=303").json()["places"]
    assert office["closed_days"] == ["2026-12-24"]
    assert client.get(f"{BASE}/offices?former_commune=99999").json()["places"] == []
    whole = made(client, f"{BASE}/open/offices.csv").decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(whole)))["closed_days"] == "2026-12-24"
