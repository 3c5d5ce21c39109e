"""Strangers who try and ask use up nothing of the owner's: not from the same network, not from everywhere."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

import pytest

from vssid.domain.accounts.errors import WrongCredentials
from vssid.domain.verification import codes, limits, proofs
from vssid.domain.verification.errors import ChallengeNeeded, CodeExpired, Limited, WrongCode
from vssid.domain.verification.proofs import Address, Proof
from vssid.kernel.ids import Phone

from .. import actions
from ..models.accounts import Claim
from ..recovery import claims, freezing
from .people import ADDRESS, LAN, NOW, OWN, PHONE, ask, code_of, login, make_account, other_than

pytestmark = pytest.mark.django_db
NEIGHBOUR = "203.0.113.99"


def worked(address: str = ADDRESS) -> Address:
    challenge = proofs.make()
    return Address(address, Proof(challenge.token, str(challenge.left + challenge.right)))


def enter(address: str, *, password: str = OWN, known: bool = False, now: datetime = NOW) -> int:
    return actions.sign_in(
        login(), password, kind="citizen", address=address, device="", known_device=known, now=now
    ).person_id


def guess(times: int, address: str) -> None:
    """Wrong passwords, of which those beyond the limits are not even looked at."""
    for number in range(times):
        with suppress(WrongCredentials, Limited, ChallengeNeeded):
            enter(Address(f"{address.rpartition('.')[0]}.{number % 250}"), password="doan-mo-99")


@pytest.mark.parametrize("own", [ADDRESS, NEIGHBOUR])
def test_thirty_wrong_tries_from_the_same_network_leave_a_known_device_alone(own):
    make_account()
    guess(120, ADDRESS)
    assert enter(Address(own), known=True) == LAN


def test_they_leave_the_right_code_alone_too():
    make_account()
    guess(120, ADDRESS)
    claim = ask("mine", address=Address(NEIGHBOUR))
    assert claims.enter("mine", Claim.RESET, code_of(claim), address=Address(NEIGHBOUR), now=NOW) == LAN


def test_a_new_device_beside_them_is_let_in_for_a_proof_of_work():
    make_account()
    guess(31, ADDRESS)
    with pytest.raises(ChallengeNeeded):
        enter(Address(NEIGHBOUR))
    assert enter(worked("203.0.113.98")) == LAN


def test_those_of_another_customer_of_the_provider_are_not_counted_here():
    make_account()
    guess(120, ADDRESS)
    assert enter(Address("203.0.114.5")) == LAN


def test_a_right_code_is_taken_behind_an_address_from_which_thousands_were_wrong(monkeypatch):
    make_account()
    monkeypatch.setitem(limits.RULES, "code_check_address", few("code_check_address"))
    claim = ask("mine", address=Address(NEIGHBOUR))
    stranger = ask("theirs", address=Address(ADDRESS))
    for _ in range(60):
        with suppress(CodeExpired):
            codes.check("x", stranger.id, PHONE, "000000", address=worked(ADDRESS), now=NOW)
    assert claims.enter("mine", Claim.RESET, code_of(claim), address=worked(ADDRESS), now=NOW) == LAN


def few(name: str) -> limits.Rule:
    """The rule with a limit of two, so that a test reaches it."""
    rule = limits.RULES[name]
    return limits.Rule(2, rule.window, rule.wait, rule.cap, rule.crowded, rule.then)


@pytest.mark.parametrize("purpose", [Claim.RESET, Claim.FREEZE, Claim.THAW])
def test_a_dozen_requests_of_strangers_do_not_shut_the_forgotten_password_for_a_day(purpose):
    make_account()
    for step in range(12):
        ask(f"x{step}", purpose, address=Address(ADDRESS), now=NOW + timedelta(minutes=5 * step))
    later = NOW + timedelta(minutes=61)
    with pytest.raises(ChallengeNeeded):
        ask("mine", purpose, address=Address(NEIGHBOUR), now=later)
    assert ask("mine", purpose, address=worked(NEIGHBOUR), now=later).answers == 1
    assert ask("known", purpose, address=Address(ADDRESS), known=True, now=later).answers == 1


def test_however_many_ask_nobody_waits_for_more_than_two_hours():
    asked = {"code_near", "code_near_day", "code_phone", "claim_near", "claim_near_day", "claim_name"}
    for name in asked:
        assert limits.RULES[name].cap <= timedelta(hours=2), name
    for _ in range(limits.RULES["claim_name"].limit):
        limits.hit("claim_name", "a", now=NOW)
    with pytest.raises(Limited) as refused:
        limits.hit("claim_name", "a", now=NOW)
    for _ in range(limits.RULES["claim_name"].then):
        limits.hit("claim_name", "a", now=refused.value.retry_at)
    with pytest.raises(Limited):
        limits.hit("claim_name", "a", now=refused.value.retry_at)


def test_codes_that_strangers_ask_for_are_not_counted_for_whoever_is_signed_in():
    for network in range(limits.RULES["code_phone"].limit):
        codes.count(PHONE, address=Address(f"10.0.{network}.1"), now=NOW)
    with pytest.raises(Limited):
        codes.count(PHONE, address=Address("10.1.0.1"), now=NOW)
    codes.count(PHONE, address=Address("10.0.1.1", who="citizen:7"), now=NOW)
    codes.count(PHONE, address=Address("10.0.1.1", who="staff:70"), now=NOW)


def test_who_is_signed_in_cannot_send_codes_without_end_either():
    address = Address(ADDRESS, who="citizen:7")
    for number in range(limits.RULES["code_citizen"].limit):
        codes.count(Phone.parse(f"09123456{number:02d}"), address=address, now=NOW)
    with pytest.raises(Limited):
        codes.count(PHONE, address=address, now=NOW)


def test_a_frozen_account_is_frozen_and_opened_whoever_tried_before():
    make_account()
    guess(120, ADDRESS)
    freezing.freeze_by_password(login(), OWN, address=Address(NEIGHBOUR), known_device=True, now=NOW)
    later = NOW + timedelta(days=1, minutes=1)
    guess(120, ADDRESS)
    claim = ask("thaw", Claim.THAW, address=Address(ADDRESS), now=later)
    claims.enter("thaw", Claim.THAW, code_of(claim), address=Address(ADDRESS), now=later)
    freezing.thaw_by_code("thaw", OWN, address=Address(ADDRESS), now=later)
    assert enter(Address(NEIGHBOUR), known=True, now=later) == LAN


def test_a_wrong_code_is_still_wrong():
    make_account()
    claim = ask("mine")
    with pytest.raises(WrongCode):
        claims.enter("mine", Claim.RESET, other_than(code_of(claim)), address=Address(ADDRESS), now=NOW)
