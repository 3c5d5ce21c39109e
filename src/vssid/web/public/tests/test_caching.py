"""Public pages are the same for every stranger and may be kept for a minute; nobody else's are."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.making.places_of_the_directory import make_point
from tests.making.registrations import make_office
from tests.making.requests_of_people import make_facilities
from vssid.domain.directory import index
from vssid.web.citizen.tests import cast
from vssid.web.ui import cookies

pytestmark = pytest.mark.django_db
PAGES = (
    "/tra-cuu/co-quan-bhxh",
    "/tra-cuu/co-quan-bhxh?q=hong+bang&tinh=cu-31&mo=1",
    "/tra-cuu/co-quan-bhxh/03101",
    "/tra-cuu/co-so-kham-chua-benh/31902",
    "/tra-cuu/diem-thu/P0000001",
    "/tra-cuu/diem-thu/P0000001.vcf",
    "/tra-cuu/don-vi",
    "/tra-cuu",
    "/dich-vu-cong",
    "/tro-giup",
    "/tro-giup/huong-dan",
    "/quyen-rieng-tu",
)


@pytest.fixture(autouse=True)
def places():
    make_office()
    make_facilities()
    make_point()
    index.refresh()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_the_same_for_every_stranger_and_may_be_kept(path):
    first, other = Client().get(path), Client().get(path)
    assert first.status_code == 200
    assert first["Cache-Control"] == "public, max-age=60"
    assert first.content == other.content
    assert first["ETag"] == other["ETag"]
    assert not first.cookies
    assert "csrfmiddlewaretoken" not in first.text
    assert "Cookie" in first["Vary"]


@pytest.mark.parametrize("path", PAGES)
def test_who_has_the_page_is_told_that_it_is_still_good(path):
    tag = Client().get(path)["ETag"]
    again = Client().get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "public, max-age=60"
    assert Client().get(path, headers={"If-None-Match": 'W/"x"'}).status_code == 200


def test_another_query_has_another_tag():
    first, second = (Client().get(f"/tra-cuu/co-quan-bhxh?q={q}")["ETag"] for q in ("hong", "xyz"))
    assert first != second


@pytest.mark.parametrize("path", PAGES)
def test_a_signed_in_person_s_pages_stay_with_nobody(path):
    cast.make_citizen()
    client = cast.browser()
    cast.enter(client)
    answer = client.get(path)
    assert answer["Cache-Control"] == "no-store, private"
    assert "ETag" not in answer.headers


@pytest.mark.parametrize(
    ("name", "value"),
    [(cookies.LANGUAGE, "en"), (cookies.THEME, "dark"), (cookies.SIZE, "largest"), (cookies.SESSION, "old")],
)
def test_a_choice_or_a_session_that_is_over_is_no_stranger_s(client, name, value):
    client.cookies[name] = value
    assert client.get("/tra-cuu/diem-thu/P0000001")["Cache-Control"] == "no-store, private"


def test_the_answer_to_a_position_and_what_is_not_there_are_kept_nowhere(client):
    here = client.post("/tra-cuu/diem-thu", {"vi-do": "20.86", "kinh-do": "106.68"})
    assert here["Cache-Control"] == "no-store, private"
    assert client.get("/tra-cuu/diem-thu/P9999999")["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("path", ["/tra-cuu/ma-so-bhxh", "/tra-cuu/gia-tri-the", "/dang-nhap"])
def test_pages_with_a_token_are_kept_nowhere(client, path):
    answer = client.get(path)
    assert "csrfmiddlewaretoken" in answer.text
    assert answer["Cache-Control"] == "no-store, private"
