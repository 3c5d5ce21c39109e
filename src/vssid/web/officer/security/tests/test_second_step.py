"""The password alone opens nothing; a code opens the console, once, in the browser of the password."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.making.registrations import NOW, make_office, make_officer_account
from tests.making.staff import (
    OWN_PASSWORD,
    SECOND_STEP,
    SIGN_IN,
    code_now,
    codes_of,
    secret_of,
    session_of,
    sign_in,
)
from tests.page_text import text_of
from vssid.domain.accounts import staff
from vssid.domain.accounts.factors import authenticator_apps, totp
from vssid.domain.accounts.models.accounts import Account, Session
from vssid.domain.accounts.models.factors import AuthenticatorApp
from vssid.domain.accounts.sign_in import passwords, sessions
from vssid.domain.audit.models import Event
from vssid.kernel.actor import SYSTEM
from vssid.web.ui import cookies

pytestmark = pytest.mark.django_db
TYPED = {"username": "minh", "password": OWN_PASSWORD}


def at_second_step() -> Client:
    client = Client()
    client.post(SIGN_IN, TYPED)
    return client


def wrong_code(person_id: int) -> str:
    good = {totp.code_at(secret_of(person_id), totp.step_of(NOW) + step) for step in range(-25, 26)}
    return next(code for code in ("000000", "111111", "222222") if code not in good)


def refused(answer: Any, words: str) -> None:
    assert answer.status_code == 422
    assert words in text_of(answer.content)
    assert cookies.SESSION not in answer.cookies


def test_the_password_alone_opens_no_session() -> None:
    make_officer_account()
    client = Client()
    answer = client.post(SIGN_IN, TYPED)
    assert answer["Location"].startswith(SECOND_STEP)
    assert cookies.SESSION not in answer.cookies
    assert not Session.objects.exists()
    assert client.get("/can-bo").status_code == 302
    page = client.get(answer["Location"])
    assert 'autocomplete="one-time-code"' in page.content.decode()


def test_a_used_code_opens_nothing() -> None:
    make_officer_account()
    code = code_now()
    assert at_second_step().post(SECOND_STEP, {"ma_xac_thuc": code})["Location"] == "/can-bo"
    refused(at_second_step().post(SECOND_STEP, {"ma_xac_thuc": code}), "Mã này đã được dùng")
    assert Event.objects.get(kind="account.factor_refused").facts == {"why": "used_factor"}


def test_a_code_of_an_older_step_says_that_the_clock_is_behind() -> None:
    person_id = make_officer_account()
    code = totp.code_at(secret_of(person_id), totp.step_of(NOW) - 10)
    refused(at_second_step().post(SECOND_STEP, {"ma_xac_thuc": code}), "chậm khoảng 5 phút")


def test_a_wrong_code_is_counted_and_audited_and_the_right_one_waits_then(
    wednesday: time_machine.Traveller,
) -> None:
    client, wrong = (make_officer_account(), at_second_step())[1], ""
    wrong = wrong_code(Account.objects.get(login="minh").person_id)
    for _try in range(5):
        refused(client.post(SECOND_STEP, {"ma_xac_thuc": wrong}), "Mã chưa đúng")
    assert Event.objects.filter(kind="account.factor_refused").count() == 5
    assert client.post(SECOND_STEP, {"ma_xac_thuc": code_now()}).status_code == 429
    wednesday.move_to(NOW + timedelta(minutes=1, seconds=1))
    assert client.post(SECOND_STEP, {"ma_xac_thuc": code_now()}).status_code == 302


def test_guesses_elsewhere_never_hold_up_a_browser_that_the_member_knows() -> None:
    person_id = make_officer_account()
    known = Client(REMOTE_ADDR="203.0.113.9")
    sign_in(known)
    for number in range(70):
        guesser = Client(REMOTE_ADDR=f"198.51.{number}.1")
        guesser.post(SIGN_IN, TYPED)
        answer = guesser.post(SECOND_STEP, {"ma_xac_thuc": wrong_code(person_id)})
    assert answer.status_code == 429
    assert sign_in(known).status_code == 302
    claimed = sessions.claim(session_of(person_id, now=NOW))
    assert claimed is not None
    code = codes_of(person_id, claimed[1], now=NOW)[0]
    elsewhere = Client(REMOTE_ADDR="192.0.2.77")
    elsewhere.post(SIGN_IN, TYPED)
    assert elsewhere.post(SECOND_STEP, {"ma_xac_thuc": code_now()}).status_code == 429
    assert elsewhere.post(SECOND_STEP, {"ma_du_phong": code}).status_code == 302


def test_the_step_of_another_browser_is_not_there() -> None:
    make_officer_account()
    at_second_step()
    answer = Client().post(SECOND_STEP, {"ma_xac_thuc": code_now()})
    assert answer["Location"].startswith(f"{SIGN_IN}?tiep=")
    assert not Session.objects.exists()


def test_the_second_step_is_over_after_five_minutes(wednesday: time_machine.Traveller) -> None:
    make_officer_account()
    client = at_second_step()
    wednesday.move_to(NOW + timedelta(minutes=5))
    answer = client.post(SECOND_STEP, {"ma_xac_thuc": code_now()}, follow=True)
    assert "Bước hai phải xong trong 5 phút" in text_of(answer.content)
    assert not Session.objects.exists()


def test_the_second_step_is_over_when_the_password_was_replaced() -> None:
    make_officer_account()
    client = at_second_step()
    Account.objects.update(password=passwords.hashed("gao xe mua den"))
    assert client.post(SECOND_STEP, {"ma_xac_thuc": code_now()})["Location"].startswith(SIGN_IN)
    assert not Session.objects.exists()


def test_the_second_step_opens_one_session_and_not_two() -> None:
    make_officer_account()
    client = at_second_step()
    client.post(SECOND_STEP, {"ma_xac_thuc": code_now()})
    assert client.post(SECOND_STEP, {"ma_xac_thuc": code_now()})["Location"].startswith(SIGN_IN)
    assert Session.objects.count() == 1


def test_an_empty_code_is_named_and_no_try() -> None:
    make_officer_account()
    client = at_second_step()
    refused(client.post(SECOND_STEP, {"ma_xac_thuc": "12 34"}), "Hãy nhập đủ 6 chữ số")
    assert not Event.objects.filter(kind="account.factor_refused").exists()


def test_from_the_activation_code_to_the_console() -> None:
    make_office()
    opened = staff.create("thao", display_name="Thảo", office_code="03101", by=SYSTEM, now=NOW)
    client = Client()
    client.post(SIGN_IN, {"username": "thao", "password": opened.activation})
    assert client.get("/can-bo")["Location"] == "/can-bo/mat-khau-moi"
    assert client.get("/can-bo/xac-thuc/ung-dung")["Location"] == "/can-bo/mat-khau-moi"
    refused(client.post("/can-bo/mat-khau-moi", {"new": "12345678", "again": "12345678"}), "rất dễ đoán")
    answer = client.post("/can-bo/mat-khau-moi", {"new": OWN_PASSWORD, "again": OWN_PASSWORD})
    assert answer["Location"] == "/can-bo/xac-thuc/ung-dung"
    assert client.get("/can-bo")["Location"] == "/can-bo/xac-thuc/ung-dung"
    page = client.get("/can-bo/xac-thuc/ung-dung")
    row = AuthenticatorApp.objects.get(person_id=opened.person_id)
    secret = authenticator_apps.secret_of(row)
    assert totp.in_groups(secret) in text_of(page.content)
    assert "<svg" in page.content.decode()
    code = totp.code_at(secret, totp.step_of(NOW))
    shown = text_of(client.post("/can-bo/xac-thuc/ung-dung", {"code": code}).content)
    assert len(re.findall(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", shown)) == 10
    kept = client.post("/can-bo/xac-thuc/ma-du-phong/da-giu", {"da_giu": "1"})
    assert kept["Location"] == "/can-bo"
    assert client.get("/can-bo").status_code == 200


def test_no_page_of_the_console_opens_without_a_factor() -> None:
    person_id = make_officer_account()
    AuthenticatorApp.objects.all().delete()
    client = Client()
    client.post(SIGN_IN, TYPED)
    assert Session.objects.get(person_id=person_id).proved_at is None
    for address in (
        "/can-bo",
        "/can-bo/tai-khoan",
        "/can-bo/dich-vu",
        "/can-bo/nhap-lieu",
        "/can-bo/ho-so/1",
    ):
        assert client.get(address)["Location"] == "/can-bo/xac-thuc/ung-dung", address
    assert client.post("/can-bo/tim", {"q": "1"})["Location"] == "/can-bo/xac-thuc/ung-dung"


def test_the_code_of_a_made_up_member_is_shown_in_a_demo_alone(settings: Any) -> None:
    make_officer_account()
    assert "data-demo-code" not in at_second_step().get(SECOND_STEP).content.decode()
    settings.DEMO = True
    client = at_second_step()
    page = client.get(SECOND_STEP).content.decode()
    code = totp.code_at(secret_of(Account.objects.get(login="minh").person_id), totp.step_of(NOW))
    assert f"data-demo-code>{code}<" in page
