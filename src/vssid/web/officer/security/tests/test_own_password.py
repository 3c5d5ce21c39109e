"""Staff change the own password: with the old one and a factor; every other session ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests.making.registrations import NOW, make_officer_account
from tests.making.staff import OWN_PASSWORD, SIGN_IN, code_now, session_of
from tests.page_text import text_of
from vssid.domain.accounts.factors import own_passwords
from vssid.domain.accounts.factors.errors import ProofNeeded
from vssid.domain.accounts.models.accounts import Account, Session
from vssid.domain.accounts.models.staff import Post
from vssid.domain.accounts.sign_in import passwords, sessions
from vssid.domain.audit.models import Event
from vssid.web.officer.tests.desk import browser_of
from vssid.web.ui import cookies

pytestmark = pytest.mark.django_db
PAGE = "/can-bo/mat-khau"
NEW = "bong lua vang mua gat"
TYPED = {"now": OWN_PASSWORD, "new": NEW, "again": NEW}
LATER = NOW + timedelta(minutes=5, seconds=1)


@pytest.fixture
def minh() -> tuple[int, Client]:
    person_id = make_officer_account()
    return person_id, browser_of(person_id)


def is_now(person_id: int, password: str) -> bool:
    return passwords.matches(password, Account.objects.get(person_id=person_id).password)


def test_it_is_changed_other_sessions_end_and_this_one_goes_on(minh):
    person_id, client = minh
    elsewhere = session_of(person_id)
    post = Post.objects.get(account_id=person_id)
    old = client.cookies[cookies.SESSION].value
    Session.objects.update(post_id=post.id)
    answer = client.post(PAGE, TYPED)
    assert answer["Location"] == f"{PAGE}?xong=1"
    assert is_now(person_id, NEW)
    assert sessions.resolve(elsewhere, now=NOW) is None
    assert sessions.resolve(old, now=NOW) is None, "the secret of this browser is another"
    here = Session.objects.get()
    assert (here.created_at, here.proved_at, here.post_id) == (NOW, NOW, post.id)
    assert "Đã đổi mật khẩu" in text_of(client.get(answer["Location"]).content)
    event = Event.objects.get(kind="account.password_set")
    assert (event.subject_id, event.actor_id, event.office) == (person_id, person_id, "03101")


def test_the_new_session_is_not_longer_than_the_shift(minh, wednesday: time_machine.Traveller):
    person_id, client = minh
    wednesday.move_to(NOW + timedelta(minutes=4))
    client.post(PAGE, TYPED)
    assert Session.objects.get(person_id=person_id).created_at == NOW


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"now": "sai roi nhe"}, "Mật khẩu đang dùng chưa đúng"),
        ({"now": ""}, "Hãy nhập mật khẩu đang dùng"),
        ({"again": "khac han"}, "Hai lần nhập chưa giống nhau"),
        ({"new": "12345678", "again": "12345678"}, "rất dễ đoán"),
        ({"new": "minh 2026 minh", "again": "minh 2026 minh"}, "không được chứa tên đăng nhập"),
        ({"new": OWN_PASSWORD, "again": OWN_PASSWORD}, "phải khác mật khẩu đang dùng"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_changes(minh, wrong, said):
    person_id, client = minh
    elsewhere = session_of(person_id)
    answer = client.post(PAGE, TYPED | wrong)
    assert answer.status_code == 422
    assert said in text_of(answer.content)
    assert is_now(person_id, OWN_PASSWORD)
    assert sessions.resolve(elsewhere, now=NOW) is not None
    assert not Event.objects.filter(kind="account.password_set").exists()


def test_guessing_the_old_one_is_limited_as_signing_in_is(minh):
    _person_id, client = minh
    for _ in range(30):
        said = text_of(client.post(PAGE, TYPED | {"now": "sai roi nhe"}).content)
        if "Đã thử nhiều lần" in said:
            return
    pytest.fail("nobody stopped it")


def test_a_factor_is_asked_before_the_form_is_shown(minh, wednesday: time_machine.Traveller):
    _person_id, client = minh
    wednesday.move_to(LATER)
    asked = client.get(PAGE)
    assert "Xác nhận lại là bạn" in text_of(asked.content)
    assert 'name="now"' not in asked.content.decode()
    there = client.post(PAGE, {"chi_doc": "1", "ma_xac_thuc": code_now()})
    assert there["Location"] == PAGE
    assert 'name="now"' in client.get(PAGE).content.decode()


def test_a_form_that_was_open_too_long_changes_nothing_and_no_page_holds_the_passwords(
    minh, wednesday: time_machine.Traveller
):
    person_id, client = minh
    wednesday.move_to(LATER)
    answer = client.post(PAGE, TYPED, follow=True)
    assert NEW not in answer.content.decode()
    assert OWN_PASSWORD not in answer.content.decode()
    assert is_now(person_id, OWN_PASSWORD)


def test_the_rule_of_the_factor_stands_in_the_room_too(minh):
    person_id, client = minh
    view = sessions.resolve(client.cookies[cookies.SESSION].value, now=NOW)
    assert view is not None
    here = own_passwords.Here(view.session_id, "staff", "minh", "203.0.113.5", "test", True)
    with pytest.raises(ProofNeeded):
        own_passwords.change(OWN_PASSWORD, NEW, here=here, by=view.actor, now=LATER)
    assert is_now(person_id, OWN_PASSWORD)


def test_nobody_who_is_signed_out_comes_there():
    assert Client().get(PAGE)["Location"].startswith(SIGN_IN)
