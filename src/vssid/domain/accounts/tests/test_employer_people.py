"""HR people sign in by name and two steps, beside staff and people and never in their place."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from tests.making.registrations import NOW, make_officer_account
from tests.making.staff import OWN_PASSWORD, equip, secret_of, session_of
from vssid.domain.audit import actions as audit
from vssid.domain.audit.models import Event
from vssid.kernel.actor import SYSTEM, Actor, ActorKind
from vssid.kernel.errors import Invalid

from .. import actions, employer_people
from ..errors import AlreadyHasAccount, WrongCredentials
from ..factors import authenticator_apps, second_step, totp
from ..factors.errors import StepOver
from ..models.accounts import Account, LoginName, Session
from ..sign_in import session_query, sessions

pytestmark = pytest.mark.django_db
HERE: dict[str, Any] = {"address": "203.0.113.5", "device": "test", "known_device": False, "now": NOW}


def make(username: str = "tuan", **named: Any) -> employer_people.Opened:
    return employer_people.create(username, display_name="Trần Tuấn", by=SYSTEM, now=NOW, **named)


def begin(name: str, password: str, kind: str) -> actions.SignedIn | None:
    return second_step.begin(name, password, kind=kind, browser="b" * 43, **HERE)


def test_one_name_may_be_of_staff_and_of_an_employer_and_each_opens_its_own_door() -> None:
    minh, hr = make_officer_account("minh"), make("minh", password="sao mai cau tre 1").person_id
    assert set(LoginName.objects.values_list("name", "person_id")) == {("minh", minh), ("dv:minh", hr)}
    for kind, password in ((Account.STAFF, "sao mai cau tre 1"), (Account.EMPLOYER, OWN_PASSWORD)):
        with pytest.raises(WrongCredentials):
            begin("minh", password, kind)
    signed_in = begin("minh", "sao mai cau tre 1", Account.EMPLOYER)
    assert signed_in is not None
    assert signed_in.person_id == hr


def test_the_name_as_it_is_kept_opens_no_door() -> None:
    make(password=OWN_PASSWORD)
    for kind in (Account.CITIZEN, Account.STAFF, Account.EMPLOYER):
        with pytest.raises(WrongCredentials):
            actions.prove("dv:tuan", OWN_PASSWORD, kind=kind, address="203.0.113.5", now=NOW)


def test_guesses_at_an_employers_name_do_not_hold_up_the_staff_of_that_name() -> None:
    minh = make_officer_account("minh")
    make("minh", password="sao mai cau tre 1")
    for _ in range(6):
        with pytest.raises(Exception, match=r"wrong_credentials|limited"):
            begin("minh", "khong phai the", Account.EMPLOYER)
    assert begin("minh", OWN_PASSWORD, Account.STAFF) is None  # the second step waits
    assert second_step.waiting("b" * 43, kind=Account.STAFF, now=NOW).person_id == minh


def test_the_step_that_waits_at_one_door_is_none_at_the_other() -> None:
    equip(make().person_id, now=NOW)
    assert begin("tuan", OWN_PASSWORD, Account.EMPLOYER) is None
    with pytest.raises(StepOver):
        second_step.waiting("b" * 43, kind=Account.STAFF, now=NOW)


def test_by_the_activation_code_the_own_password_and_a_factor_come_first() -> None:
    opened = make()
    signed_in = begin("tuan", opened.activation, Account.EMPLOYER)
    assert signed_in is not None
    assert signed_in.must_set_password
    token = actions.set_password(opened.person_id, OWN_PASSWORD, device="test", now=NOW).token
    view = sessions.resolve(token, now=NOW)
    assert view is not None
    assert not view.is_ready
    session_id = view.session_id
    begun = authenticator_apps.begin(opened.person_id, session_id=session_id, now=NOW)
    code = totp.code_at(begun.secret, totp.step_of(NOW))
    authenticator_apps.confirm(opened.person_id, code, session_id=session_id, name="", now=NOW)
    view = sessions.resolve(token, now=NOW)
    assert view is not None
    assert view.is_ready
    assert (view.actor.kind, view.actor.name, view.post) == (ActorKind.EMPLOYER, "Trần Tuấn", None)


def test_a_session_rests_thirty_minutes_and_ends_with_the_shift(settings: Any) -> None:
    person_id = make().person_id
    equip(person_id, now=NOW)
    token = session_of(person_id, now=NOW)
    assert sessions.resolve(token, now=NOW + timedelta(minutes=29))
    assert sessions.resolve(token, now=NOW + timedelta(minutes=60)) is None
    token = session_of(person_id, now=NOW)
    Session.objects.update(seen_at=NOW + settings.EMPLOYER_SHIFT)
    assert sessions.resolve(token, now=NOW + settings.EMPLOYER_SHIFT + timedelta(seconds=1)) is None


def test_the_hot_read_knows_no_session_of_an_employer() -> None:
    person_id = make(password=OWN_PASSWORD).person_id
    named = session_query.parameters(session_of(person_id, now=NOW), now=NOW)
    with transaction.get_connection().cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {session_query.LIVE}", named)
        assert cursor.fetchone() is None


def test_a_new_activation_code_ends_the_password_the_factors_and_the_sessions() -> None:
    person_id = make().person_id
    equip(person_id, now=NOW)
    session_of(person_id, now=NOW)
    activation = employer_people.give_activation(person_id, by=SYSTEM, now=NOW)
    assert not Session.objects.filter(person_id=person_id).exists()
    assert authenticator_apps.of(person_id) == []
    with pytest.raises(WrongCredentials):
        begin("tuan", OWN_PASSWORD, Account.EMPLOYER)
    assert begin("tuan", activation, Account.EMPLOYER) is not None
    assert Event.objects.get(kind="account.employer_reset").facts == {"factors": 1}


def test_it_gives_no_activation_code_to_staff() -> None:
    minh = make_officer_account()
    with pytest.raises(Account.DoesNotExist):
        employer_people.give_activation(minh, by=SYSTEM, now=NOW)
    assert secret_of(minh)
    assert authenticator_apps.of(minh)


@pytest.mark.parametrize("username", ["dv:tuan", "0000000001", "t", "trần tuấn", "tuan@sao"])
def test_a_name_that_is_none_is_refused(username: str) -> None:
    with pytest.raises(Invalid) as refused:
        make(username)
    assert refused.value.fields == {"username": "bad_username"}


def test_a_taken_name_is_refused_and_a_weak_password_too() -> None:
    make()
    with pytest.raises(AlreadyHasAccount):
        make("Tuan ")
    with pytest.raises(Invalid):
        make("hoa", password="ngan")
    assert employer_people.number_of("TUAN") is not None
    assert employer_people.number_of("hoa") is None


def test_an_event_says_for_which_employer_somebody_acted() -> None:
    hr = Actor(ActorKind.EMPLOYER, 5, "Trần Tuấn", seat=3, employer="TA0001Z")
    audit.record("test.written", subject=uuid.uuid4().int % 1000, by=hr, now=NOW)
    event = Event.objects.get(kind="test.written")
    assert (event.actor_kind, event.facts) == ("employer", {"by_seat": 3, "by_employer": "TA0001Z"})
