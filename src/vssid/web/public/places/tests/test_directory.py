"""Look-ups of offices, facilities and collection points, and a page for each place."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import parse_qsl
from xml.etree import ElementTree

import pytest

from tests.making.places_of_the_directory import make_point
from tests.making.registrations import LAN, make_office, make_person
from tests.making.requests_of_people import make_facilities
from vssid.domain.directory import index, search
from vssid.domain.directory.models import Facility, Place, Point
from vssid.domain.offices.models import Office
from vssid.domain.participants.models.people import Person
from vssid.domain.places import former
from vssid.domain.places import queries as places_now
from vssid.web.citizen.tests.cast import make_citizen
from vssid.web.officer.tests.desk import browser_of

from .. import vcard
from ..area import Area
from ..listings import LISTINGS

pytestmark = pytest.mark.django_db
OFFICES, FACILITIES, POINTS = (listing.path for listing in LISTINGS.values())


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


def office_codes(page):
    return sorted(set(re.findall(rf'href="{OFFICES}/(\d+)"', page)))


@pytest.mark.parametrize(
    "asked",
    [
        {"tinh": "31", "xa": "11311"},
        {"xa": "11311"},
        {"tinh": "cu-31"},
        {"tinh": "cu-31", "huyen": "303"},
        {"huyen": "303"},
        {"tinh": "cu-31", "huyen": "303", "xa-cu": "11311"},
        {"xa-cu": "11311"},
    ],
)
def test_units_of_today_and_of_before_july_2025_lead_to_the_same_office(client, asked):
    assert office_codes(client.get(OFFICES, asked).text) == ["03101"]


def test_a_former_unit_says_what_it_became(client):
    page = client.get(OFFICES, {"tinh": "cu-30"}).text
    assert "Hải Dương (trước 7/2025)" in page
    assert "Thành phố Hải Phòng" in page.split("Nay thuộc:")[1].split("</p>")[0]
    page = client.get(OFFICES, {"tinh": "cu-31", "huyen": "303", "xa-cu": "11311"}).text
    (became,) = former.successors("11311")
    assert places_now.commune(became).full_name in page.split("Nay thuộc:")[1].split("</p>")[0]
    assert "Nay thuộc" not in client.get(OFFICES, {"tinh": "31"}).text


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({"tinh": "01", "xa": "11311"}, "01"),  # the province was changed after the commune
        ({"tinh": "", "xa": "11311"}, ""),
        ({"tinh": "cu-01", "huyen": "303", "xa-cu": "11311"}, "cu-01"),
        ({"tinh": "cu-99", "huyen": "zz"}, ""),
        ({"tinh": "\x00", "xa": "\x00", "huyen": "\x00", "xa-cu": "\x00"}, ""),
        ({"tinh": "30"}, "cu-30"),  # a link of a former code
        ({"tinh": "cu-31", "huyen": "", "xa-cu": "11311"}, "cu-31"),
    ],
)
def test_what_does_not_lie_in_the_chosen_province_is_left_out(asked, left):
    area = Area.of(asked)
    assert area.top == left
    assert (area.commune, area.district, area.former_commune) == ("", "", "")


def test_each_filter_is_taken_away_by_a_tap(client):
    asked = {"q": "mau", "tinh": "cu-31", "huyen": "303", "dich-vu": "leave_papers", "mo": "1"}
    page = client.get(FACILITIES, asked).text
    chips = re.findall(r'class="chip" href="([^"]*)"', page)
    queries = [dict(parse_qsl(html.unescape(url).partition("?")[2])) for url in chips]
    assert queries == [
        {"q": "mau", "dich-vu": "leave_papers", "mo": "1"},
        {"q": "mau", "tinh": "cu-31", "dich-vu": "leave_papers", "mo": "1"},
        {"q": "mau", "tinh": "cu-31", "huyen": "303", "mo": "1"},
        {"q": "mau", "tinh": "cu-31", "huyen": "303", "dich-vu": "leave_papers"},
    ]
    assert 'class="chip"' not in client.get(FACILITIES).text


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-11-26T02:00Z", ["Đang mở", "đến 17:00"]),  # Thursday 9:00
        ("2026-11-26T12:00Z", ["Ngoài giờ", "mở lại 07:30, thứ Sáu 27/11/2026"]),
        ("2026-11-25T23:00Z", ["Ngoài giờ", "mở lại lúc 07:30"]),
        ("2026-09-02T02:00Z", ["Hôm nay nghỉ", "mở lại 07:30, thứ Năm 03/09/2026"]),
    ],
)
def test_a_place_says_whether_it_is_open_and_when_again(client, time_machine, moment, said):
    time_machine.move_to(datetime.fromisoformat(moment), tick=False)
    page = client.get(f"{POINTS}/P0000001").text
    assert all(words in page for words in said)


def test_days_off_that_are_to_come_are_listed(client, time_machine):
    time_machine.move_to(datetime(2026, 11, 26, 2, tzinfo=UTC), tick=False)
    days = [date(2026, 11, 1), date(2026, 11, 26), date(2026, 12, 24)]
    Office.objects.update(closed_days=days, as_of=datetime.now(tz=UTC))
    index.refresh()
    page = client.get(f"{OFFICES}/03101").text
    assert "26/11/2026, 24/12/2026" in page
    assert "01/11/2026" not in page.split("Ngày nghỉ riêng")[1]
    assert "Hôm nay nghỉ" in page


def test_offices_are_filtered_by_what_one_may_do_there(client):
    Office.objects.update(services=["payment"], as_of=datetime.now(tz=UTC))
    index.refresh()
    assert office_codes(client.get(OFFICES, {"dich-vu": "payment"}).text) == ["03101"]
    assert office_codes(client.get(OFFICES, {"dich-vu": "card"}).text) == []


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
    place = replace(search.place("point", "P0000001"), name="Đại lý, " + "ộ" * 80)
    card = vcard.of(place, url="http://testserver/x")
    assert all(len(line.encode()) <= 75 for line in card.split("\r\n"))
    assert "FN:Đại lý\\, " + "ộ" * 80 in card.replace("\r\n ", "").split("\r\n")


def test_search_engines_are_told_of_every_place(client):
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").text
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    parts = [
        location.text or ""
        for location in ElementTree.fromstring(client.get("/sitemap.xml").text).iter(f"{space}loc")
    ]
    assert len(parts) == 4
    addresses = "".join(client.get(part.removeprefix("http://testserver")).text for part in parts)
    for place in Place.objects.all():
        assert f"/{place.code}</loc>" in addresses
    for odd in ("x", "office-0", "office-9", "office-x"):
        assert client.get(f"/sitemap/{odd}.xml").status_code == 404


@pytest.mark.parametrize("path", [OFFICES, FACILITIES, POINTS])
def test_who_is_signed_in_sees_first_what_is_near_home_and_reaches_everything_else(path):
    make_place_far_away()
    person_id = make_person()
    make_citizen(LAN.bhxh_code, person_id=person_id)
    client = browser_of(person_id)
    page = client.get(path)
    assert page["Cache-Control"] == "no-store, private"
    assert "Gần nơi ở của bạn" in page.text
    assert f'href="{path}?tinh=31"' in page.text
    own = client.get(path, {"tinh": "31"}).text
    assert "Gần nơi ở của bạn" not in own
    assert f'href="{path}?tinh="' in own, "the chip leads to the whole country"
    assert "Gần nơi ở của bạn" not in client.get(path, {"tinh": ""}).text


def test_the_nearest_to_home_comes_first_and_says_how_far_it_is():
    make_place_far_away()
    person_id = make_person()
    make_citizen(LAN.bhxh_code, person_id=person_id)
    page = browser_of(person_id).get(POINTS).text
    assert page.index("Bưu cục phường Hồng Bàng") < page.index("Bưu cục rất xa")
    assert " km</span>" in page


@pytest.mark.parametrize("commune", ["", "99999"])
def test_a_home_without_a_known_commune_is_its_province(commune):
    make_place_far_away()
    person_id = make_person()
    Person.objects.filter(person_id=person_id).update(commune_code=commune)
    make_citizen(LAN.bhxh_code, person_id=person_id)
    page = browser_of(person_id).get(POINTS).text
    assert "Bưu cục phường Hồng Bàng" in page
    assert "Bưu cục rất xa" not in page


def test_strangers_see_the_same_list_for_all(client):
    page = client.get(POINTS)
    assert "Gần nơi ở" not in page.text
    assert page["Cache-Control"] == "public, max-age=60"


def make_place_far_away() -> None:
    make_point("P0000009", "Bưu cục rất xa (mẫu)")
    Point.objects.filter(code="P0000009").update(province_code="79", latitude=10.77, longitude=106.7)
    index.refresh()
