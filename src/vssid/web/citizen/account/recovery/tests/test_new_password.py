"""A forgotten password is replaced with a proved claim, and by nothing else."""

from __future__ import annotations

import pytest
from django.utils import timezone

from vssid.domain.accounts.recovery import freezing
from vssid.domain.notifications.models.messages import Message
from vssid.kernel.actor import SYSTEM
from vssid.web.citizen.tests.cast import LAN, PASSWORD, browser, make_citizen, sign_in

from .asking import NEW, ask, code_in_text

pytestmark = pytest.mark.django_db


def test_a_forgotten_password_is_replaced_by_a_code_to_the_phone():
    person_id = make_citizen()
    elsewhere = browser("198.51.100.7")
    sign_in(elsewhere)
    client = browser()
    assert ask(client)["Location"] == "/quen-mat-khau/ma"
    assert client.post("/quen-mat-khau/ma", {"code": code_in_text()})["Location"] == "/quen-mat-khau/mat-khau"
    done = client.post("/quen-mat-khau/mat-khau", {"new": NEW, "again": NEW})
    assert done["Location"] == "/tai-khoan?xong=mat-khau"
    assert "Đã đặt mật khẩu mới" in client.get(done["Location"]).text
    assert elsewhere.get("/thiet-bi")["Location"].startswith("/dang-nhap")
    assert sign_in(browser(), password=PASSWORD).status_code == 422
    assert sign_in(browser(), password=NEW).status_code == 302
    assert Message.objects.filter(subject_id=person_id, kind="password_reset").exists()


def test_nobody_reaches_the_new_password_without_the_code():
    make_citizen()
    client = browser()
    assert client.get("/quen-mat-khau/ma")["Location"] == "/quen-mat-khau"
    ask(client)
    assert client.get("/quen-mat-khau/mat-khau")["Location"] == "/quen-mat-khau"
    client.post("/quen-mat-khau/mat-khau", {"new": NEW, "again": NEW})
    assert sign_in(browser(), password=NEW).status_code == 422


@pytest.mark.parametrize("new", ["ngan7ky", "12345678", f"toi la {LAN}"])
def test_a_weak_new_password_is_refused_and_can_be_typed_again(new: str):
    make_citizen()
    client = browser()
    ask(client)
    client.post("/quen-mat-khau/ma", {"code": code_in_text()})
    assert client.post("/quen-mat-khau/mat-khau", {"new": new, "again": new}).status_code == 422
    assert client.post("/quen-mat-khau/mat-khau", {"new": NEW, "again": NEW}).status_code == 302


def test_a_frozen_account_gets_no_password_by_code():
    person_id = make_citizen()
    freezing.freeze(person_id, by=SYSTEM, how="test", now=timezone.now())
    client = browser()
    ask(client)
    client.post("/quen-mat-khau/ma", {"code": code_in_text()})
    answer = client.post("/quen-mat-khau/mat-khau", {"new": NEW, "again": NEW})
    assert answer.status_code == 403
    assert "Tài khoản đang khóa" in answer.text
