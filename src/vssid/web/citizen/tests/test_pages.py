"""The pages of a signed-in person: what they say, in each state, and to nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.making.registrations import LAN as REGISTERED
from tests.making.registrations import make_person
from vssid.domain.cards import qr_text
from vssid.domain.participants.models.people import Contribution, Employer, StandingCount
from vssid.domain.participants.participation.totals import first_day, month_of
from vssid.domain.record import queries
from vssid.infra.documents.qr import qr_svg
from vssid.kernel.calendar import local_day

from .cast import LAN, SAO_MAI, TUAN, add_coverage, add_period, browser, enter, make_citizen, make_worker

pytestmark = pytest.mark.django_db
PERSONAL = [
    "/",
    "/ca-nhan",
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
    enter(client, code=code)
    return client


def bare(**more):
    """A signed-in person of the register without periods and cover."""
    person_id = make_person(replace(REGISTERED, bhxh_code=LAN, **more))
    make_citizen(person_id=person_id)
    return person_id, signed_in()


@pytest.mark.parametrize("path", PERSONAL)
def test_a_page_asks_the_database_for_session_and_record_only(
    path: str, django_assert_num_queries: DjangoAssertNumQueries, settings: Any
):
    settings.BASE_URL = "http://localhost"  # where browsers know passkeys
    make_worker()
    client = signed_in()
    client.get(path)  # a connection's first statements set it up
    # Two pages list the children, for the switcher.
    # The home page also reads the open files, of the person and for children, who looked, and whether a
    # passkey is to be offered; the personal page the sealed numbers and their key, a row's page who sent it,
    # the unemployment tab which benefits have used its months, the card's codes the key that signs, and the
    # street that lies sealed.
    one_more = {"/qua-trinh/bhtn", "/the"}
    several = {"/": 5, "/ca-nhan": 2, "/the/ma": 3, "/the/hinh-anh": 2}
    more = several.get(path, 1 if path in one_more else path.count("/") // 3)
    with django_assert_num_queries(2 + more):
        assert client.get(path).status_code == 200


def test_a_stranger_at_the_door_is_welcomed_and_told_that_no_links_are_sent():
    answer = browser().get("/")
    assert answer.status_code == 200
    assert answer["X-Offline"] == "wipe"
    for words in ("Đăng ký ngay", "Đăng nhập", "Hồ sơ của tôi đến đâu?", "không gửi đường dẫn", "1900 9068"):
        assert words in answer.text


def test_the_start_names_who_provides_the_service_and_a_demo_says_that_it_is_one(settings):
    settings.DEMO = False
    assert "Do <strong>Bảo hiểm xã hội Việt Nam</strong> cung cấp." in browser().get("/").text
    settings.AUTHORITY = "Cơ quan Thử nghiệm"
    page = browser().get("/").text
    assert "Do <strong>Cơ quan Thử nghiệm</strong> cung cấp." in page
    assert "<header><span>Cơ quan Thử nghiệm</span>" in page  # and the cards name it too
    settings.DEMO = True
    page = browser().get("/").text
    assert "bản trình diễn của một nền tảng mở, không phải dịch vụ của Cơ quan Thử nghiệm" in page
    assert "cung cấp." not in page


def test_strangers_and_people_have_the_same_four_tabs():
    make_worker()
    for client, first in ((browser(), "Bắt đầu"), (signed_in(), "Thẻ của tôi")):
        for path in ("/", "/dich-vu-cong", "/tra-cuu", "/tro-giup"):
            page = client.get(path).text
            bar = page[page.index('<nav class="bar"') : page.index("</nav>")]
            for label in (first, "Dịch vụ công", "Tra cứu", "Trợ giúp"):
                assert f"<span>{label}</span>" in bar, (path, label)
            assert bar.count("aria-current") == 1, path


def late(months: int = 3) -> Any:
    """The first page of Lan, whose unpaid months began so many months ago."""
    Contribution.objects.filter(unpaid_from__isnull=False).update(
        unpaid_from=first_day(month_of(TODAY) - months)
    )
    return signed_in().get("/").text


def test_the_home_page_is_a_wallet_with_number_facility_share_and_state():
    make_worker()
    page = signed_in().get("/").text
    for words in ("Nguyễn Thị Lan", "NGUYỄN THỊ LAN", "0100 000 001", "31901", "Hưởng 80 %", "Còn giá trị"):
        assert words in page
    assert 'href="/the/ma"' in page
    assert 'href="/ca-nhan"' in page


def test_a_late_employer_is_told_and_nothing_says_that_nothing_is_to_be_done():
    make_worker()
    page = late()
    assert 'class="wcard valid late"' in page
    assert "Đơn vị chậm đóng" in page
    assert "không cần làm gì" not in page
    client = signed_in()
    for path in ("/the", "/the/ma", "/the/hinh-anh"):
        said = client.get(path).text
        assert "đơn vị chậm đóng" in said, path
        assert "không cần làm gì" not in said, path


def test_the_personal_page_shows_what_the_register_says_of_the_person():
    make_worker()
    page = signed_in().get("/ca-nhan").text
    for words in ("Nguyễn Thị Lan", "02/01/1990", "0912\u00a0345\u00a0678", "Cỡ chữ", "Đăng xuất"):
        assert words in page


def test_the_id_number_is_masked_on_every_page():
    make_worker()
    client = signed_in()
    assert "••••\u00a0••••\u00a00001" in client.get("/ca-nhan").text
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
        (
            TODAY - timedelta(days=300),
            TODAY + timedelta(days=9),
            False,
            "Sắp hết giá trị: dùng được đến hết ngày",
        ),
        (TODAY - timedelta(days=300), TODAY, True, "Sắp hết giá trị: dùng được đến hết ngày"),
        (TODAY - timedelta(days=300), TODAY - timedelta(days=1), True, "Đã hết giá trị: ngày cuối cùng là"),
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
    whole = queries.with_street(card, person_id)
    assert "Số 12" in whole.address
    assert qr_svg(qr_text.compose(whole)) in page
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
    late(months=3)
    page = signed_in().get("/qua-trinh").text
    assert "<b>8</b><span>năm</span><b>10</b><span>tháng</span>" in page
    assert "Tổng thời gian chậm đóng: 2 tháng" in page
    assert page.index(SAO_MAI[1]) < page.index("Bạch Đằng")
    assert "Gián đoạn" in page


@pytest.mark.parametrize(
    ("cycle", "back", "said"),
    [
        ("monthly", 2, "Đơn vị chậm đóng tháng"),
        ("monthly", 1, ""),
        ("", 2, "Chưa ghi nhận đơn vị đóng tháng"),
        ("", 8, "Đơn vị chậm đóng"),
        ("", 1, ""),
    ],
)
def test_an_employer_is_called_late_only_when_it_is_for_certain(cycle: str, back: int, said: str):
    person_id, client = bare()
    month = month_of(local_day(timezone.now()))
    add_period(person_id, first_day(month - 30), None, unpaid_from=first_day(month - back))
    Employer.objects.update(paying_cycle=cycle)
    home, history = client.get("/").text, client.get("/qua-trinh").text
    assert said in home
    assert ("chậm đóng" in home) == ("chậm đóng" in said)
    assert ("Đơn vị chậm đóng từ" in history) == ("chậm đóng" in said)
    assert ("Tổng thời gian chậm đóng" in history) == ("chậm đóng" in said)
    assert "Chưa đến hạn đóng" in history
    assert ("Chưa ghi nhận đơn vị đóng" in home) == said.startswith("Chưa")


def test_what_was_paid_since_the_last_file_is_not_called_late():
    make_worker()
    late(months=5)
    StandingCount.objects.create(run_id=1, day=date(2020, 1, 1), counted_at=timezone.now())
    client = signed_in()
    assert "chậm đóng" not in client.get("/").text
    page = client.get("/qua-trinh").text
    assert "Theo dữ liệu đến ngày 01/01/2020" in page
    assert "chậm đóng" not in page


def test_who_pays_alone_is_never_called_late():
    person_id, client = bare()
    month = month_of(local_day(timezone.now()))
    add_period(
        person_id, first_day(month - 30), None, None, is_voluntary=True, unpaid_from=first_day(month - 20)
    )
    page = client.get("/qua-trinh").text
    assert "Chưa ghi nhận tiền bạn tự đóng." in page
    assert "chậm đóng" not in page + client.get("/").text


def test_a_level_that_a_law_changed_is_shown_with_the_law_and_what_the_card_says():
    person_id, client = bare()
    add_coverage(person_id, date(2025, 6, 1), None, object_code="CN", benefit_level="3")
    for path in ("/the", "/qua-trinh/bhyt/1"):
        page = client.get(path).text
        assert "2 · 100% từ 01/01/2026 theo Nghị quyết 261/2025/QH15 (dữ liệu thẻ ghi mức 3)" in page, path
    assert "Được chi trả 100%" in client.get("/the").text


@pytest.mark.parametrize("told", [date(2024, 3, 1), None])
def test_the_day_of_five_years_is_one_on_every_page_and_says_whether_it_is_counted(told: date | None):
    person_id, client = bare()
    add_coverage(person_id, date(2023, 1, 1), None, five_years_from=told)
    said = {path: client.get(path).text for path in ("/", "/the", "/the/hinh-anh", "/qua-trinh/bhyt")}
    if told:
        assert "01/03/2024" in said["/the"]
        assert "01/03/2024" in said["/the/hinh-anh"]
        assert "01/01/2028" not in said["/the"] + said["/the/hinh-anh"] + said["/"]
        assert "Thẻ ghi đã đủ 5 năm liên tục từ" in said["/qua-trinh/bhyt"]
        assert "Tính từ các thẻ có trong dữ liệu thì liên tục từ 01/01/2023" in said["/qua-trinh/bhyt"]
        return
    assert "Đủ 5 năm liên tục (tính từ dữ liệu)" in said["/the"]
    assert "01/01/2028" in said["/the"]
    assert "Thẻ chưa ghi thời điểm này." in said["/qua-trinh/bhyt"]
    assert "01/01/2028" not in said["/the/hinh-anh"]
    assert "Nghị định 188/2025/NĐ-CP" in said["/qua-trinh/bhyt"]


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
    client = signed_in()
    for path in ("/", "/ca-nhan"):
        assert "Chưa tìm thấy dữ liệu của bạn" in client.get(path).text


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
    assert "Thời gian đóng BHTN được bảo lưu" in page
    assert "được bảo lưu" not in signed_in().get("/qua-trinh").content.decode()


def test_the_unemployment_tab_tells_where_and_by_when_to_claim():
    person_id, client = bare()
    today = local_day(timezone.now())
    add_period(person_id, date(today.year - 3, 1, 1), date(today.year - 1, 12, 1), scheme="bhtn")
    page = client.get("/qua-trinh/bhtn").text
    assert "trung tâm dịch vụ việc làm, trong 3 tháng kể từ ngày nghỉ việc" in page
    assert f"31/12/{today.year - 1}" in page
    assert f"31/03/{today.year}" in page
    add_period(person_id, date(today.year, 1, 1), None, scheme="bhtn")
    assert f"31/03/{today.year}" not in client.get("/qua-trinh/bhtn").text
