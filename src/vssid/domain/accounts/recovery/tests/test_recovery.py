"""A forgotten password: who has proved a claim sets a new one, once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from tests.together import until_somebody_waits
from vssid.domain.accounts import actions
from vssid.domain.accounts.errors import AccountFrozen, ClaimOver
from vssid.domain.accounts.models.accounts import Account, Claim, Session
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.accounts.tests.people import (
    ADDRESS,
    LAN,
    NOW,
    ask,
    code_of,
    kinds_to,
    login,
    make_account,
)
from vssid.domain.audit.models import Event
from vssid.domain.verification.models import PhoneCode
from vssid.kernel.errors import Invalid

from .. import claims, closing, password_reset

pytestmark = pytest.mark.django_db
NEW = "bon tu khac han"


def enter(code, secret="s1"):
    return claims.enter(secret, Claim.RESET, code, address=ADDRESS, now=NOW)


def finish(secret="s1", new=NEW, now=NOW):
    return password_reset.finish(secret, new, device="test", now=now)


def test_a_code_to_the_phone_gives_a_new_password_and_ends_every_session():
    make_account()
    before = sessions.start(LAN, device="old", proved_at=None, now=NOW)
    claim = ask()
    assert enter(code_of(claim)) == LAN
    signed_in = finish()
    assert sessions.resolve(before, now=NOW) is None
    assert sessions.resolve(signed_in.token, now=NOW) is not None
    assert actions.sign_in(
        login(), NEW, kind="citizen", address=ADDRESS, device="", known_device=True, now=NOW
    )


@pytest.mark.django_db(transaction=True)
def test_an_account_that_ends_and_an_owner_with_a_code_do_not_wait_for_each_other():
    make_account()
    enter(code_of(ask()))

    def late():
        try:
            finish()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Account.objects.select_for_update().get(person_id=LAN)
            outcome = pool.submit(late)
            until_somebody_waits()
            closing.end_all(LAN, now=NOW)
        with pytest.raises(ClaimOver):
            outcome.result(60)


def test_the_owner_is_told_by_sms_and_it_is_in_the_log():
    make_account()
    enter(code_of(ask()))
    finish()
    assert "password_reset" in kinds_to(LAN)
    assert Event.objects.filter(subject_id=LAN, kind="account.password_reset").count() == 1


def test_nobody_sets_a_password_before_the_code():
    make_account()
    ask()
    with pytest.raises(ClaimOver):
        finish()


def test_a_proved_claim_is_used_once_and_not_after_a_quarter_of_an_hour():
    make_account()
    enter(code_of(ask()))
    with pytest.raises(ClaimOver):
        finish(now=NOW + timedelta(minutes=15))
    finish()
    with pytest.raises(ClaimOver):
        finish(new="mot cau khac nua")


def test_a_weak_new_password_is_refused_and_the_claim_stays_good():
    make_account()
    enter(code_of(ask()))
    with pytest.raises(Invalid):
        finish(new="12345678")
    finish()


def test_a_frozen_account_gets_no_new_password():
    make_account()
    enter(code_of(ask()))
    Account.objects.filter(person_id=LAN).update(frozen_at=NOW)
    with pytest.raises(AccountFrozen):
        finish()
    assert not Session.objects.filter(person_id=LAN, created_at__gt=NOW).exists()


def test_somebody_still_on_the_activation_password_may_recover():
    make_account(own=False)
    enter(code_of(ask()))
    finish()
    assert not Account.objects.get(person_id=LAN).must_set_password


def test_a_used_claim_ends_the_other_claims_of_the_person():
    make_account()
    thief = ask("thief", address="198.51.100.7")
    stolen = code_of(thief)
    enter(code_of(ask("mine")), secret="mine")
    finish("mine")
    with pytest.raises(ClaimOver):
        enter(stolen, secret="thief")


@pytest.mark.django_db(transaction=True)
def test_of_two_passwords_set_at_once_by_one_claim_one_counts():
    make_account()
    enter(code_of(ask()))
    barrier = threading.Barrier(2)

    def set_one(new):
        barrier.wait(10)
        try:
            return finish(new=new).token
        except ClaimOver:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        done = [future.result(30) for future in [pool.submit(set_one, f"{NEW} {n}") for n in "ab"]]
    assert sorted(token is None for token in done) == [False, True]
    assert PhoneCode.objects.count() == 0
