"""The work e-mail of staff: nothing goes there before its code is entered, and it ends with the last post."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.making.registrations import make_officer_account
from tests.making.sms import letters_to
from vssid.domain.accounts import staff
from vssid.domain.accounts.errors import ClaimOver, SameContact
from vssid.domain.accounts.models.accounts import Account, ContactChange
from vssid.domain.accounts.models.staff import Post, StaffPerson
from vssid.domain.accounts.posts import giving
from vssid.domain.accounts.tests.people import LAN, make_account
from vssid.domain.audit.models import Event
from vssid.domain.verification.errors import CodeExpired, WrongCode
from vssid.kernel.actor import SYSTEM, Actor, ActorKind
from vssid.kernel.calendar import local_day
from vssid.kernel.email_address import EmailAddress
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.text import digits

from .. import newest, notify, work_email

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-11-18T10:00:00+07:00")
TEXT, OTHER = "minh@bhxh.example", "tran.minh@bhxh.example"
AT = "203.0.113.7"


@pytest.fixture(autouse=True)
def _mail(settings: Any) -> None:
    settings.MAIL_GATEWAY = "log"


@pytest.fixture
def minh() -> int:
    person_id = make_officer_account()
    Post.objects.update(from_on=local_day(NOW) - timedelta(days=1))
    return person_id


def by(person_id: int) -> Actor:
    return Actor(ActorKind.OFFICER, person_id, name="Minh")


def ask(person_id: int, text: str = TEXT, now: datetime = NOW) -> None:
    work_email.ask(person_id, text, by=by(person_id), now=now)


def code_of(person_id: int) -> str:
    return digits(letters_to(person_id, "contact_new_code")[-1]["text"])[:6]


def confirm(person_id: int, text: str = TEXT) -> None:
    ask(person_id, text)
    work_email.enter(person_id, code_of(person_id), by=by(person_id), address=AT, now=NOW)


def reached(person_id: int, now: datetime = NOW) -> str:
    email = work_email.reach(person_id, now=now).email
    return email.reveal() if email else ""


def test_only_the_code_that_was_sent_there_makes_it_the_members(minh: int) -> None:
    ask(minh)
    assert (work_email.of(minh, now=NOW).waiting, reached(minh)) == ("m•••@bhxh.example", "")
    assert [letter["to"] for letter in letters_to(minh, "contact_new_code")] == [TEXT]
    with pytest.raises(WrongCode):
        work_email.enter(
            minh, "000000" if code_of(minh) != "000000" else "111111", by=by(minh), address=AT, now=NOW
        )
    work_email.enter(minh, code_of(minh), by=by(minh), address=AT, now=NOW)
    assert work_email.of(minh, now=NOW) == work_email.WorkEmail(confirmed="m•••@bhxh.example")
    assert reached(minh) == TEXT
    event = Event.objects.get(kind="account.email_changed")
    assert (event.subject_id, event.actor_id) == (minh, minh)
    assert newest.standing(minh, newest.EMAIL) is newest.Standing.NEWEST


def test_it_is_sealed_and_no_event_bears_it(minh: int) -> None:
    ask(minh)
    assert TEXT.encode() not in bytes(ContactChange.objects.get().sealed)
    confirm(minh)
    assert TEXT.encode() not in bytes(Account.objects.get(person_id=minh).email or b"")
    assert not Event.objects.filter(facts__icontains="bhxh.example").exists()


def test_the_code_of_one_address_confirms_no_other(minh: int) -> None:
    ask(minh)
    code = code_of(minh)
    ask(minh, OTHER)
    with pytest.raises((WrongCode, CodeExpired)):
        work_email.enter(minh, code, by=by(minh), address=AT, now=NOW)
    assert reached(minh) == ""


def test_the_confirmed_one_serves_until_another_is_confirmed(minh: int) -> None:
    confirm(minh)
    ask(minh, OTHER)
    assert reached(minh) == TEXT
    work_email.enter(minh, code_of(minh), by=by(minh), address=AT, now=NOW)
    assert reached(minh) == OTHER


def test_the_same_again_a_wrong_one_and_none_are_refused(minh: int) -> None:
    confirm(minh)
    with pytest.raises(SameContact):
        ask(minh)
    for text, code in (("minh", "bad_email"), ("  ", "required")):
        with pytest.raises(Invalid) as refused:
            ask(minh, text)
        assert refused.value.fields == {"email": code}


def test_a_code_for_nothing_is_refused(minh: int) -> None:
    with pytest.raises(ClaimOver):
        work_email.enter(minh, "123456", by=by(minh), address=AT, now=NOW)


def test_one_given_with_the_account_waits_and_nothing_is_sent_before_it_is_asked_for(minh: int) -> None:
    opened = staff.create(
        "hoa", display_name="Hoa", office_code="03101", by=SYSTEM, now=NOW, email=EmailAddress(TEXT)
    )
    assert letters_to(opened.person_id, "contact_new_code") == []
    assert reached(opened.person_id) == ""
    week = NOW + timedelta(days=7)
    ask(opened.person_id, "", now=week)
    work_email.enter(
        opened.person_id, code_of(opened.person_id), by=by(opened.person_id), address=AT, now=week
    )
    assert reached(opened.person_id, week) == TEXT


def test_it_ends_with_the_last_post_and_not_before(minh: int) -> None:
    confirm(minh)
    asked = giving.Asked("03101", "reception", local_day(NOW))
    other = giving.give(minh, asked, by=SYSTEM, now=NOW)
    giving.end(other, why="Xong.", by=SYSTEM, now=NOW)
    ask(minh, OTHER)
    assert reached(minh) == TEXT
    giving.end_member(minh, why="Nghỉ hưu.", by=SYSTEM, now=NOW)
    assert Account.objects.get(person_id=minh).email is None
    assert not ContactChange.objects.exists()
    assert newest.standing(minh, newest.EMAIL) is newest.Standing.NEWEST


def test_a_post_that_runs_out_reaches_nobody_and_the_night_takes_the_address(minh: int) -> None:
    confirm(minh)
    Post.objects.update(until_on=local_day(NOW))
    work_email.sweep(NOW)
    assert reached(minh) == TEXT
    tomorrow = NOW + timedelta(days=1)
    assert reached(minh, tomorrow) == ""
    work_email.sweep(tomorrow)
    assert Account.objects.get(person_id=minh).email is None


def test_without_one_the_members_own_account_is_told_as_before(minh: int) -> None:
    make_account(email=True)
    StaffPerson.objects.create(account=Account.objects.get(person_id=minh), person_id=LAN)
    own = notify.reach(LAN).email
    assert own is not None
    assert reached(minh) == own.reveal()
    confirm(minh)
    assert reached(minh) == TEXT


def test_it_is_of_staff_alone() -> None:
    make_account(email=True)
    with pytest.raises(NotYours):
        ask(LAN)
    work_email.remove(LAN, by=by(LAN), now=NOW)
    assert Account.objects.get(person_id=LAN).email is not None
