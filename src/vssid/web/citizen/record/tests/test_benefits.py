"""/thong-tin-huong: every kind in its tab, all that is known, and plain words where there is nothing."""

from __future__ import annotations

import re
from datetime import date

import pytest

from vssid.web.citizen.tests.cast import LAN, TUAN, bare, browser, enter, make_citizen, signed_in
from vssid.web.citizen.tests.records import add_benefit

pytestmark = pytest.mark.django_db
TABS = ["/mot-lan", "/odts", "/bhtn", "/tnld", "/hang-thang"]


@pytest.mark.parametrize(
    ("regime", "tab", "words"),
    [
        ("one_off", "/mot-lan", "BHXH một lần"),
        ("sickness", "/odts", "Ốm đau"),
        ("maternity", "/odts", "Thai sản"),
        ("convalescence", "/odts", "Dưỡng sức"),
        ("unemployment", "/bhtn", "Trợ cấp thất nghiệp"),
        ("accident", "/tnld", "Tai nạn lao động"),
        ("pension", "/hang-thang", "Lương hưu"),
        ("allowance", "/hang-thang", "Trợ cấp hằng tháng"),
    ],
)
def test_each_kind_stands_in_its_tab_and_no_other(regime: str, tab: str, words: str):
    person_id, client = bare()
    add_benefit(person_id, regime)
    shown = [path for path in TABS if "1.250.000" in client.get(f"/thong-tin-huong{path}").text]
    assert shown == [tab]
    assert words in client.get(f"/thong-tin-huong{tab}").text


def test_the_newest_stands_first_and_opens_by_its_own_number():
    person_id, client = bare()
    add_benefit(person_id, from_date=date(2024, 5, 6), to_date=date(2024, 5, 6), amount=111_000)
    add_benefit(person_id, amount=222_000)
    page = client.get("/thong-tin-huong/odts").text
    assert page.index("222.000") < page.index("111.000")
    assert "111.000 đ" in client.get("/thong-tin-huong/odts/1").text
    assert "222.000 đ" in client.get("/thong-tin-huong/odts/2").text


def test_a_benefit_shows_all_its_fields_and_where_it_came_from():
    person_id, client = bare()
    add_benefit(person_id)
    page = client.get("/thong-tin-huong/odts/1").text
    for words in (
        "HS000123",
        "0099/QĐ-BHXH",
        "15/02/2025",
        "03/02/2025",
        "07/02/2025",
        "5 ngày",
        "1.250.000 đ",
        "Tài khoản ngân hàng",
        "20/02/2025",
        "BHXH quận Hồng Bàng",
        "Ghi nhận lúc",
    ):
        assert words in page, words


def test_a_pension_is_told_by_the_month_and_goes_on():
    person_id, client = bare()
    add_benefit(person_id, "pension", to_date=None, days=None, is_monthly=True, amount=4_321_000)
    page = client.get("/thong-tin-huong/hang-thang").text
    assert "4.321.000 đ/tháng" in page
    assert "từ 03/02/2025" in page
    assert "Đang hưởng" in client.get("/thong-tin-huong/hang-thang/1").text


def test_an_unemployment_benefit_tells_the_months_that_are_kept():
    person_id, client = bare()
    add_benefit(person_id, "unemployment", days=None, months=3, kept_months=7, is_monthly=True)
    page = client.get("/thong-tin-huong/bhtn/1").text
    assert "3 tháng" in page
    assert "Thời gian bảo lưu" in page
    assert "7 tháng" in page


@pytest.mark.parametrize(
    ("tab", "whom"),
    [
        ("/mot-lan", "nơi nộp hồ sơ"),
        ("/odts", "phòng nhân sự"),
        ("/bhtn", "trung tâm dịch vụ việc làm"),
        ("/tnld", "đơn vị về hồ sơ"),
        ("/hang-thang", "nơi chi trả"),
    ],
)
def test_an_empty_tab_says_why_and_whom_to_ask(tab: str, whom: str):
    _, client = bare()
    page = client.get(f"/thong-tin-huong{tab}").text
    assert "Chưa có thông tin hưởng" in page
    assert "Thường là vì" in page
    assert whom in page
    assert "1900 9068" in page


@pytest.mark.parametrize(
    "path", ["/thong-tin-huong/xyz", "/thong-tin-huong/odts/0", "/thong-tin-huong/odts/2"]
)
def test_what_is_not_there_is_not_found(path: str):
    person_id, client = bare()
    add_benefit(person_id)
    assert client.get(path).status_code == 404


def test_all_kinds_stand_in_one_list_the_newest_first_and_each_opens_its_own_page():
    person_id, client = bare()
    add_benefit(person_id, "pension", from_date=date(2026, 1, 1), to_date=None, amount=3_000_000)
    add_benefit(person_id, "sickness", from_date=date(2024, 5, 6), to_date=date(2024, 5, 6), amount=111_000)
    add_benefit(person_id, "sickness", from_date=date(2025, 5, 6), to_date=date(2025, 5, 6), amount=222_000)
    add_benefit(person_id, "one_off", from_date=date(2020, 2, 3), to_date=date(2020, 2, 3), amount=4_000)
    page = client.get("/thong-tin-huong").text
    links = re.findall(r'href="(/thong-tin-huong/[^"]+/[0-9]+)"', page)
    assert links == [f"/thong-tin-huong/{path}" for path in ("hang-thang/1", "odts/2", "odts/1", "mot-lan/1")]
    for link, money in zip(links, ("3.000.000", "222.000", "111.000", "4.000"), strict=True):
        assert f"{money} đ" in client.get(link).text


def test_the_list_of_all_has_one_address_and_an_empty_one_says_whom_to_ask():
    _, client = bare()
    assert client.get("/thong-tin-huong/tat-ca")["Location"] == "/thong-tin-huong"
    assert client.get("/thong-tin-huong/tat-ca/1").status_code == 404
    assert "hãy hỏi nơi nộp" in client.get("/thong-tin-huong").text


def test_tuan_sees_nothing_of_lan_and_a_stranger_must_sign_in():
    person_id, _ = bare()
    add_benefit(person_id)
    make_citizen(TUAN)
    tuan = browser()
    enter(tuan, code=TUAN)
    assert "1.250.000" not in tuan.get("/thong-tin-huong/odts").text
    assert tuan.get("/thong-tin-huong/odts/1").status_code == 404
    assert browser().get("/thong-tin-huong/odts/1")["Location"].startswith("/dang-nhap")


def test_it_may_be_kept_on_the_device_and_leads_home():
    person_id, _ = bare()
    add_benefit(person_id)
    client = signed_in(LAN)
    assert client.get("/thong-tin-huong/odts/1")["X-Offline"] == "keep"
    home = client.get("/").text
    assert 'href="/thong-tin-huong"' in home
    assert 'href="/so-kham-chua-benh"' in home
