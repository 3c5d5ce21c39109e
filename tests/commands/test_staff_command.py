"""`./vssid staff`: the first officer of an office, and a way back for one who is locked out."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone
from typer.testing import CliRunner

from tests.making.registrations import HONG_BANG, make_office
from tests.making.staff import OWN_PASSWORD, SIGN_IN, equip, sign_in
from vssid.cli.__main__ import app
from vssid.domain.accounts import staff
from vssid.domain.accounts.models.accounts import Account, LoginName
from vssid.domain.accounts.models.factors import AuthenticatorApp
from vssid.domain.accounts.models.staff import Post
from vssid.domain.audit.models import Event
from vssid.domain.offices.rights import Role
from vssid.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db
ADD = ("add", "an.minh", "--name", "Trần Văn Minh", "--office", HONG_BANG)


def typed(*words: str, given: str = "") -> tuple[int, str]:
    done = CliRunner().invoke(app, ["staff", *words], input=given)
    return done.exit_code, " ".join(done.output.split())


def code_in(said: str) -> str:
    match = re.search(r"trao tận tay\): (\S+)", said)
    assert match is not None
    return match[1]


def signs_in(password: str, username: str = "an.minh") -> bool:
    answer = Client().post("/can-bo/dang-nhap", {"username": username, "password": password})
    return answer.status_code == 302


@pytest.fixture(autouse=True)
def office() -> None:
    make_office(HONG_BANG)


def test_the_first_officer_signs_in_with_what_the_command_shows():
    status, said = typed(*ADD)
    assert status == 0, said
    assert signs_in(code_in(said))
    assert Post.objects.get().role == Role.REVIEWER
    assert Event.objects.filter(kind="account.staff_created").count() == 1


def test_a_data_officer_is_made_by_the_role():
    assert typed(*ADD, "--role", "data")[0] == 0
    assert Post.objects.get().role == Role.DATA


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("--office", "99999"), "Không có cơ quan BHXH với mã “99999”"),
        (("--role", "boss"), "Không có vai trò “boss”"),
        (("--name", " "), "Hãy ghi họ và tên"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(change, says):
    status, said = typed(*ADD, *change)
    assert (status, says in said) == (1, True), said
    assert Account.objects.count() == 0


@pytest.mark.parametrize("username", ["a", "3199000001", "an minh!", "minhminh<b>", "x" * 41])
def test_a_user_name_is_letters_digits_and_signs_and_never_like_a_code(username):
    status, said = typed("add", username, *ADD[2:])
    assert (status, "Tên đăng nhập gồm" in said) == (1, True), said
    assert LoginName.objects.count() == 0


def test_a_taken_name_is_refused():
    assert typed(*ADD)[0] == 0
    assert "đã có" in typed(*ADD)[1]
    assert Account.objects.count() == 1


def test_the_command_shows_an_activation_code_and_never_a_password():
    said = typed(*ADD)[1]
    code = code_in(said)
    assert re.fullmatch(r"[0-9A-Z]{5}-[0-9A-Z]{5}", code)
    assert said.count(code) == 1
    assert Account.objects.get().must_set_password
    assert typed(*ADD, "--password-stdin")[0] == 2


def test_an_activation_code_opens_nothing_after_its_hours():
    code = code_in(typed(*ADD)[1])
    Account.objects.update(activation_expires_at=timezone.now())
    assert not signs_in(code)


def test_a_reset_ends_sessions_the_password_and_every_factor():
    typed(*ADD)
    person_id = Account.objects.get().person_id
    equip(person_id, now=timezone.now())
    browser = Client()
    sign_in(browser, "an.minh")
    assert browser.get("/can-bo").status_code == 200
    status, said = typed("reset", "AN.Minh")
    assert status == 0, said
    assert browser.get("/can-bo").status_code == 302
    assert not AuthenticatorApp.objects.exists()
    assert not signs_in(OWN_PASSWORD)
    event = Event.objects.get(kind="account.staff_reset")
    assert (event.subject_id, event.facts) == (person_id, {"factors": 1})
    assert browser.post(SIGN_IN, {"username": "an.minh", "password": code_in(said)})["Location"] == "/can-bo"
    assert browser.get("/can-bo")["Location"] == "/can-bo/mat-khau-moi"


def test_a_reset_reaches_staff_only():
    assert "Không có cán bộ nào" in typed("reset", "nobody")[1]
    with pytest.raises(staff.NoSuchStaff):
        staff.reset("3199000001", by=SYSTEM, now=timezone.now())


def test_all_staff_are_listed():
    typed(*ADD)
    status, said = typed("list")
    assert (status, "an.minh" in said, "chưa" in said) == (0, True, True)
    assert typed()[0] == 0
    assert typed("dance")[0] == 2
