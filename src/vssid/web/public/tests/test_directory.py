"""Look-ups of offices, facilities and collection points, and a page for each place."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tests.places_of_the_directory import make_point
from tests.registrations import make_office
from tests.requests_of_people import make_facilities
from vssid.domain.directory import index
from vssid.domain.directory.models import Facility, Place
from vssid.web.public import vcard
from vssid.web.public.directory import LISTINGS

pytestmark = pytest.mark.django_db
OFFICES, FACILITIES, POINTS = (one.path for one in LISTINGS.values())


@pytest.fixture(autouse=True)
def places():
    make_office()
    make_facilities()
    make_point()
    Facility.objects.filter(code="31902").update(latitude=20.85, longitude=106.69, leave_papers=True)
    index.refresh()


@pytest.mark.parametrize("path", [OFFICES, FACILITIES, POINTS])
def test_each_list_opens_for_anyone_with_a_title_and_a_description(client, path):
    page = client.get(path).text
    assert page.count("<h1") == 1
    assert '<meta name="description"' in page


@pytest.mark.parametrize(
    "q", ["hong bang", "HỒNG BÀNG", "bang hong", "03101", "bhxh q. hong bang", "hong bnag"]
)
def test_an_office_is_found_as_people_type(client, q):
    page = client.get(OFFICES, {"q": q}).text
    assert "BHXH quận Hồng Bàng" in page
    assert f"{OFFICES}/03101" in page


def test_a_mistyped_word_is_said_to_be_read_as_another(client):
    assert "đang hiện kết quả cho" in client.get(OFFICES, {"q": "hong bnag"}).text
    assert "đang hiện kết quả cho" not in client.get(OFFICES, {"q": "hong bang"}).text


def test_nothing_found_says_what_to_try(client):
    page = client.get(FACILITIES, {"q": "xyzxyz"}).text
    assert "Không tìm thấy nơi nào" in page
    assert "Thử ít chữ hơn" in page


def test_filters_stand_in_the_address_and_odd_ones_are_left_out(client):
    assert "Bệnh viện Mẫu Hai" in client.get(FACILITIES, {"dich-vu": "leave_papers", "tinh": "31"}).text
    assert "Trạm y tế Mẫu Một" not in client.get(FACILITIES, {"dich-vu": "leave_papers"}).text
    assert "Bệnh viện Mẫu Hai" not in client.get(FACILITIES, {"tinh": "79"}).text
    odd = {"tinh": "zz", "huyen": "\x00", "dich-vu": "<b>", "trang": "-1", "mo": "?"}
    assert "Bệnh viện Mẫu Hai" in client.get(FACILITIES, odd).text


def test_the_old_address_leads_to_the_new_one(client):
    answer = client.get("/tra-cuu/co-quan?q=hong+bang")
    assert (answer.status_code, answer["Location"]) == (301, f"{OFFICES}?q=hong+bang")


def test_the_nearest_come_with_their_distance_and_the_position_is_kept_nowhere(client):
    answer = client.post(FACILITIES, {"vi-do": "20.8500", "kinh-do": "106.6900"})
    assert "Gần bạn nhất" in answer.text
    assert "0 m" in answer.text
    assert "20.85" not in answer.text
    assert "geolocation=(self)" in answer["Permissions-Policy"]


@pytest.mark.parametrize("typed", [{}, {"vi-do": "x", "kinh-do": "y"}, {"vi-do": "91", "kinh-do": "400"}])
def test_without_a_position_one_is_told_to_search_by_name(client, typed):
    answer = client.post(FACILITIES, typed)
    assert answer.status_code == 200
    assert "Chưa biết vị trí của bạn" in answer.text


def test_a_place_has_a_page_to_call_go_there_and_keep_it(client):
    page = client.get(f"{POINTS}/P0000001").text
    assert 'href="tel:0590000001"' in page
    assert 'href="geo:20.863,106.682?q=20.863,106.682"' in page
    assert 'itemtype="https://schema.org/LocalBusiness"' in page
    assert "Nguyễn Thị Mẫu" in page
    assert "không có thật" in page
    assert "Trước tháng 7/2025" in page, "an old address is still somebody's"


@pytest.mark.parametrize(
    "path", [f"{OFFICES}/09999", f"{POINTS}/x", f"{FACILITIES}/03101", f"{OFFICES}/x.vcf"]
)
def test_a_place_that_is_not_there_is_a_404(client, path):
    assert client.get(path).status_code == 404


def test_a_place_is_kept_as_a_contact(client):
    answer = client.get(f"{POINTS}/P0000001.vcf")
    assert answer["Content-Type"].startswith("text/vcard")
    lines = answer.content.decode().replace("\r\n ", "").split("\r\n")
    assert lines[:2] == ["BEGIN:VCARD", "VERSION:4.0"]
    assert "FN:Bưu cục phường Hồng Bàng (mẫu)" in lines
    assert "TEL;VALUE=uri;TYPE=work:tel:0590000001" in lines
    assert "ADR;TYPE=work:;;5 Phố Mẫu\\, phường Hồng Bàng\\, Hải Phòng;;;;" in lines
    assert "GEO:geo:20.863000,106.682000" in lines


def test_long_lines_of_a_contact_are_folded_between_letters():
    folded = vcard._folded("FN:" + "ộ" * 80)
    assert all(len(line.encode()) <= 75 for line in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == "FN:" + "ộ" * 80


def test_search_engines_are_told_of_every_place(client):
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").text
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    parts = [
        one.text or "" for one in ElementTree.fromstring(client.get("/sitemap.xml").text).iter(f"{space}loc")
    ]
    assert len(parts) == 4
    found = "".join(client.get(part.removeprefix("http://testserver")).text for part in parts)
    for place in Place.objects.all():
        assert f"/{place.code}</loc>" in found
    for odd in ("x", "office-0", "office-9", "office-x"):
        assert client.get(f"/sitemap/{odd}.xml").status_code == 404
