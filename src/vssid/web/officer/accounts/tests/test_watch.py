"""Phone and password together through the desk's pages, and the list of who is answerable."""

from __future__ import annotations

from typing import Any

import pytest

from tests.making.registrations import LAN, make_person
from tests.making.sms import texts_to
from tests.page_text import text_of
from vssid.domain.accounts.models.accounts import Account
from vssid.web.officer.imports.tests.data_desk import quang, yen
from vssid.web.officer.tests.desk import minh, ngoc, open_account, press_approve

from .test_accounts import opened

pytestmark = pytest.mark.django_db
LIST = "/can-bo/tai-khoan/can-xem"


@pytest.fixture
def lan() -> int:
    person_id = make_person()
    open_account(person_id)
    Account.objects.filter(person_id=person_id).update(activation_expires_at=None)
    return person_id


def set_phone(client: Any, person_id: int) -> None:
    page = opened(client, "phone")
    client.post(f"{page}/so-moi", {"phone": "0987654321"})
    code = next(word for word in texts_to(person_id, "contact_new_code")[-1].split() if word.isdigit())
    client.post(f"{page}/ma", {"code": code})
    client.post(f"{page}/xem-ban-chinh")
    assert client.post(f"{page}/thuc-hien").status_code == 302


def test_minh_alone_gets_no_password_and_reads_what_to_do_and_ngoc_gives_it(lan):
    alone = minh()
    set_phone(alone, lan)
    page = opened(alone)
    alone.post(f"{page}/xem-ban-chinh")
    refused = alone.post(f"{page}/thuc-hien")
    assert refused.status_code == 409
    assert "cán bộ khác phải thực hiện" in text_of(refused.content)
    assert "Để không ai một mình chiếm được tài khoản" in text_of(refused.content)
    assert texts_to(lan, "account_activation") == []
    other = ngoc()
    assert "Đã đối chiếu bản chính giấy tờ, đúng người này" in text_of(other.get(page).content)
    assert other.post(f"{page}/xem-ban-chinh").status_code == 302
    assert press_approve(other, f"{page}/thuc-hien").status_code == 302
    assert len(texts_to(lan, "account_activation")) == 1
    shown = text_of(quang().get(LIST).content)
    assert "Cả số điện thoại và mật khẩu" in shown


def test_who_is_answerable_looks_and_the_line_goes(lan):
    set_phone(minh(), lan)
    chief = quang()
    assert "Xem lại tại quầy (1)" in text_of(chief.get("/can-bo/nhap-lieu").content)
    page = chief.get(LIST)
    assert LAN.full_name in text_of(page.content)
    address = page.text.split(f'action="{LIST}/')[1].split('"')[0]
    assert chief.post(f"{LIST}/{address}", follow=True).status_code == 200
    assert LAN.full_name not in text_of(chief.get(LIST).content)


def test_other_staff_and_other_offices_do_not_see_it(lan):
    set_phone(minh(), lan)
    assert minh_again().get(LIST).status_code == 403
    assert LAN.full_name not in text_of(yen().get(LIST).content)


def minh_again() -> Any:
    """An officer who is not answerable."""
    return ngoc()
