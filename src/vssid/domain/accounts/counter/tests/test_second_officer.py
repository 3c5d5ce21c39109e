"""One officer alone takes over no account: phone and password together take another officer, or days."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from tests.making.registrations import ELSEWHERE, HONG_BANG, make_office, make_officer
from tests.making.sms import texts_to
from vssid.domain.accounts import actions
from vssid.domain.accounts.errors import RequestNotReady, SecondNeeded
from vssid.domain.accounts.models.accounts import Account, Claim, CounterRequest
from vssid.domain.accounts.recovery import claims, freezing
from vssid.domain.accounts.tests.people import (
    ADDRESS,
    EMAIL,
    LAN,
    NEW_PHONE,
    NOW,
    PHONE,
    ask,
    digits,
    kinds_to,
    login,
    make_account,
)
from vssid.domain.notifications.models.messages import Message, Notice
from vssid.domain.offices.models import Office
from vssid.domain.offices.policy import NotAllowed
from vssid.domain.verification.errors import WrongCode
from vssid.kernel.actor import Actor, person
from vssid.kernel.errors import NotYours
from vssid.kernel.ids import Phone

from .. import officer_decisions, owner_requests, second_officer

pytestmark = pytest.mark.django_db
OFFICERS_OWN = "0987654321"
DAYS = timedelta(hours=72)


@pytest.fixture
def minh() -> Actor:
    return make_officer("Minh")


@pytest.fixture
def ngoc() -> Actor:
    """Of the same office, and of the same name as far as names go."""
    return replace(make_officer("Minh"), id=501)


@pytest.fixture(autouse=True)
def lan(settings):
    settings.MAIL_GATEWAY = "log"
    make_account(email=True)


def opened(kind: str, by: Actor, now: Any = NOW) -> uuid.UUID:
    ids = officer_decisions.open_at_desk(login(), kind, by=by, now=now)
    assert ids is not None
    return ids[1]


def set_phone(by: Actor, now: Any = NOW, number: str = OFFICERS_OWN) -> None:
    """The whole way of a new phone at the desk, by one officer with a phone at hand."""
    request_id = opened("phone", by, now)
    officer_decisions.set_phone(LAN, request_id, number, by=by, address=ADDRESS, now=now)
    code = digits(texts_to(LAN, "contact_new_code")[-1])
    owner_requests.enter_code(
        officer_decisions.at_desk(LAN, request_id, by=by), code, address=ADDRESS, now=now
    )
    officer_decisions.see_original(LAN, request_id, by=by, now=now)
    officer_decisions.carry_out(LAN, request_id, by=by, now=now)


def give_password(by: Actor, now: Any = NOW) -> uuid.UUID:
    request_id = opened("password", by, now)
    officer_decisions.see_original(LAN, request_id, by=by, now=now)
    officer_decisions.carry_out(LAN, request_id, by=by, now=now)
    return request_id


def test_who_set_the_phone_gives_no_password_for_some_days(minh):
    set_phone(minh)
    with pytest.raises(RequestNotReady) as refused:
        give_password(minh)
    assert "second" in refused.value.facts["missing"]
    assert texts_to(LAN, "account_activation") == []
    with pytest.raises(RequestNotReady):
        give_password(minh, NOW + DAYS - timedelta(seconds=1))


def test_after_days_in_which_the_owner_was_told_one_is_enough(minh):
    set_phone(minh)
    give_password(minh, NOW + DAYS)
    assert len(texts_to(LAN, "account_activation")) == 1


def test_old_phone_email_and_inbox_are_told_at_once(minh):
    set_phone(minh)
    told = Message.objects.filter(subject_id=LAN, kind="phone_set").values_list("to_masked", flat=True)
    assert set(told) == {PHONE.masked(), Phone.parse(OFFICERS_OWN).masked(), EMAIL.masked()}
    assert Notice.objects.filter(person_id=LAN, kind="phone_set").exists()
    assert "72 gio" in texts_to(LAN, "phone_set")[0]


def test_another_officer_who_saw_the_original_gives_it_at_once(minh, ngoc):
    set_phone(minh)
    request_id = opened("password", minh)
    officer_decisions.see_original(LAN, request_id, by=minh, now=NOW)
    assert not officer_decisions.look_at(LAN, request_id, by=ngoc, now=NOW).original_counts
    with pytest.raises(RequestNotReady) as refused:
        officer_decisions.carry_out(LAN, request_id, by=ngoc, now=NOW)
    assert refused.value.facts["missing"] == ("original",)
    officer_decisions.see_original(LAN, request_id, by=ngoc, now=NOW)
    assert officer_decisions.look_at(LAN, request_id, by=ngoc, now=NOW).ready.missing == ()
    officer_decisions.carry_out(LAN, request_id, by=ngoc, now=NOW)
    assert len(texts_to(LAN, "account_activation")) == 1


def test_a_password_given_before_is_not_sent_again_to_the_phone_set_after(minh, ngoc):
    request_id = give_password(minh)
    set_phone(minh)
    with pytest.raises(SecondNeeded) as refused:
        officer_decisions.issue_again(LAN, request_id, by=minh, now=NOW)
    assert refused.value.facts["at"] == NOW + DAYS
    with pytest.raises(SecondNeeded):
        actions.renew_activation(LAN, by=minh, subject=900, now=NOW)
    officer_decisions.issue_again(LAN, request_id, by=ngoc, now=NOW)


def test_a_forgotten_password_is_not_set_anew_by_the_phone_of_the_desk(minh):
    set_phone(minh)
    claim = ask("s1")
    assert texts_to(claim.id, "reset_code") == []
    assert "reset_later" in kinds_to(LAN)
    for code in ("000000", "123456"):
        with pytest.raises(WrongCode):
            claims.enter("s1", Claim.RESET, code, address=ADDRESS, now=NOW)
    later = ask("s2", now=NOW + DAYS)
    assert len(texts_to(later.id, "reset_code")) == 1


def test_by_email_it_is_for_that_was_not_changed(minh):
    set_phone(minh)
    claim = ask("s1", channel=Claim.EMAIL)
    assert Message.objects.get(subject_id=claim.id).channel == "email"


def test_freezing_by_the_new_phone_goes_on(minh):
    set_phone(minh)
    claim = ask("s1", Claim.FREEZE)
    assert len(texts_to(claim.id, "freeze_code")) == 1


def test_what_the_owner_froze_after_it_the_same_officer_does_not_open(minh, ngoc):
    set_phone(minh)
    freezing.freeze(LAN, by=person(LAN), how="test", now=NOW + timedelta(hours=1))
    later = NOW + timedelta(days=20)
    request_id = opened("thaw", minh, later)
    officer_decisions.see_original(LAN, request_id, by=minh, now=later)
    with pytest.raises(RequestNotReady):
        officer_decisions.carry_out(LAN, request_id, by=minh, now=later)
    officer_decisions.carry_out(LAN, request_id, by=ngoc, now=later)


def owners_request() -> uuid.UUID:
    make_office(HONG_BANG)
    request_id = owner_requests.ask_for_phone(LAN, HONG_BANG, NEW_PHONE, now=NOW)
    row = owner_requests.own_row(LAN, request_id)
    owner_requests.send_code(row, address=ADDRESS, now=NOW)
    code = digits(texts_to(LAN, "contact_new_code")[-1])
    owner_requests.enter_code(row, code, address=ADDRESS, now=NOW)
    return request_id


def test_a_phone_that_the_owner_asked_for_needs_no_second(minh):
    request_id = owners_request()
    officer_decisions.see_original(LAN, request_id, by=minh, now=NOW)
    officer_decisions.carry_out(LAN, request_id, by=minh, now=NOW)
    give_password(minh)
    assert len(texts_to(LAN, "account_activation")) == 1


def test_unless_the_officer_typed_another_number_into_the_request(minh):
    request_id = owners_request()
    officer_decisions.set_phone(LAN, request_id, "0977777777", by=minh, address=ADDRESS, now=NOW)
    code = digits(texts_to(LAN, "contact_new_code")[-1])
    owner_requests.enter_code(
        officer_decisions.at_desk(LAN, request_id, by=minh), code, address=ADDRESS, now=NOW
    )
    officer_decisions.see_original(LAN, request_id, by=minh, now=NOW)
    officer_decisions.carry_out(LAN, request_id, by=minh, now=NOW)
    with pytest.raises(RequestNotReady):
        give_password(minh)


# --- who watches ---------------------------------------------------------------------------


def chief(office: str = HONG_BANG) -> Actor:
    return replace(make_officer("Quang", office, "data_officer"), id=600)


def test_every_phone_and_password_waits_for_who_is_answerable_both_together_first(minh, ngoc):
    make_account(8)
    with capture_logs() as told:
        set_phone(minh)
        ids = officer_decisions.open_at_desk(login(8), "password", by=minh, now=NOW + timedelta(hours=1))
        assert ids is not None
        officer_decisions.see_original(8, ids[1], by=minh, now=NOW)
        officer_decisions.carry_out(8, ids[1], by=minh, now=NOW + timedelta(hours=1))
        give_password(ngoc)
    listed = [(row.person_id, row.kind, row.together) for row in second_officer.unseen(chief())]
    assert listed[0] == (LAN, "password", True)
    assert sorted(listed[1:]) == [(LAN, "phone", False), (8, "password", False)]
    assert [event["office"] for event in told if event["event"] == "desk_phone_and_password"] == [HONG_BANG]


def test_it_goes_once_somebody_else_has_looked(minh):
    set_phone(minh)
    row = second_officer.unseen(chief()).get()
    with pytest.raises(NotYours):
        second_officer.review(row.id, by=replace(minh, role="data_officer"), now=NOW)
    with pytest.raises(NotAllowed):
        second_officer.review(row.id, by=replace(chief(), role="auditor"), now=NOW)
    assert second_officer.review(row.id, by=chief(), now=NOW)
    assert not second_officer.review(row.id, by=chief(), now=NOW)
    assert not second_officer.unseen(chief()).exists()


def test_an_office_above_sees_it_and_another_does_not(minh):
    set_phone(minh)
    head = chief("03100")
    assert not second_officer.unseen(head).exists()
    Office.objects.filter(code=HONG_BANG).update(parent_id="03100")
    assert second_officer.unseen(head).exists()
    assert not second_officer.unseen(chief(ELSEWHERE)).exists()
    with pytest.raises(NotYours):
        second_officer.review(CounterRequest.objects.get().id, by=chief(ELSEWHERE), now=NOW)


def test_the_office_that_manages_the_person_sees_what_another_did(minh):
    set_phone(minh)
    CounterRequest.objects.update(home_office=ELSEWHERE)
    assert second_officer.unseen(chief(ELSEWHERE)).exists()


def test_the_mark_ends_when_the_owner_changes_the_phone(minh):
    set_phone(minh)
    assert Account.objects.get(person_id=LAN).phone_set_by == minh.id
    from vssid.domain.accounts.contacts import changes

    changes.apply(LAN, "phone", NEW_PHONE, by=person(LAN), now=NOW)
    assert Account.objects.get(person_id=LAN).phone_set_at is None
