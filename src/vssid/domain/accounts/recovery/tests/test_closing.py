"""Closing an account, and what a frozen one is to those who hold a session."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection

from vssid.domain.accounts import actions
from vssid.domain.accounts.errors import AccountFrozen
from vssid.domain.accounts.models.accounts import Account, LoginName, Session
from vssid.domain.accounts.sign_in import session_query, sessions
from vssid.domain.accounts.tests.people import ADDRESS, LAN, NOW, OWN, TUAN, kinds_to, login, make_account
from vssid.domain.audit.models import Event
from vssid.kernel.actor import person

from .. import closing, freezing

pytestmark = pytest.mark.django_db
DUE = NOW + timedelta(days=14)


def test_an_account_closes_when_its_days_are_over_and_not_before():
    make_account()
    assert closing.ask(LAN, now=NOW)
    assert closing.close_due(DUE - timedelta(seconds=1)) == 0
    assert closing.close_due(DUE) == 1
    assert closing.close_due(DUE) == 0
    assert not Account.objects.filter(person_id=LAN).exists()
    assert not LoginName.objects.filter(person_id=LAN).exists()
    assert not Session.objects.filter(person_id=LAN).exists()
    assert kinds_to(LAN)[-1] == "account_closed"
    assert Event.objects.filter(subject_id=LAN, kind="account.closed").count() == 1


def test_the_owner_may_think_otherwise_until_then():
    make_account()
    closing.ask(LAN, now=NOW)
    assert closing.keep(LAN, now=DUE - timedelta(minutes=1))
    assert closing.close_due(DUE) == 0
    assert not closing.keep(LAN, now=DUE)


def test_asking_twice_does_not_move_the_day():
    make_account()
    closing.ask(LAN, now=NOW)
    assert not closing.ask(LAN, now=NOW + timedelta(days=3))
    assert Account.objects.get(person_id=LAN).close_at == DUE


def test_a_closed_account_can_be_opened_anew():
    make_account()
    closing.ask(LAN, now=NOW)
    closing.close_due(DUE)
    make_account()
    assert Account.objects.get(person_id=LAN).close_at is None


def test_freezing_stops_a_closing_that_a_thief_may_have_asked_for():
    make_account()
    closing.ask(LAN, now=NOW)
    freezing.freeze(LAN, by=person(LAN), how="test", now=NOW)
    assert closing.close_due(DUE) == 0
    assert Account.objects.get(person_id=LAN).close_at is None


def test_many_texts_of_one_kind_leave_room_for_another():
    make_account()
    for _ in range(25):
        closing.ask(LAN, now=NOW)
        closing.keep(LAN, now=NOW)
    assert kinds_to(LAN).count("closing_asked") == 20
    freezing.freeze(LAN, by=person(LAN), how="test", now=NOW)
    assert "account_frozen" in kinds_to(LAN)


def test_one_account_that_fails_does_not_stop_the_next():
    make_account()
    make_account(TUAN)
    for person_id in (LAN, TUAN):
        closing.ask(person_id, now=NOW)
    whole = closing.close

    def close(person_id, *, now):
        if person_id == LAN:
            raise RuntimeError("broken")
        return whole(person_id, now=now)

    with patch.object(closing, "close", close):
        assert closing.close_due(DUE) == 1
    assert Account.objects.filter(person_id=LAN).exists()


def _held(token):
    values = session_query.parameters(token, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {session_query.LIVE}", values)
        return cursor.fetchone() is not None


def test_a_frozen_account_holds_no_session_even_one_started_in_the_same_moment():
    make_account()
    assert freezing.freeze(LAN, by=person(LAN), how="test", now=NOW)
    assert not freezing.freeze(LAN, by=person(LAN), how="test", now=NOW)
    token = sessions.start(LAN, device="late", proved_at=None, now=NOW)
    assert not _held(token)
    assert sessions.resolve(token, now=NOW) is None
    assert not Session.objects.filter(person_id=LAN).exists()
    with pytest.raises(AccountFrozen):
        actions.sign_in(login(), OWN, kind="citizen", address=ADDRESS, device="", now=NOW)


def test_the_owner_is_told_of_a_device_that_is_new_and_of_no_other():
    activation = make_account(own=False)
    actions.sign_in(login(), activation, kind="citizen", address=ADDRESS, device="", now=NOW)
    actions.set_password(LAN, OWN, device="", now=NOW)
    assert "new_device" not in kinds_to(LAN)
    actions.sign_in(login(), OWN, kind="citizen", address=ADDRESS, device="", known_device=True, now=NOW)
    assert "new_device" not in kinds_to(LAN)
    actions.sign_in(login(), OWN, kind="citizen", address=ADDRESS, device="", now=NOW)
    assert kinds_to(LAN).count("new_device") == 1
