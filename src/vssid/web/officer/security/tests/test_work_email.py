"""/can-bo/e-mail: shown masked, confirmed by a code, changed after a factor alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.making.registrations import NOW, make_officer_account
from tests.making.sms import letters_to
from tests.page_text import text_of
from vssid.domain.accounts.models.accounts import Account, ContactChange
from vssid.domain.accounts.models.staff import Post
from vssid.kernel.calendar import local_day
from vssid.kernel.text import digits
from vssid.web.officer.tests.desk import browser_of

pytestmark = pytest.mark.django_db
PAGE = "/can-bo/e-mail"
TEXT = "minh@bhxh.example"


@pytest.fixture(autouse=True)
def _mail(settings: Any) -> None:
    settings.MAIL_GATEWAY = "log"


@pytest.fixture
def minh() -> tuple[int, Client]:
    person_id = make_officer_account()
    return person_id, browser_of(person_id)


def code_of(person_id: int) -> str:
    return digits(letters_to(person_id, "contact_new_code")[-1]["text"])[:6]


def test_it_is_asked_for_confirmed_and_taken_away(minh: tuple[int, Client]) -> None:
    person_id, client = minh
    assert client.post(PAGE, {"email": TEXT})["Location"] == f"{PAGE}?xong=da-gui"
    said = text_of(client.get(PAGE).content)
    assert "m•••@bhxh.example" in said
    assert TEXT not in said
    assert client.post(f"{PAGE}/ma", {"code": code_of(person_id)})["Location"] == f"{PAGE}?xong=xac-nhan"
    assert "m•••@bhxh.example Đã xác nhận" in text_of(client.get(PAGE).content)
    assert client.post(f"{PAGE}/bo")["Location"] == f"{PAGE}?xong=bo"
    assert Account.objects.get(person_id=person_id).email is None


@pytest.mark.parametrize(
    ("typed", "said"), [("minh", "Địa chỉ e-mail chưa đúng"), ("", "Hãy nhập địa chỉ e-mail")]
)
def test_a_wrong_address_is_said_beside_the_field_and_stays(
    minh: tuple[int, Client], typed: str, said: str
) -> None:
    page = minh[1].post(PAGE, {"email": typed})
    assert (page.status_code, said in text_of(page.content)) == (422, True)
    assert f'value="{typed}"' in page.content.decode() or not typed
    assert not ContactChange.objects.exists()


def test_a_wrong_code_is_counted_and_one_for_nothing_refused(minh: tuple[int, Client]) -> None:
    person_id, client = minh
    page = client.post(f"{PAGE}/ma", {"code": "123456"})
    assert (page.status_code, "Mã không còn dùng được" in text_of(page.content)) == (422, True)
    client.post(PAGE, {"email": TEXT})
    wrong = "000000" if code_of(person_id) != "000000" else "111111"
    page = client.post(f"{PAGE}/ma", {"code": wrong})
    assert (page.status_code, "Còn 4 lần thử" in text_of(page.content)) == (422, True)
    page = client.post(f"{PAGE}/ma", {"code": ""})
    assert (page.status_code, "Nhập 6 chữ số" in text_of(page.content)) == (422, True)


def test_a_code_for_no_address_is_not_sent(minh: tuple[int, Client]) -> None:
    page = minh[1].post(f"{PAGE}/gui-ma")
    assert (page.status_code, letters_to(minh[0], "contact_new_code")) == (422, [])


def test_later_a_change_waits_for_a_factor(
    minh: tuple[int, Client], wednesday: time_machine.Traveller
) -> None:
    person_id, client = minh
    wednesday.move_to(NOW + timedelta(minutes=5, seconds=1))
    for address in (PAGE, f"{PAGE}/gui-ma", f"{PAGE}/bo"):
        assert "Xác nhận lại là bạn" in text_of(client.post(address, {"email": TEXT}).content)
    assert letters_to(person_id, "contact_new_code") == []


def test_an_installation_that_sends_no_mail_says_so(minh: tuple[int, Client], settings: Any) -> None:
    settings.MAIL_GATEWAY = "off"
    page = minh[1].get(PAGE)
    assert "Hệ thống này không gửi e-mail" in text_of(page.content)
    assert 'name="email"' not in page.content.decode()


def test_the_administrator_gives_it_with_the_account_and_sees_it_masked() -> None:
    van = browser_of(make_officer_account("van", name="Vân", role="administrator"))
    Post.objects.update(from_on=local_day(NOW) - timedelta(days=1))
    typed = {"name": "Hoa", "username": "hoa", "office": "03101", "role": "reception", "email": "hoa@"}
    page = van.post("/can-bo/nhan-su/moi", typed)
    assert (page.status_code, "Địa chỉ e-mail chưa đúng" in text_of(page.content)) == (422, True)
    assert van.post("/can-bo/nhan-su/moi", typed | {"email": "hoa@bhxh.example"}).status_code == 200
    hoa = Account.objects.get(login="hoa").person_id
    said = text_of(van.get(f"/can-bo/nhan-su/{hoa}").content)
    assert "h•••@bhxh.example (chờ xác nhận)" in said
