"""Employers for programs: search, one, all of them; no small number of people anywhere."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.making.employers_of_the_register import NAMES, OWING, SMALL, STOPPED, UNCOUNTED, make_employers
from tests.making.registrations import HONG_BANG, make_office
from vssid.api.v1.tests.files import made
from vssid.domain.participants.models.people import Employer

pytestmark = pytest.mark.django_db
BASE = "/api/v1/directory/employers"
OPEN = "/api/v1/directory/open/employers"


@pytest.fixture(autouse=True)
def register():
    make_office()
    make_employers()


def codes(answer):
    return [employer["code"] for employer in answer.json()["employers"]]


def test_a_search_gives_employers_and_may_be_kept_by_caches(client):
    answer = client.get(f"{BASE}?q=cp+hoa+phuong&limit=5")
    assert codes(answer) == [OWING]
    assert answer.json()["as_of"] == "2026-06-30"
    assert answer["Cache-Control"] == "public, max-age=300"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers


def test_province_office_limit_and_offset_narrow_it(client):
    assert codes(client.get(f"{BASE}?province=31&limit=1")) == [SMALL]
    assert client.get(f"{BASE}?province=31&limit=1").json()["more"] is True
    assert codes(client.get(f"{BASE}?office={HONG_BANG}&offset=3")) == [UNCOUNTED]
    assert codes(client.get(f"{BASE}?q=hoa&province=01")) == []


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("limit=x", "limit"), ("limit=51", "limit"), ("offset=-1", "offset"), ("offset=101", "offset"),
     ("q=" + "a" * 81, "q")],
)  # fmt: skip
def test_a_wrong_parameter_is_named(client, query, parameter):
    answer = client.get(f"{BASE}?{query}")
    assert answer.status_code == 400
    assert answer.json()["error"]["parameter"] == parameter


@pytest.mark.parametrize("query", ["q=%00", "province=zz", "office=%27", "province=%00", "q=%26%7C%21"])
def test_odd_words_find_nothing_and_break_nothing(client, query):
    answer = client.get(f"{BASE}?{query}")
    assert answer.status_code == 200
    assert codes(answer) == []


def test_one_employer_has_its_standing(client):
    employer = client.get(f"{BASE}/{OWING.lower()}").json()
    assert employer == {
        "code": OWING,
        "name": NAMES[OWING],
        "tax_code": "0000000001",
        "address": "Lô 1 khu Mẫu, Phường Hồng Bàng, Thành phố Hải Phòng",
        "office_code": HONG_BANG,
        "is_synthetic": True,
        "state": "taking_part",
        "people": 37,
        "few_people": False,
        "last_month": "2026-06",
        "owed_months": 2,
        "owed_from": "2026-04",
        "owed_to": "2026-05",
        "paying_cycle": "monthly",
        "unrecorded_months": 0,
        "unrecorded_from": None,
        "unrecorded_to": None,
        "as_of": "2026-06-30",
    }
    assert client.get(f"{BASE}/{STOPPED}").json()["state"] == "stopped"
    assert client.get(f"{BASE}/{UNCOUNTED}").json()["state"] == "unknown"
    assert client.get(f"{BASE}/TZ9999Z").status_code == 404


def test_months_that_may_not_be_due_are_told_apart_from_late_ones(client):
    employer = client.get(f"{BASE}/{SMALL}").json()
    assert (employer["paying_cycle"], employer["owed_months"], employer["owed_from"]) == ("", 0, None)
    assert (employer["unrecorded_months"], employer["unrecorded_from"], employer["unrecorded_to"]) == (
        1,
        "2026-05",
        "2026-05",
    )


def test_fewer_than_five_people_are_no_number_anywhere(client):
    employer = client.get(f"{BASE}/{SMALL}").json()
    assert (employer["people"], employer["few_people"]) == (None, True)
    (listed,) = client.get(f"{BASE}?q={SMALL}").json()["employers"]
    assert (listed["people"], listed["few_people"]) == (None, True)
    rows = json.loads(made(client, f"{OPEN}.json"))["employers"]
    assert {row["code"]: row["people"] for row in rows} == dict.fromkeys(NAMES) | {OWING: 37}


def test_all_of_them_as_csv_and_json_with_version_and_day(client):
    Employer.objects.filter(code=SMALL).update(name="=HYPERLINK(1)")
    whole = made(client, f"{OPEN}.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(whole)))
    assert [row["code"] for row in rows] == sorted(NAMES)
    assert (rows[1]["people"], rows[1]["version"], rows[1]["as_of"]) == ("37", "1", "2026-06-30")
    assert (rows[0]["people"], rows[0]["few_people"]) == ("", "True")
    assert rows[0]["name"] == "'=HYPERLINK(1)", "no formula for a spreadsheet"
    said = json.loads(made(client, f"{OPEN}.json"))
    assert (said["version"], said["as_of"]) == (1, "2026-06-30")
    assert [employer["code"] for employer in said["employers"]] == sorted(NAMES)


@pytest.mark.parametrize("path", [BASE, f"{BASE}/{OWING}", f"{OPEN}.csv", f"{OPEN}.json"])
def test_nothing_can_be_changed_here(client, path):
    assert client.post(path).status_code == 405
