"""The office counter: nothing without the original ID, nothing at another office."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.making.registrations import ELSEWHERE, HONG_BANG, make_office, make_officer
from tests.making.sms import texts_to
from tests.together import until_somebody_waits
from vssid.domain.accounts import actions
from vssid.domain.accounts.contacts import changes
from vssid.domain.accounts.errors import (
    NotActivating,
    OlderValue,
    RequestClosed,
    RequestNotReady,
    SameContact,
    WrongCredentials,
)
from vssid.domain.accounts.models.accounts import Account, CounterRequest
from vssid.domain.accounts.recovery import closing, freezing
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.accounts.tests.people import (
    ADDRESS,
    LAN,
    NEW_PHONE,
    NOW,
    OWN,
    PHONE,
    TUAN,
    digits,
    kinds_to,
    login,
    make_account,
    other_than,
    trust,
)
from vssid.domain.audit import actions as audit
from vssid.domain.audit.models import Event
from vssid.domain.verification.errors import WrongCode
from vssid.kernel.actor import person
from vssid.kernel.errors import Invalid, NotYours

from .. import officer_decisions, owner_requests
from ..states import State

pytestmark = pytest.mark.django_db
SAID: dict[str, Any] = {"reasons": ["other_person"], "text": "Ảnh trên giấy tờ không giống."}


@pytest.fixture
def minh():
    return make_officer("Minh", HONG_BANG)


@pytest.fixture
def hanh():
    return make_officer("Hạnh", ELSEWHERE)


def opened(kind, by, name=None):
    ids = officer_decisions.open_at_desk(name or login(), kind, by=by, now=NOW)
    assert ids is not None
    return ids[1]


def activation():
    return texts_to(LAN, "account_activation")[-1].split("kich hoat ")[1].split(",")[0]


def test_the_activation_password_goes_to_the_trusted_person_only_when_the_desk_is_asked(minh):
    make_account()
    trust()
    request_id = opened("password", minh)
    officer_decisions.see_original(LAN, request_id, by=minh, now=NOW)
    assert officer_decisions.look_at(LAN, request_id, by=minh, now=NOW).has_trusted
    officer_decisions.carry_out(LAN, request_id, by=minh, now=NOW)
    assert texts_to(LAN, "trusted_activation") == []
    officer_decisions.issue_again(LAN, request_id, also_trusted=True, by=minh, now=NOW)
    assert activation() in texts_to(LAN, "trusted_activation")[-1]
    assert "trusted_used" in kinds_to(LAN)


def test_a_phone_that_has_not_agreed_gets_no_activation_password(minh):
    make_account()
    trust(agreed=False)
    request_id = opened("password", minh)
    officer_decisions.see_original(LAN, request_id, by=minh, now=NOW)
    assert not officer_decisions.look_at(LAN, request_id, by=minh, now=NOW).has_trusted
    officer_decisions.carry_out(LAN, request_id, also_trusted=True, by=minh, now=NOW)
    assert texts_to(LAN, "trusted_activation") == []


def test_a_new_activation_password_after_the_original_was_seen(minh):
    make_account()
    token = sessions.start(LAN, device="old", proved_at=None, now=NOW)
    request_id = opened("password", minh)
    officer_decisions.see_original(LAN, request_id, by=minh, now=NOW)
    officer_decisions.carry_out(LAN, request_id, by=minh, now=NOW)
    assert sessions.resolve(token, now=NOW) is None
    with pytest.raises(WrongCredentials):
        actions.sign_in(login(), OWN, kind="citizen", address=ADDRESS, device="", now=NOW)
    assert actions.sign_in(
        login(), activation(), kind="citizen", address=ADDRESS, device="", now=NOW
    ).must_set_password
    desk = officer_decisions.look_at(LAN, request_id, by=minh, now=NOW)
    assert desk.message is not None
    assert desk.request.state == "done"
    assert "password_reissued" in kinds_to(LAN)


@pytest.mark.parametrize("kind", officer_decisions.KINDS)
def test_nothing_is_done_before_the_original_was_seen(minh, kind):
    make_account()
    request_id = opened(kind, minh)
    with pytest.raises(RequestNotReady) as refused:
        officer_decisions.carry_out(LAN, request_id, by=minh, now=NOW)
    assert "original" in refused.value.facts["missing"]


def test_the_database_refuses_it_too(minh):
    make_account()
    opened("password", minh)
    with pytest.raises(IntegrityError), transaction.atomic():
        CounterRequest.objects.filter(person_id=LAN).update(state="done", closed_at=NOW)


def test_another_office_finds_nothing(minh, hanh):
    make_account()
    request_id = opened("password", minh)
    for act in (
        lambda: officer_decisions.look_at(LAN, request_id, by=hanh, now=NOW),
        lambda: officer_decisions.see_original(LAN, request_id, by=hanh, now=NOW),
        lambda: officer_decisions.carry_out(LAN, request_id, by=hanh, now=NOW),
        lambda: officer_decisions.refuse(LAN, request_id, **SAID, by=hanh, now=NOW),
        lambda: officer_decisions.issue_again(LAN, request_id, by=hanh, now=NOW),
        lambda: officer_decisions.set_phone(LAN, request_id, "0987654321", by=hanh, address=ADDRESS, now=NOW),
    ):
        with pytest.raises(NotYours):
            act()
    assert officer_decisions.waiting_at(ELSEWHERE) == []


def test_a_request_under_another_persons_number_is_not_there(minh):
    make_account()
    make_account(TUAN)
    request_id = opened("password", minh)
    with pytest.raises(NotYours):
        officer_decisions.look_at(TUAN, request_id, by=minh, now=NOW)
    with pytest.raises(NotYours):
        owner_requests.own_row(TUAN, request_id)
    assert not owner_requests.withdraw(TUAN, request_id, now=NOW)


def test_a_number_without_an_account_opens_nothing(minh):
    assert officer_decisions.open_at_desk("0999999999", "password", by=minh, now=NOW) is None
    with pytest.raises(Invalid):
        officer_decisions.open_at_desk(login(), "other", by=minh, now=NOW)


def test_opening_twice_takes_up_the_same_request(minh):
    make_account()
    assert opened("thaw", minh) == opened("thaw", minh, "031 190 000 007")


def test_an_officer_opens_a_frozen_account_at_once(minh):
    make_account()
    freezing.freeze(LAN, by=person(LAN), how="test", now=NOW)
    request_id = opened("thaw", minh)
    officer_decisions.see_original(LAN, request_id, by=minh, now=NOW)
    officer_decisions.carry_out(LAN, request_id, by=minh, now=NOW)
    assert Account.objects.get(person_id=LAN).frozen_at is None
    assert Event.objects.filter(subject_id=LAN, kind="account.thawed", actor_name="Minh").exists()


def test_an_officer_freezes_an_account_once_the_original_was_seen(minh):
    make_account()
    request_id = opened("freeze", minh)
    with pytest.raises(RequestNotReady):
        officer_decisions.carry_out(LAN, request_id, by=minh, now=NOW)
    assert Account.objects.get(person_id=LAN).frozen_at is None
    officer_decisions.see_original(LAN, request_id, by=minh, now=NOW)
    officer_decisions.carry_out(LAN, request_id, by=minh, now=NOW)
    assert Account.objects.get(person_id=LAN).frozen_at == NOW
    event = Event.objects.get(subject_id=LAN, kind="account.frozen")
    assert (event.actor_name, event.facts["how"]) == ("Minh", "office")


def test_a_lost_phone_is_changed_with_a_code_from_the_new_one(minh):
    make_account()
    make_office(HONG_BANG)
    request_id = owner_requests.ask_for_phone(LAN, HONG_BANG, NEW_PHONE, now=NOW)
    assert "contact_asked" in kinds_to(LAN)
    row = owner_requests.own_row(LAN, request_id)
    owner_requests.send_code(row, address=ADDRESS, now=NOW)
    code = digits(texts_to(LAN, "contact_new_code")[-1])
    with pytest.raises(WrongCode):
        owner_requests.enter_code(row, other_than(code), address=ADDRESS, now=NOW)
    officer_decisions.see_original(LAN, request_id, by=minh, now=NOW)
    with pytest.raises(RequestNotReady) as refused:
        officer_decisions.carry_out(LAN, request_id, by=minh, now=NOW)
    assert refused.value.facts["missing"] == ("phone",)
    owner_requests.enter_code(row, code, address=ADDRESS, now=NOW)
    officer_decisions.carry_out(LAN, request_id, by=minh, now=NOW)
    assert changes.of(LAN).phone == NEW_PHONE
    assert owner_requests.own(LAN)[0].state == "done"


def test_another_new_phone_has_to_prove_itself_anew(minh):
    make_account()
    request_id = opened("phone", minh)
    officer_decisions.set_phone(LAN, request_id, "0987654321", by=minh, address=ADDRESS, now=NOW)
    row = officer_decisions.at_desk(LAN, request_id, by=minh)
    owner_requests.enter_code(row, digits(texts_to(LAN, "contact_new_code")[-1]), address=ADDRESS, now=NOW)
    officer_decisions.set_phone(LAN, request_id, "0977777777", by=minh, address=ADDRESS, now=NOW)
    assert not officer_decisions.look_at(LAN, request_id, by=minh, now=NOW).request.phone_proved


def test_what_is_no_phone_no_office_or_no_change_is_refused(minh):
    make_account()
    request_id = opened("phone", minh)
    with pytest.raises(Invalid):
        officer_decisions.set_phone(LAN, request_id, "12", by=minh, address=ADDRESS, now=NOW)
    with pytest.raises(RequestNotReady):
        owner_requests.send_code(
            officer_decisions.at_desk(LAN, request_id, by=minh), address=ADDRESS, now=NOW
        )
    with pytest.raises(Invalid):
        owner_requests.ask_for_phone(LAN, "99999", NEW_PHONE, now=NOW)
    with pytest.raises(SameContact):
        owner_requests.ask_for_phone(LAN, HONG_BANG, PHONE, now=NOW)


def test_a_refusal_needs_a_reason_which_the_owner_reads(minh):
    make_account()
    request_id = opened("password", minh)
    wrongs: list[dict[str, Any]] = [{"text": " "}, {"text": "x" * 1001}, {"reasons": []}, {"reasons": ["x"]}]
    for wrong in wrongs:
        with pytest.raises(Invalid):
            officer_decisions.refuse(LAN, request_id, **(SAID | wrong), by=minh, now=NOW)
    officer_decisions.refuse(LAN, request_id, **SAID, by=minh, now=NOW)
    own = owner_requests.own(LAN)[0]
    assert (own.reasons, own.reason) == (("other_person",), "Ảnh trên giấy tờ không giống.")
    assert Event.objects.get(kind="account.request_refused").facts["reasons"] == ["other_person"]
    assert "request_refused" in kinds_to(LAN)
    with pytest.raises(RequestClosed) as refused:
        officer_decisions.see_original(LAN, request_id, by=minh, now=NOW)
    assert (refused.value.state, refused.value.by, refused.value.at) == ("refused", "Minh", NOW)


def test_the_password_can_be_sent_again_until_the_person_has_an_own_one(minh):
    make_account()
    request_id = opened("password", minh)
    with pytest.raises(NotActivating):
        officer_decisions.issue_again(LAN, request_id, by=minh, now=NOW)
    officer_decisions.see_original(LAN, request_id, by=minh, now=NOW)
    officer_decisions.carry_out(LAN, request_id, by=minh, now=NOW)
    first = activation()
    officer_decisions.issue_again(LAN, request_id, by=minh, now=NOW + timedelta(hours=1))
    with pytest.raises(WrongCredentials):
        actions.sign_in(login(), first, kind="citizen", address=ADDRESS, device="", now=NOW)
    actions.set_password(LAN, OWN, device="", now=NOW)
    with pytest.raises(NotActivating):
        officer_decisions.issue_again(LAN, request_id, by=minh, now=NOW + timedelta(hours=2))


def test_what_nobody_comes_for_runs_out_and_what_is_withdrawn_stays_so(minh):
    make_account()
    make_office(HONG_BANG)
    request_id = owner_requests.ask_for_phone(LAN, HONG_BANG, NEW_PHONE, now=NOW)
    assert owner_requests.withdraw(LAN, request_id, now=NOW)
    assert not owner_requests.withdraw(LAN, request_id, now=NOW)
    opened("thaw", minh)
    assert officer_decisions.expire_due(NOW + timedelta(days=13)) == 0
    assert officer_decisions.expire_due(NOW + timedelta(days=14)) == 1
    assert {each.state for each in owner_requests.own(LAN)} == {"withdrawn", "expired"}


def test_one_request_that_cannot_run_out_does_not_keep_the_others(minh, monkeypatch):
    make_account()
    opened("thaw", minh)
    opened("password", minh)
    record = audit.record

    def fail_once(*given, **more):
        monkeypatch.setattr(audit, "record", record)
        raise ValueError

    monkeypatch.setattr(audit, "record", fail_once)
    assert officer_decisions.expire_due(NOW + timedelta(days=14)) == 1
    assert officer_decisions.expire_due(NOW + timedelta(days=14)) == 1


@pytest.mark.django_db(transaction=True)
def test_an_account_that_ends_and_an_officer_who_serves_it_do_not_wait_for_each_other():
    make_account()
    minh = make_officer("Minh")
    request_id = opened("thaw", minh)
    officer_decisions.see_original(LAN, request_id, by=minh, now=NOW)

    def serve():
        try:
            officer_decisions.carry_out(LAN, request_id, by=minh, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Account.objects.select_for_update().get(person_id=LAN)
            late = pool.submit(serve)
            until_somebody_waits()
            closing.end_all(LAN, now=NOW)
        with pytest.raises(RequestClosed) as refused:
            late.result(60)
    assert refused.value.state == State.EXPIRED


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_send_one_password():
    make_account()
    minh, ngoc = make_officer("Minh"), make_officer("Ngọc")
    request_id = opened("password", minh)
    officer_decisions.see_original(LAN, request_id, by=minh, now=NOW)
    barrier = threading.Barrier(2)

    def act(by):
        barrier.wait(10)
        try:
            officer_decisions.carry_out(LAN, request_id, by=by, now=NOW)
        except RequestClosed:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        done = [each.result(30) for each in [pool.submit(act, by) for by in (minh, ngoc)]]
    assert sorted(done) == [False, True]
    assert kinds_to(LAN).count("account_activation") == 1


def test_the_desk_gives_no_password_to_an_older_phone_and_says_why(minh):
    make_account()
    before = bytes(Account.objects.get(person_id=LAN).phone or b"")
    with transaction.atomic():
        changes.apply(LAN, "phone", NEW_PHONE, by=person(LAN), now=NOW)
    Account.objects.filter(person_id=LAN).update(phone=before)
    request_id = opened("password", minh)
    officer_decisions.see_original(LAN, request_id, by=minh, now=NOW)
    with pytest.raises(OlderValue):
        officer_decisions.carry_out(LAN, request_id, by=minh, now=NOW)
    assert "account_activation" not in kinds_to(LAN)
    assert Event.objects.filter(subject_id=LAN, kind="account.older_value").count() == 1
    assert CounterRequest.objects.get(id=request_id).state == State.OPEN
