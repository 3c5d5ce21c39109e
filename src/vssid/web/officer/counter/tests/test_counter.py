"""The counter's page: a card or a number, the person, and what can be done for them."""

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
    make_officer_account,
    make_person,
)
from tests.page_text import text_of
from vssid.domain.accounts.models.accounts import CounterRequest
from vssid.domain.accounts.recovery import freezing
from vssid.domain.casework import own_files
from vssid.domain.registration.counter.tests.test_walk_ins import CARD
from vssid.domain.registration.models import WalkIn
from vssid.kernel.actor import SYSTEM
from vssid.web.officer.tests.desk import browser_of, minh, open_account

pytestmark = pytest.mark.django_db
QUAY = "/can-bo/quay"


def ask(client, text=LAN.bhxh_code):
    return client.post(QUAY, {"q": text})


def test_who_has_no_account_can_be_registered() -> None:
    client = minh()
    make_person()
    page = ask(client)
    said = text_of(page.content)
    assert (page.status_code, LAN.full_name in said, "Lập hồ sơ đăng ký cùng người dân" in said) == (
        200,
        True,
        True,
    )
    assert "Đổi số điện thoại" not in said
    answer = client.post(f"{QUAY}/moi", {"q": LAN.bhxh_code})
    walk_in = WalkIn.objects.get()
    assert (answer["Location"], walk_in.officer_name) == (f"{QUAY}?ho-so={walk_in.subject_id}", "Minh")


def test_who_has_an_account_is_helped_with_it_and_not_registered() -> None:
    client = minh()
    open_account(make_person())
    page = ask(client)
    said = text_of(page.content)
    assert "Lập hồ sơ đăng ký" not in said
    for act in ("Cấp mật khẩu kích hoạt mới", "Đổi số điện thoại", "Khóa tài khoản"):
        assert act in said
    assert "Mở khóa" not in said
    answer = client.post("/can-bo/tai-khoan", {"name": LAN.bhxh_code, "kind": "phone"})
    assert answer["Location"].startswith("/can-bo/tai-khoan/")
    assert CounterRequest.objects.get().kind == "phone"
    again = client.post(f"{QUAY}/moi", {"q": LAN.bhxh_code})
    assert (again.status_code, "Người này đã có tài khoản" in text_of(again.content)) == (409, True)


def test_a_frozen_account_is_opened_and_not_frozen_again() -> None:
    client = minh()
    person = make_person()
    open_account(person)
    freezing.freeze(person, by=SYSTEM, how="test", now=NOW)
    said = text_of(ask(client).content)
    assert "đang khóa" in said
    assert "Mở khóa tài khoản" in said
    assert client.post("/can-bo/tai-khoan", {"name": LAN.bhxh_code, "kind": "thaw"}).status_code == 302


def test_an_open_file_is_a_key_away_and_one_elsewhere_is_named() -> None:
    client = minh()
    here = make_application()
    assert f'href="{QUAY}?ho-so={here}"' in ask(client).content.decode()
    make_office(ELSEWHERE, "BHXH huyện Khác (mẫu)")
    there = make_application(BINH, office_code=ELSEWHERE)
    page = ask(client, BINH.bhxh_code)
    assert f"?ho-so={there}" not in page.content.decode()
    assert "đang chờ tại BHXH huyện Khác (mẫu)" in text_of(page.content)


def test_a_card_that_the_register_does_not_know_says_what_to_ask() -> None:
    said = text_of(ask(minh(), CARD).content)
    assert LAN.full_name in said
    assert "số CCCD này không có trong dữ liệu BHXH" in said


@pytest.mark.parametrize(("text", "words"), [("", "Quét thẻ, hoặc nhập"), ("Lan", "Đây không phải mã QR")])
def test_what_is_no_number_is_said_beside_the_field(text: str, words: str) -> None:
    page = ask(minh(), text)
    assert (page.status_code, words in text_of(page.content)) == (422, True)
    assert 'aria-describedby="id_q_error"' in page.content.decode()


def test_somebody_close_is_served_by_a_colleague(monkeypatch: pytest.MonkeyPatch) -> None:
    client = minh()
    make_person()
    closeness = own_files.Closeness(lambda _by: 1, lambda _own, _person, _now: "guardian")
    monkeypatch.setattr(own_files, "_handed_in", [closeness])
    page = ask(client)
    assert (page.status_code, "Đồng nghiệp khác phải xử lý." in text_of(page.content)) == (409, True)
    assert LAN.full_name not in text_of(page.content)


def test_the_counter_is_for_who_takes_in_papers() -> None:
    make_office()
    reception = browser_of(make_officer_account("thu", HONG_BANG, "Thu", "reception"))
    assert reception.get(QUAY).status_code == 200
    director = browser_of(make_officer_account("huong", HONG_BANG, "Hương", "director"))
    assert director.get(QUAY).status_code == 403
