"""Staff sign in, are told why they are out, and are never locked out for good."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests.making.registrations import NOW, make_application, make_officer_account
from tests.making.staff import sign_in
from tests.page_text import text_of
from vssid.domain.accounts.models.accounts import Session
from vssid.web.ui import cookies

from .desk import PASSWORD, browser_of, file_of, minh

pytestmark = pytest.mark.django_db
PAGE = "/can-bo/dang-nhap"


def test_an_officer_signs_in_and_comes_to_the_wanted_page() -> None:
    make_officer_account()
    client = Client()
    asked = client.get("/can-bo/ho-so/77")
    assert asked["Location"] == f"{PAGE}?tiep=%2Fcan-bo%2Fho-so%2F77"
    answer = sign_in(client, " MINH ", tiep="/can-bo/ho-so/77")
    assert (answer.status_code, answer["Location"]) == (302, "/can-bo/ho-so/77")
    cookie = answer.cookies[cookies.SESSION]
    assert cookie["httponly"]
    assert not cookie["max-age"]
    assert client.get("/can-bo").status_code == 200


@pytest.mark.parametrize(
    "next_path", ["https://xau.example/can-bo", "//xau.example", "/dang-ky", "/can-bo/dang-xuat"]
)
def test_it_goes_nowhere_but_into_the_console(next_path: str) -> None:
    make_officer_account()
    answer = sign_in(Client(), tiep=next_path)
    assert answer["Location"] == "/can-bo"


@pytest.mark.parametrize(("name", "password"), [("minh", "sai"), ("khong-co", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_read_the_same(name: str, password: str) -> None:
    make_officer_account()
    answer = Client().post(PAGE, {"username": name, "password": password})
    assert answer.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in text_of(answer.content)
    assert cookies.SESSION not in answer.cookies


def test_empty_fields_are_named() -> None:
    said = text_of(Client().post(PAGE, {}).content)
    assert "Hãy nhập tên đăng nhập." in said
    assert "Hãy nhập mật khẩu." in said


def test_too_many_tries_say_when_to_come_back_and_the_page_stays(wednesday: time_machine.Traveller) -> None:
    make_officer_account()
    client = Client()
    for _try in range(5):
        client.post(PAGE, {"username": "minh", "password": "sai"})
    answer = client.post(PAGE, {"username": "minh", "password": PASSWORD})
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 61
    assert "Thử lại từ 20:15" in text_of(answer.content)
    assert client.get(PAGE).status_code == 200
    wednesday.move_to(NOW + timedelta(minutes=1, seconds=1))
    assert client.post(PAGE, {"username": "minh", "password": PASSWORD}).status_code == 302


def test_fifteen_quiet_minutes_end_the_session_and_the_page_says_so(
    wednesday: time_machine.Traveller,
) -> None:
    client, application = minh(), make_application()
    wednesday.move_to(NOW + timedelta(minutes=15, seconds=1))
    answer = client.get(file_of(application), follow=True)
    said = text_of(answer.content)
    assert "Phiên làm việc đã kết thúc" in said
    assert "Quá 15 phút không có thao tác" in said
    assert f'value="{file_of(application)}"' in answer.content.decode()


def test_a_button_that_finds_the_session_over_leads_back_to_its_file(
    wednesday: time_machine.Traveller,
) -> None:
    client, application = minh(), make_application()
    wednesday.move_to(NOW + timedelta(minutes=16))
    referer = f"http://testserver{file_of(application)}"
    answer = client.post(file_of(application, "nhan-to-khai"), headers={"Referer": referer}, follow=True)
    assert "thao tác vừa bấm chưa được ghi" in text_of(answer.content)
    assert f'value="{file_of(application)}"' in answer.content.decode()


def test_typing_keeps_the_session_open(wednesday: time_machine.Traveller) -> None:
    client = minh()
    wednesday.move_to(NOW + timedelta(minutes=14))
    assert client.post("/can-bo/con-day").status_code == 204
    wednesday.move_to(NOW + timedelta(minutes=28))
    assert client.get("/can-bo").status_code == 200


def test_signing_out_ends_the_session_and_not_only_the_cookie() -> None:
    client = minh()
    token = client.cookies[cookies.SESSION].value
    assert client.post("/can-bo/dang-xuat")["Location"] == PAGE
    assert not Session.objects.exists()
    client.cookies[cookies.SESSION] = token
    assert client.get("/can-bo").status_code == 302


def test_signing_in_anew_ends_the_session_before() -> None:
    person_id = make_officer_account()
    client = browser_of(person_id)
    sign_in(client)
    assert Session.objects.filter(person_id=person_id).count() == 1


def test_a_broken_referer_is_none(client):
    assert client.get("/can-bo/dang-nhap", headers={"referer": "http://[x"}).status_code == 200
