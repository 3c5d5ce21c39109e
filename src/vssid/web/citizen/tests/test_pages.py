"""The pages of a signed-in person: who sees them, what they cost, and what the first ones say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.making.registrations import LAN as REGISTERED
from tests.making.registrations import make_person

from .cast import TUAN, browser, make_citizen, make_worker, signed_in

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
    # street that lies sealed. Where an employer pays in today, whom to ask about it is one more.
    one_more = {"/qua-trinh", "/the"}
    several = {"/": 5, "/ca-nhan": 2, "/the/ma": 3, "/the/hinh-anh": 2, "/qua-trinh/bhtn": 2}
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


def test_the_home_page_is_a_wallet_with_number_facility_share_and_state():
    make_worker()
    page = signed_in().get("/").text
    for words in ("Nguyễn Thị Lan", "NGUYỄN THỊ LAN", "0100 000 001", "31901", "Hưởng 80 %", "Còn giá trị"):
        assert words in page
    assert 'href="/the/ma"' in page
    assert 'href="/ca-nhan"' in page


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


def test_a_person_missing_in_the_register_still_gets_a_page():
    make_citizen()
    client = signed_in()
    for path in ("/", "/ca-nhan"):
        assert "Chưa tìm thấy dữ liệu của bạn" in client.get(path).text
