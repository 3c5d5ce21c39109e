"""HR people sign in by two steps, at their own door alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests.making.employers import NOW, SAO_MAI, make_hr
from tests.making.registrations import make_officer_account
from tests.making.staff import OWN_PASSWORD
from tests.page_text import text_of
from vssid.domain.accounts import employer_people
from vssid.domain.accounts.models.accounts import Session
from vssid.domain.employers.seats.roles import Role
from vssid.kernel.actor import SYSTEM
from vssid.web.ui import cookies

from ...tests import cast
from ...tests.cast import SECOND_STEP, SIGN_IN

pytestmark = pytest.mark.django_db


def test_the_password_alone_opens_nothing_and_the_code_leads_to_the_wanted_page() -> None:
    tuan = make_hr("Trần Tuấn", (SAO_MAI, Role.ADMINISTRATOR))
    client = Client()
    answer = client.post(SIGN_IN, {"username": cast.login_of(tuan), "password": OWN_PASSWORD})
    assert answer["Location"].startswith(SECOND_STEP)
    assert client.get("/don-vi")["Location"].startswith(SIGN_IN)
    answer = cast.sign_in(client, tuan, tiep="/don-vi/nguoi")
    assert answer["Location"] == "/don-vi/nguoi"
    assert answer.cookies[cookies.SESSION]["max-age"] == ""  # until the browser closes
    assert "Công ty Sao Mai (mẫu)" in text_of(client.get("/don-vi").content)


@pytest.mark.parametrize("elsewhere", ["/can-bo", "/tai-khoan", "//evil.vn", "/don-vi/dang-nhap", "/don-vix"])
def test_a_sign_in_leads_to_no_page_of_another_door(elsewhere: str) -> None:
    tuan = make_hr("Trần Tuấn", (SAO_MAI, Role.ADMINISTRATOR))
    assert cast.sign_in(Client(), tuan, tiep=elsewhere)["Location"] == "/don-vi"


def test_a_name_without_an_account_a_wrong_password_and_a_member_of_staff_read_the_same() -> None:
    tuan = make_hr("Trần Tuấn", (SAO_MAI, Role.ADMINISTRATOR))
    make_officer_account("minh")
    answers = [
        Client().post(SIGN_IN, {"username": name, "password": password})
        for name, password in ((cast.login_of(tuan), "sai"), ("khong.co", "sai"), ("minh", OWN_PASSWORD))
    ]
    assert {answer.status_code for answer in answers} == {422}
    assert all("Tên đăng nhập hoặc mật khẩu chưa đúng" in text_of(answer.content) for answer in answers)


def test_with_an_activation_code_the_own_password_and_a_factor_come_first() -> None:
    opened = employer_people.create("lan.saomai", display_name="Lan", by=SYSTEM, now=NOW)
    client = Client()
    answer = client.post(SIGN_IN, {"username": "lan.saomai", "password": opened.activation})
    assert answer["Location"] == "/don-vi"
    assert client.get("/don-vi")["Location"] == "/don-vi/mat-khau-moi"
    new = {"new": OWN_PASSWORD, "again": OWN_PASSWORD}
    assert client.post("/don-vi/mat-khau-moi", new)["Location"] == "/don-vi/xac-thuc/ung-dung"
    page = client.get("/don-vi/xac-thuc/ung-dung")
    assert "danh sách nhiều người lao động" in text_of(page.content)
    assert client.get("/don-vi/nguoi")["Location"] == "/don-vi/xac-thuc/ung-dung"


def test_a_session_at_rest_and_one_of_a_whole_day_are_over() -> None:
    client = cast.tuan()
    with time_machine.travel(NOW + timedelta(minutes=31), tick=False):
        assert client.get("/don-vi")["Location"].startswith(SIGN_IN)


def test_the_shared_pages_open_in_the_frame_of_the_employer() -> None:
    client = cast.tuan()
    for page in ("/don-vi/phien", "/don-vi/xac-thuc", "/don-vi/mat-khau"):
        answer = client.get(page)
        text = text_of(answer.content)
        assert answer.status_code == 200, page
        assert "Công ty Sao Mai (mẫu)" in text, page
        assert "/can-bo" not in answer.content.decode(), page
    assert "Quá 30 phút" not in text_of(client.get(SIGN_IN).content)


def test_signing_out_ends_the_session() -> None:
    client = cast.tuan()
    assert client.post("/don-vi/dang-xuat")["Location"] == SIGN_IN
    assert not Session.objects.exists()
