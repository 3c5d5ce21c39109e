"""An account is frozen without a session, and lets nobody in."""

from __future__ import annotations

import pytest
from django.utils import timezone

from vssid.domain.accounts.models.accounts import Account, Session
from vssid.domain.accounts.recovery import freezing
from vssid.domain.notifications.models.messages import Message
from vssid.kernel.actor import SYSTEM
from vssid.web.citizen.tests.cast import LAN, PASSWORD, browser, make_citizen, make_worker, sign_in

from .asking import ask, code_in_text, wrong_code

pytestmark = pytest.mark.django_db


def test_an_account_is_frozen_at_once_by_the_password_without_signing_in():
    person_id = make_worker()
    phone = browser("198.51.100.7")
    sign_in(phone)
    client = browser()
    done = client.post("/khoa-tai-khoan", {"name": LAN, "password": PASSWORD, "cach": "mat-khau"})
    assert done["Location"] == "/khoa-tai-khoan/xong"
    assert not Session.objects.filter(person_id=person_id).exists()
    answer = phone.get("/the")
    assert answer["Location"].startswith("/dang-nhap")
    assert "Nguyễn" not in answer.text
    assert phone.get(answer["Location"])["X-Offline"] == "wipe"
    assert Message.objects.filter(subject_id=person_id, kind="account_frozen").exists()


def test_an_account_is_frozen_by_a_code_to_its_phone():
    person_id = make_citizen()
    client = browser()
    ask(client, "/khoa-tai-khoan", cach="ma")
    assert client.post("/khoa-tai-khoan/ma", {"code": code_in_text()})["Location"] == "/khoa-tai-khoan/xong"
    assert Account.objects.get(person_id=person_id).frozen_at is not None


def test_nobody_else_freezes_it():
    person_id = make_citizen()
    client = browser()
    wrong_password = client.post("/khoa-tai-khoan", {"name": LAN, "password": "x", "cach": "mat-khau"})
    unknown = client.post("/khoa-tai-khoan", {"name": "0999999999", "password": "x", "cach": "mat-khau"})
    assert wrong_password.status_code == unknown.status_code == 422
    assert "chưa đúng" in wrong_password.text
    assert "chưa đúng" in unknown.text
    ask(client, "/khoa-tai-khoan", cach="ma")
    assert client.post("/khoa-tai-khoan/ma", {"code": wrong_code()}).status_code == 422
    assert Account.objects.get(person_id=person_id).frozen_at is None


def test_freezing_by_password_asks_for_one():
    answer = browser().post("/khoa-tai-khoan", {"name": LAN, "cach": "mat-khau"})
    assert answer.status_code == 422
    assert "Hãy nhập mật khẩu." in answer.text


def test_a_signed_in_person_freezes_with_one_button():
    make_citizen()
    client = browser()
    sign_in(client)
    assert client.get("/tai-khoan/khoa").status_code == 200
    done = client.post("/tai-khoan/khoa")
    assert done["Location"] == "/khoa-tai-khoan/xong"
    assert done["X-Offline"] == "wipe"
    assert client.get("/tai-khoan")["Location"].startswith("/dang-nhap")


def test_a_frozen_account_lets_nobody_in_and_says_how_to_open_it():
    person_id = make_citizen()
    freezing.freeze(person_id, by=SYSTEM, how="test", now=timezone.now())
    right = sign_in(browser())
    assert right.status_code == 403
    assert "Tài khoản đang khóa" in right.text
    assert "/mo-khoa-tai-khoan" in right.text
    assert "vssid-session" not in right.cookies
    wrong = sign_in(browser(), password="sai")
    assert wrong.status_code == 422
    assert "đang khóa" not in wrong.text
    assert "/mo-khoa-tai-khoan" not in wrong.text.split("<main")[1].split("chua-co")[0]
