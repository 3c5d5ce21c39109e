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
from vssid.domain.accounts.contacts import work_email
from vssid.domain.accounts.models.accounts import Account, LoginName
from vssid.domain.accounts.models.factors import AuthenticatorApp
from vssid.domain.accounts.models.staff import Post
from vssid.domain.audit.models import Event
from vssid.domain.offices.rights import Role
from vssid.kernel.actor import SYSTEM
from vssid.kernel.calendar import local_day

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


def test_a_work_email_waits_until_it_is_confirmed_and_a_wrong_one_is_said():
    status, said = typed(*ADD, "--email", "minh")
    assert (status, "Địa chỉ e-mail chưa đúng" in said, Account.objects.count()) == (1, True, 0)
    status, said = typed(*ADD, "--email", "minh@bhxh.example")
    assert (status, "chờ người này xác nhận" in said) == (0, True)
    person_id = Account.objects.get().person_id
    assert work_email.of(person_id, now=timezone.now()) == work_email.WorkEmail(waiting="m•••@bhxh.example")


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


def test_the_first_administrator_is_made_and_gives_posts_in_the_console():
    status, said = typed(*ADD, "--role", "administrator")
    assert (status, "quản trị nhân sự" in said) == (0, True), said
    assert Post.objects.get().role == Role.ADMINISTRATOR


def test_a_post_is_added_with_days_and_one_or_all_are_ended():
    typed(*ADD)
    begins = f"{local_day(timezone.now()):%Y-%m-%d}"
    days = ("--from", begins, "--until", "2099-12-31")
    status, said = typed("post", "AN.minh", "--office", HONG_BANG, "--role", "director", *days)
    assert status == 0, said
    added = Post.objects.get(role="director")
    assert f"vị trí {added.id}" in said
    assert (f"{added.from_on}", f"{added.until_on}") == (begins, "2099-12-31")
    assert "31/12/2099" in typed("list")[1]
    assert typed("end", "an.minh", "--post", str(added.id), "--why", "Hết nhiệm kỳ")[0] == 0
    assert [row.role for row in Post.objects.filter(ended_at=None)] == ["reviewer"]
    assert typed("end", "an.minh", "--why", "Nghỉ việc")[0] == 0
    assert not Post.objects.filter(ended_at=None).exists()
    assert "đã kết thúc trước đó" in typed("end", "an.minh", "--why", "x")[1]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("post", "nobody", "--office", HONG_BANG), "Không có cán bộ nào"),
        (("post", "an.minh", "--office", "99999"), "Không có cơ quan BHXH"),
        (("post", "an.minh", "--office", HONG_BANG, "--role", "boss"), "Không có vai trò này"),
        (("post", "an.minh", "--office", HONG_BANG, "--from", "2020-01-01"), "trước hôm nay"),
        (("post", "an.minh", "--office", HONG_BANG), "đã có vai trò này"),
        (("end", "an.minh"), "Hãy ghi lý do"),
        (("end", "an.minh", "--post", "0", "--why", "x"), "không có vị trí số 0"),
        (("end", "nobody", "--why", "x"), "Không có cán bộ nào"),
    ],
)
def test_a_post_that_cannot_be_given_or_ended_is_said(words, says):
    typed(*ADD)
    status, said = typed(*words)
    assert (status, says in said) == (1, True), said
    assert Post.objects.filter(ended_at=None).count() == 1


def test_the_last_administrator_at_the_head_is_not_ended_by_the_command_either():
    typed(*ADD, "--role", "administrator")
    status, said = typed("end", "an.minh", "--why", "x")
    assert (status, "người quản trị cuối cùng" in said) == (1, True)


def test_all_staff_are_listed():
    typed(*ADD)
    status, said = typed("list")
    assert (status, "an.minh" in said, "chưa" in said) == (0, True, True)
    assert typed()[0] == 0
    assert typed("dance")[0] == 2
