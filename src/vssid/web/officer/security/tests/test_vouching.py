"""Who lost every factor gets a new one by another administrator's word, in the browser that asked."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from tests.making.registrations import ELSEWHERE, HONG_BANG, NOW, make_officer_account
from tests.making.staff import OWN_PASSWORD, SECOND_STEP, SIGN_IN, code_now, codes_of, secret_of, session_of
from tests.page_text import text_of
from vssid.domain.accounts.factors import authenticator_apps, totp
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.accounts.models.factors import AuthenticatorApp, FactorRequest, RecoveryCode
from vssid.domain.accounts.models.staff import Post
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.audit.models import Event
from vssid.kernel.calendar import local_day
from vssid.web.officer.tests.desk import browser_of

pytestmark = pytest.mark.django_db
TYPED = {"username": "minh", "password": OWN_PASSWORD}
RESET = "/can-bo/nhan-su/cap-lai"
LIST, WORD, ENROL = "/can-bo/nhan-su/xac-thuc", "/can-bo/dang-nhap/cho-quan-tri", "/can-bo/xac-thuc/ung-dung"


def administrator(username: str = "thao", office: str = HONG_BANG) -> Client:
    return browser_of(make_officer_account(username, office, username.title(), "administrator"))


def asking() -> Client:
    """Minh's browser, which proved the password and asked for the word."""
    client = Client()
    client.post(SIGN_IN, TYPED)
    assert client.post("/can-bo/dang-nhap/nho-quan-tri")["Location"] == WORD
    return client


def address() -> str:
    row = FactorRequest.objects.get(answered_at=None)
    return f"{LIST}/{row.person_id}/{row.id}"


def done(answer: Any) -> str:
    return str(answer["Location"].partition("xong=")[2])


def test_by_another_administrators_word_a_new_app_takes_the_place_of_the_old_ones() -> None:
    person_id = make_officer_account()
    token = session_of(person_id)
    claimed = sessions.claim(token)
    assert claimed is not None
    codes_of(person_id, claimed[1], now=NOW)
    client, thao = asking(), administrator()
    number = FactorRequest.objects.get().number
    assert f"data-number>{number}<" in client.get(WORD).content.decode()
    listed = text_of(thao.get(LIST).content)
    assert "Minh · minh" in listed
    assert f"Số đối chiếu: {number}" in listed
    assert done(thao.post(address(), {"go": "dong-y"})) == "dong-y"
    assert "Quản trị đã xác nhận" in text_of(client.get(WORD).content)

    client.post(SIGN_IN, TYPED)
    assert client.get("/can-bo")["Location"] == ENROL
    client.get(ENROL)
    begun = AuthenticatorApp.objects.get(person_id=person_id, confirmed_at=None)
    code = totp.code_at(authenticator_apps.secret_of(begun), totp.step_of(NOW))
    shown = text_of(client.post(ENROL, {"code": code}).content)
    assert len(re.findall(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", shown)) == 10
    assert client.get("/can-bo").status_code == 200
    assert not RecoveryCode.objects.filter(person_id=person_id).exists(), "those before went with the old app"
    client.post("/can-bo/xac-thuc/ma-du-phong/da-giu", {"da_giu": "1"})
    assert [app.id for app in AuthenticatorApp.objects.filter(person_id=person_id)] == [begun.id]
    assert RecoveryCode.objects.filter(person_id=person_id, used_at=None).count() == 10
    assert sessions.resolve(token, now=NOW) is None
    told = [event.kind for event in Event.objects.filter(subject_id=person_id).order_by("seq")]
    assert {"account.factor_asked", "account.factor_vouched"} < set(told)


def test_the_word_is_good_once() -> None:
    person_id = make_officer_account()
    client, thao = asking(), administrator()
    thao.post(address(), {"go": "dong-y"})
    client.post(SIGN_IN, TYPED)
    client.get(ENROL)
    begun = AuthenticatorApp.objects.get(person_id=person_id, confirmed_at=None)
    code = totp.code_at(authenticator_apps.secret_of(begun), totp.step_of(NOW))
    client.post(ENROL, {"code": code})
    assert client.post(SIGN_IN, TYPED)["Location"].startswith(SECOND_STEP)


def test_ones_own_word_does_not_vouch() -> None:
    thao = administrator()
    person_id = Account.objects.get(login="thao").person_id
    client = Client()
    client.post(SIGN_IN, {"username": "thao", "password": OWN_PASSWORD})
    client.post("/can-bo/dang-nhap/nho-quan-tri")
    assert "Không có yêu cầu nào" in text_of(thao.get(LIST).content)
    assert done(thao.post(address(), {"go": "dong-y"})) == "chinh-minh"
    assert done(thao.post(RESET, {"username": "thao"})) == "chinh-minh"
    with pytest.raises(IntegrityError, match="accounts_factor_word_of_another"), transaction.atomic():
        FactorRequest.objects.update(answered_at=NOW, answered_by=person_id, granted=True)


def test_an_administrator_of_another_office_finds_nothing() -> None:
    person_id = make_officer_account()
    asking()
    other = administrator("yen", ELSEWHERE)
    assert "minh" not in text_of(other.get(LIST).content)
    assert other.post(address(), {"go": "dong-y"}).status_code == 404
    assert other.post(RESET, {"username": "minh"}).status_code == 422
    assert AuthenticatorApp.objects.filter(person_id=person_id).exists()


def test_who_manages_one_of_two_offices_of_a_member_does_not_vouch() -> None:
    person_id = make_officer_account()
    make_officer_account("hanh", ELSEWHERE, "Hạnh")
    Post.objects.create(
        account_id=person_id,
        office_id=ELSEWHERE,
        role="reviewer",
        from_on=local_day(NOW),
        made_at=NOW,
    )
    asking()
    assert administrator().post(address(), {"go": "dong-y"}).status_code == 404


@pytest.mark.parametrize("role", ["reviewer", "director", "auditor", "data_officer"])
def test_only_administrators_vouch(role: str) -> None:
    make_officer_account()
    asking()
    other = browser_of(make_officer_account("ngoc", HONG_BANG, "Ngọc", role))
    assert other.post(address(), {"go": "dong-y"}).status_code == 403
    assert not FactorRequest.objects.get().granted


def test_the_word_is_for_the_browser_that_asked_alone() -> None:
    make_officer_account()
    asking()
    administrator().post(address(), {"go": "dong-y"})
    assert Client().post(SIGN_IN, TYPED)["Location"].startswith(SECOND_STEP)


def test_a_refused_asking_opens_nothing_and_says_so() -> None:
    make_officer_account()
    client, thao = asking(), administrator()
    where = address()
    assert done(thao.post(where, {"go": "tu-choi"})) == "tu-choi"
    assert "Quản trị chưa xác nhận" in text_of(client.get(WORD).content)
    assert client.post(SIGN_IN, TYPED)["Location"].startswith(SECOND_STEP)
    assert done(thao.post(where, {"go": "dong-y"})) == "da-xong"


def test_the_word_ends_after_a_day(wednesday: time_machine.Traveller) -> None:
    make_officer_account()
    client, thao = asking(), administrator()
    thao.post(address(), {"go": "dong-y"})
    wednesday.move_to(NOW + timedelta(hours=24, seconds=1))
    assert client.post(SIGN_IN, TYPED)["Location"].startswith(SECOND_STEP)
    assert client.get(WORD)["Location"] == SIGN_IN


def test_the_word_for_one_asking_ends_the_others() -> None:
    make_officer_account()
    thief = asking()
    stolen = address()
    client = Client()
    client.post(SIGN_IN, TYPED)
    client.post("/can-bo/dang-nhap/nho-quan-tri")
    mine = FactorRequest.objects.exclude(id=stolen.rpartition("/")[2]).get()
    thao = administrator()
    thao.post(f"{LIST}/{mine.person_id}/{mine.id}", {"go": "dong-y"})
    assert done(thao.post(stolen, {"go": "dong-y"})) == "da-xong"
    assert thief.post(SIGN_IN, TYPED)["Location"].startswith(SECOND_STEP)


def test_asking_twice_in_a_browser_is_one_asking_and_without_a_password_none() -> None:
    make_officer_account()
    client = asking()
    client.post("/can-bo/dang-nhap/nho-quan-tri")
    assert FactorRequest.objects.count() == 1
    assert Client().post("/can-bo/dang-nhap/nho-quan-tri")["Location"].startswith(SIGN_IN)
    assert FactorRequest.objects.count() == 1


def test_giving_the_word_asks_again_who_is_at_the_desk(wednesday: time_machine.Traveller) -> None:
    make_officer_account()
    asking()
    thao = administrator()
    wednesday.move_to(NOW + timedelta(minutes=6))
    page = thao.post(address(), {"go": "dong-y"})
    assert "Xác nhận lại là bạn" in text_of(page.content)
    assert not FactorRequest.objects.get().granted
    answer = thao.post(address(), {"go": "dong-y", "ma_xac_thuc": code_now("thao")})
    assert done(answer) == "dong-y"


def test_an_administrator_mends_a_lock_out_with_an_activation_code_that_is_shown_once() -> None:
    person_id = make_officer_account()
    token, thao = session_of(person_id), administrator()
    page = thao.post(RESET, {"username": "minh"})
    shown = re.search(r"data-activation>([0-9A-Z-]+)<", page.content.decode())
    assert shown is not None
    assert sessions.resolve(token, now=NOW) is None
    assert not AuthenticatorApp.objects.filter(person_id=person_id).exists()
    event = Event.objects.get(kind="account.staff_reset")
    assert (event.subject_id, event.actor_name) == (person_id, "Thao")
    client = Client()
    assert client.post(SIGN_IN, TYPED).status_code == 422
    client.post(SIGN_IN, {"username": "minh", "password": shown[1]})
    assert client.get("/can-bo")["Location"] == "/can-bo/mat-khau-moi"


def test_a_name_that_is_nobodys_is_said_beside_the_field() -> None:
    answer = administrator().post(RESET, {"username": "khong.co"})
    assert answer.status_code == 422
    assert "Không có nhân sự nào với tên này" in text_of(answer.content)
    assert 'value="khong.co"' in answer.content.decode()


def test_a_word_that_was_given_ends_with_a_reset() -> None:
    make_officer_account()
    asking()
    thao = administrator()
    thao.post(address(), {"go": "dong-y"})
    thao.post(RESET, {"username": "minh"})
    assert not FactorRequest.objects.filter(granted=True, expires_at__gt=NOW).exists()


def test_the_old_phone_opens_until_the_new_app_is_confirmed() -> None:
    person_id = make_officer_account()
    client, thao = asking(), administrator()
    thao.post(address(), {"go": "dong-y"})
    client.post(SIGN_IN, TYPED)
    client.get(ENROL)
    authenticator_apps.use(person_id, totp.code_at(secret_of(person_id), totp.step_of(NOW)), now=NOW)
