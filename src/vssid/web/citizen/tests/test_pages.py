"""The pages of a signed-in person: what they say, in each state, and to nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.registrations import LAN as REGISTERED
from tests.registrations import make_person
from vssid.domain.cards import qr_text, queries
from vssid.domain.participants.models import Contribution
from vssid.domain.participants.totals import first_day, month_of
from vssid.infra.qr import qr_svg
from vssid.kernel.calendar import local_day

from .cast import LAN, SAO_MAI, TUAN, add_coverage, add_period, browser, make_citizen, make_worker, sign_in

pytestmark = pytest.mark.django_db
PERSONAL = [
    "/",
    "/the",
    "/the/ma",
    "/the/hinh-anh",
    "/qua-trinh",
    "/qua-trinh/bhtn",
    "/qua-trinh/tnld",
    "/qua-trinh/bhyt",
    "/qua-trinh/bhxh/1",
    "/qua-trinh/bhyt/1",
]
TODAY = local_day(timezone.now())


def signed_in(code: str = LAN):
    client = browser()
    assert sign_in(client, code=code).status_code == 302
    return client


def bare(**more):
    """A signed-in person of the register without periods and cover."""
    person_id = make_person(replace(REGISTERED, bhxh_code=LAN, **more))
    make_citizen(person_id=person_id)
    return person_id, signed_in()


@pytest.mark.parametrize("path", PERSONAL)
def test_a_page_asks_the_database_for_session_and_record_only(
    path: str, django_assert_num_queries: DjangoAssertNumQueries
):
    make_worker()
    client = signed_in()
    client.get(path)  # a connection's first statements set it up
    # The home page also reads the sealed numbers, their key and the children; the card the children; its code
    # the signing key; a row's page who sent it; the unemployment tab which benefits have used its months.
    more = 3 if path == "/" else 1 if path in ("/the", "/the/ma", "/qua-trinh/bhtn") else path.count("/") // 3
    with django_assert_num_queries(2 + more):
        assert client.get(path).status_code == 200


def test_a_stranger_at_the_door_is_welcomed_and_told_that_no_links_are_sent():
    answer = browser().get("/")
    assert answer.status_code == 200
    assert answer["X-Offline"] == "wipe"
    for words in ("Đăng ký ngay", "Đăng nhập", "Tra cứu hồ sơ", "không bao giờ gửi đường link", "1900 9068"):
        assert words in answer.text


def test_the_home_page_shows_who_what_and_what_is_unpaid():
    make_worker()
    page = signed_in().get("/").text
    for words in (
        "Nguyễn Thị Lan",
        "0100 000 001",
        "02/01/1990",
        "0912\u00a0345\u00a0678",
        "Còn giá trị",
        "8 năm 10 tháng",
    ):
        assert words in page
    assert "Đơn vị chưa đóng 2 tháng" in page
    assert "Thẻ BHYT vẫn dùng được." in page


def test_the_id_number_is_masked_on_every_page():
    make_worker()
    client = signed_in()
    assert "••••\u00a0••••\u00a00001" in client.get("/").text
    assert not any("031190000001" in client.get(path).text for path in PERSONAL)


@pytest.mark.parametrize("path", PERSONAL)
def test_personal_pages_may_be_kept_on_the_device_and_say_when_they_were_confirmed(path: str):
    make_worker()
    answer = signed_in().get(path)
    assert answer.status_code == 200
    assert answer["X-Offline"] == "keep"
    assert answer["Cache-Control"] == "no-store, private"
    assert "data-confirmed" in answer.text


@pytest.mark.parametrize("path", PERSONAL[1:])
def test_without_a_session_they_lead_to_sign_in_and_say_nothing(path: str):
    make_worker()
    answer = browser().get(path)
    assert answer["Location"].startswith("/dang-nhap?tiep=")
    assert not answer.content


def test_tuan_sees_nothing_of_lan():
    make_worker()
    make_citizen(TUAN, person_id=make_person(replace(REGISTERED, bhxh_code=TUAN, full_name="Trần Văn Tuấn")))
    client = signed_in(TUAN)
    for path in PERSONAL[:8]:
        page = client.get(path).text
        assert "Nguyễn Thị Lan" not in page
        assert "Sao Mai" not in page
        assert "0100 000 001" not in page
    assert client.get("/qua-trinh/bhxh/1").status_code == 404
    assert client.get("/qua-trinh/bhyt/1").status_code == 404


def test_the_card_has_every_field():
    make_worker()
    page = signed_in().get("/the").text
    for words in (
        "NGUYỄN THỊ LAN",
        "0100 000 001",
        "02/01/1990",
        "Nữ",
        "4 · 80%",
        "01/01/2025",
        "Tự gia hạn",
        "DN4310100000001",
        "31901",
        "Được chi trả 80%",
        "BHXH quận Hồng Bàng",
    ):
        assert words in page, words


@pytest.mark.parametrize(
    ("first", "last", "renews", "words"),
    [
        (TODAY - timedelta(days=300), None, True, "Bạn không cần làm gì"),
        (TODAY - timedelta(days=300), TODAY + timedelta(days=90), False, "Thẻ không tự gia hạn"),
        (TODAY - timedelta(days=300), TODAY + timedelta(days=9), False, "Còn dùng được 10 ngày"),
        (TODAY - timedelta(days=300), TODAY, True, "Còn dùng được 1 ngày"),
        (TODAY - timedelta(days=300), TODAY - timedelta(days=1), True, "Đã hết giá trị từ ngày"),
        (TODAY - timedelta(days=300), TODAY - timedelta(days=1), False, "hãy đóng tiếp tại điểm thu"),
        (TODAY + timedelta(days=5), None, True, "Có giá trị từ ngày"),
    ],
)
def test_the_card_says_in_words_whether_it_counts(first: date, last: date | None, renews: bool, words: str):
    person_id, client = bare()
    add_coverage(person_id, first, last, auto_renews=renews)
    assert words in client.get("/the").text


def test_the_qr_is_the_official_text():
    person_id = make_worker()
    page = signed_in().get("/the/ma").text
    card = queries.own_record(person_id, now=timezone.now()).card
    assert card is not None
    assert qr_svg(qr_text.compose(card)) in page
    assert "Chỉ đưa tại cơ sở y tế" in page


def test_without_cover_the_card_page_says_why_and_whom_to_ask():
    _, client = bare()
    for path in ("/the", "/the/ma"):
        page = client.get(path).text
        assert "Chưa có thẻ BHYT" in page
        assert "phòng nhân sự" in page
        assert "1900 9068" in page


@pytest.mark.parametrize("tab", ["", "/bhtn", "/tnld", "/bhyt"])
def test_an_empty_history_says_why_and_whom_to_call(tab: str):
    _, client = bare()
    page = client.get(f"/qua-trinh{tab}").text
    assert "Chưa có quá trình" in page
    assert "1900 9068" in page


def test_the_history_shows_totals_unpaid_months_and_periods():
    make_worker()
    page = signed_in().get("/qua-trinh").text
    assert "<b>8</b><span>năm</span><b>10</b><span>tháng</span>" in page
    assert "Tổng thời gian chậm đóng: 2 tháng" in page
    assert page.index(SAO_MAI[1]) < page.index("Bạch Đằng")
    assert "Gián đoạn" in page


def test_the_table_behind_the_picture_has_the_same_months():
    person_id, client = bare()
    add_period(person_id, date(2020, 3, 1), date(2021, 2, 1))
    page = client.get("/qua-trinh").text
    assert '<th scope="row" class="num">2020</th><td class="right">10</td>' in page
    assert '<th scope="row" class="num">2021</th><td class="right">2</td>' in page


def test_a_period_shows_all_its_fields_and_where_it_came_from():
    person_id, client = bare()
    add_period(person_id, date(2020, 3, 1), date(2021, 2, 1), workplace="Xưởng 2", wage=6_512_000)
    page = client.get("/qua-trinh/bhxh/1").text
    for words in (
        "03/2020",
        "02/2021",
        "1 năm",
        "Công nhân may",
        "Công ty TNHH Sao Mai (TZ0001A)",
        "Xưởng 2",
        "6.512.000 đ/tháng",
        "VND",
        "Ghi nhận lúc",
    ):
        assert words in page, words


def test_a_coefficient_is_not_shown_as_money():
    person_id, client = bare()
    add_period(person_id, date(2020, 3, 1), date(2021, 2, 1), wage="2.34", wage_kind="coefficient")
    assert "2,34" in client.get("/qua-trinh/bhxh/1").text


@pytest.mark.parametrize(
    "path", ["/qua-trinh/bhxh/0", "/qua-trinh/bhxh/99", "/qua-trinh/xyz", "/qua-trinh/xyz/1"]
)
def test_rows_that_are_not_there_are_not_found(path: str):
    make_worker()
    assert signed_in().get(path).status_code == 404


def test_a_person_missing_in_the_register_still_gets_a_page():
    make_citizen()
    assert "Chưa tìm thấy dữ liệu của bạn" in signed_in().get("/").text


def test_a_period_that_begins_next_month_counts_nothing_yet():
    person_id, client = bare()
    add_period(person_id, first_day(month_of(TODAY) + 1), None)
    assert client.get("/qua-trinh").status_code == 200
    assert client.get("/qua-trinh/bhxh/1").status_code == 200


def test_forty_years_in_forty_periods_fit_the_picture():
    person_id, client = bare()
    for year in range(1985, 2025):
        add_period(person_id, date(year, 1, 1), date(year, 11, 1))
    page = client.get("/qua-trinh").text
    assert page.count('class="period"') == Contribution.objects.count() == 40


def test_the_unemployment_tab_tells_what_is_not_yet_used():
    make_worker()
    page = signed_in().get("/qua-trinh/bhtn").content.decode()
    assert "Thời gian chưa hưởng trợ cấp thất nghiệp" in page
    assert "Thời gian chưa hưởng" not in signed_in().get("/qua-trinh").content.decode()


def test_the_health_tab_tells_since_when_cover_is_continuous():
    make_worker()
    page = signed_in().get("/qua-trinh/bhyt").content.decode()
    assert "Thời gian tham gia liên tục" in page
    assert "không lần nào gián đoạn quá 3 tháng" in page
