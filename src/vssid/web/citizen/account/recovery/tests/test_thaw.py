"""A frozen account is opened by code and password, after the cooling-off."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from vssid.domain.accounts.models.accounts import Account
from vssid.domain.accounts.recovery import freezing
from vssid.domain.notifications.models.messages import Message
from vssid.kernel.actor import SYSTEM
from vssid.web.citizen.tests.cast import PASSWORD, browser, make_citizen, sign_in

from .asking import ask, code_in_text

pytestmark = pytest.mark.django_db


def test_after_the_cooling_off_a_code_and_the_password_open_it():
    person_id = make_citizen()
    freezing.freeze(person_id, by=SYSTEM, how="test", now=timezone.now() - timedelta(hours=25))
    client = browser()
    ask(client, "/mo-khoa-tai-khoan")
    assert client.post("/mo-khoa-tai-khoan/ma", {"code": code_in_text()})["Location"].endswith("/mat-khau")
    done = client.post("/mo-khoa-tai-khoan/mat-khau", {"password": PASSWORD})
    assert done["Location"] == "/dang-nhap?xong=mo-khoa"
    assert "Đã mở khóa" in client.get(done["Location"]).text
    assert sign_in(client).status_code == 302
    assert Message.objects.filter(subject_id=person_id, kind="account_thawed").exists()


def test_before_the_cooling_off_is_over_it_stays_shut_and_says_until_when():
    person_id = make_citizen()
    freezing.freeze(person_id, by=SYSTEM, how="test", now=timezone.now())
    client = browser()
    ask(client, "/mo-khoa-tai-khoan")
    client.post("/mo-khoa-tai-khoan/ma", {"code": code_in_text()})
    answer = client.post("/mo-khoa-tai-khoan/mat-khau", {"password": PASSWORD})
    assert answer.status_code == 409
    assert "Tự mở được từ" in answer.text
    assert Account.objects.get(person_id=person_id).frozen_at is not None


def test_the_code_alone_or_the_password_alone_opens_nothing():
    person_id = make_citizen()
    freezing.freeze(person_id, by=SYSTEM, how="test", now=timezone.now() - timedelta(hours=25))
    client = browser()
    assert (
        client.post("/mo-khoa-tai-khoan/mat-khau", {"password": PASSWORD})["Location"] == "/mo-khoa-tai-khoan"
    )
    ask(client, "/mo-khoa-tai-khoan")
    client.post("/mo-khoa-tai-khoan/ma", {"code": code_in_text()})
    assert client.post("/mo-khoa-tai-khoan/mat-khau", {"password": "sai"}).status_code == 422
    assert Account.objects.get(person_id=person_id).frozen_at is not None
