"""/can-bo/bang-ke: a list is made, opened by its code, ticked off, and ended with its differences."""

from __future__ import annotations

import pytest

from tests.making.registrations import (
    BINH,
    ELSEWHERE,
    HONG_BANG,
    LAN,
    NOW,
    make_application,
    make_office,
    make_officer,
    make_officer_account,
)
from tests.making.roll_out import make_employer
from tests.page_text import text_of
from vssid.domain.employers.handing_in.tests import sent as handing_in
from vssid.domain.registration.handover import lists
from vssid.domain.registration.models import Application, HandoverList
from vssid.web.officer.tests.desk import browser_of, hanh, minh

pytestmark = pytest.mark.django_db
LISTS = "/can-bo/bang-ke"


def number_of(application_id: int) -> str:
    return str(Application.objects.get(id=application_id).number)


def test_a_list_is_made_scanned_and_ended() -> None:
    client, number, other = minh(), number_of(make_application()), number_of(make_application(BINH))
    page = client.post(LISTS, {"so-ho-so": f"{number}\n00099/2026/03101"})["Location"]
    assert "Còn thiếu 2 / 2" in text_of(client.get(page).content)
    assert "Đã nhận" in text_of(client.post(f"{page}/quet", {"ma": number}).content)
    said = text_of(client.post(f"{page}/quet", {"ma": other}).content)
    assert "Không có trong bảng kê" in said
    shown = text_of(client.post(page, {"ma": number}).content)  # without a script
    assert "Quét lần nữa" in shown
    assert "Còn thiếu 1 / 2 00099/2026/03101" in shown
    assert f"Ngoài bảng kê 1 Không có trong bảng kê {other}" in shown
    client.post(f"{page}/xong")
    assert "Bảng kê đã kết thúc" in text_of(client.get(page).content)
    assert client.post(f"{page}/quet", {"ma": number}).status_code == 409
    assert client.post(page, {"ma": number})["Location"] == page
    assert "đã xong, thiếu 1/2" in text_of(client.get(LISTS).content)


def test_its_code_opens_it_from_the_pile_and_from_the_scan_box() -> None:
    client = minh()
    page = client.post(LISTS, {"so-ho-so": "00099/2026/03101"})["Location"]
    code = HandoverList.objects.get().number
    assert client.post("/can-bo/tim", {"q": code})["Location"] == page
    assert client.post("/can-bo/nhan-to-khai", {"ma": code})["Location"] == page
    assert f'data-open="{page}"' in client.post("/can-bo/nhan-to-khai/quet", {"ma": code}).content.decode()


def test_a_code_that_was_misread_opens_nothing_and_says_so() -> None:
    client = minh()
    client.post(LISTS, {"so-ho-so": "00099/2026/03101"})
    code = HandoverList.objects.get().number
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    answer = client.post("/can-bo/nhan-to-khai", {"ma": wrong})
    assert "Không có trong hệ thống" in text_of(answer.content)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (" ", "Nhập ít nhất một số hồ sơ."),
        ("Lan 1/2026/03101", "Không phải số hồ sơ: Lan."),
        (" ".join(f"{n}/2026/03101" for n in range(1, 302)), "nhiều nhất 300 hồ sơ"),
    ],
)
def test_what_makes_no_list_is_said_beside_the_field_and_stays(typed: str, said: str) -> None:
    answer = minh().post(LISTS, {"so-ho-so": typed})
    assert answer.status_code == 422
    assert said in text_of(answer.content)
    assert typed.strip() in answer.content.decode()


def test_another_office_and_who_checks_no_papers_find_no_list() -> None:
    page = minh().post(LISTS, {"so-ho-so": "00099/2026/03101"})["Location"]
    stranger = hanh()
    for rest in ("", "/quet", "/xong"):
        assert stranger.post(f"{page}{rest}", {"ma": "x"}).status_code == 404
    chief = browser_of(make_officer_account("hoa", HONG_BANG, "Hoa", "director"))
    assert chief.get(LISTS).status_code == 403


def test_a_list_of_an_employer_is_received_with_every_difference_and_ends_in_a_receipt() -> None:
    client = minh()
    make_employer(handing_in.HERE, HONG_BANG, name="Công ty Sao Mai (mẫu)")
    lan, binh = handing_in.make_sent(LAN), handing_in.make_sent(BINH)
    list_id = handing_in.make_list(lan, binh)
    page = f"{LISTS}/{list_id}"
    assert "Công ty Sao Mai (mẫu) TZ0001A" in text_of(client.get(page).content)
    unsigned = client.post(f"{page}/quet", {"ma": number_of(lan), "chua-ky": "1"})
    assert "Chưa ký" in text_of(unsigned.content)
    client.post(page, {"ma": number_of(binh)})
    client.post(page, {"ma": "00099/2026/03101"})
    assert client.get(f"{page}/bien-nhan.pdf").status_code == 404
    client.post(f"{page}/xong")
    shown = text_of(client.get(page).content)
    assert f"Có trong bảng kê nhưng khác 1 Chưa ký {number_of(lan)}" in shown
    assert "Không có trong hệ thống" in shown
    assert client.get(f"{page}/bien-nhan.pdf").content.startswith(b"%PDF")
    assert not Application.objects.get(id=lan).form_received_at


def test_the_code_of_a_list_for_another_office_says_where_it_belongs() -> None:
    client = minh()
    make_office(ELSEWHERE, "BHXH nơi khác (mẫu)")
    elsewhere = lists.make("00099/2026/03102", by=make_officer(office=ELSEWHERE), now=NOW)
    number = HandoverList.objects.get(id=elsewhere).number
    said = text_of(client.post("/can-bo/nhan-to-khai", {"ma": number}).content)
    assert "Bảng kê lập cho cơ quan khác" in said
    assert "BHXH nơi khác (mẫu)" in said
