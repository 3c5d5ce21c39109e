"""Texts for strangers cost work and have a budget; whoever the house knows is not held up by it."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from structlog.testing import capture_logs

from vssid.config import env
from vssid.domain.notifications.models.messages import Message
from vssid.domain.verification import codes, proofs, text_budgets
from vssid.domain.verification.errors import ChallengeNeeded, Limited, TextsUsedUp
from vssid.domain.verification.models import TextCount
from vssid.domain.verification.proofs import Address, Proof
from vssid.kernel.ids import Phone

from ..models.accounts import Claim
from ..recovery import claims
from .people import LAN, NOW, PHONE, ask, code_of, login, make_account

pytestmark = pytest.mark.django_db
BITS = 6


def phone(number: int) -> Phone:
    return Phone.parse(f"0912{number:06d}")


def by_work(address: str, bits: int = BITS) -> Address:
    """A request with the work that a browser does."""
    challenge = proofs.make(for_text=True)
    for work in range(10**6):
        if int.from_bytes(hashlib.sha256(f"{challenge.nonce}:{work}".encode()).digest()) >> (256 - bits) == 0:
            return Address(address, Proof(challenge.token, "", str(work)))
    raise AssertionError


def by_sum(address: str) -> Address:
    """A request with the sum that a person does without a script."""
    challenge = proofs.make(for_text=True)
    return Address(address, Proof(challenge.token, str(challenge.left + challenge.right)))


def send(address: str, number: int, now: datetime = NOW) -> None:
    codes.issue("test", 1000 + number, phone(number), address=address, now=now)


@pytest.fixture
def budget(settings):
    """Three from a network an hour, five in all."""
    settings.TEXT_BUDGETS = {"network_hour": 3, "network_day": 4, "all_hour": 5, "all_day": 8}


@pytest.fixture
def working(settings, monkeypatch):
    settings.TEXT_WORK_BITS = BITS
    monkeypatch.setattr(proofs, "BITS", BITS)


# --- budgets -------------------------------------------------------------------------------


@pytest.mark.usefixtures("budget")
def test_one_network_of_a_household_gets_so_many_texts_however_many_addresses_it_has():
    for number in range(3):
        send(Address(f"2001:db8:1:2::{number + 1:x}"), number)
    with pytest.raises(TextsUsedUp) as refused:
        send(Address("2001:db8:1:2:ffff:ffff::1"), 3)
    assert refused.value.facts["name"] == "texts_network"
    assert refused.value.retry_at == NOW.replace(minute=0) + timedelta(hours=1)
    assert Message.objects.count() == 3


@pytest.mark.usefixtures("budget")
def test_all_together_get_so_many_and_a_used_up_network_takes_nothing_from_the_others():
    for number in range(3):
        send("203.0.113.1", number)
    for number in range(20):
        with pytest.raises(TextsUsedUp):
            send("203.0.113.1", 20 + number)
    send("198.51.100.1", 4)
    send("198.51.101.1", 5)
    with pytest.raises(TextsUsedUp) as refused:
        send("192.0.2.1", 6)
    assert refused.value.facts["name"] == "texts_all"
    assert Message.objects.count() == 5


@pytest.mark.usefixtures("budget")
def test_the_next_hour_has_its_own_and_the_day_bounds_the_hours():
    later = [NOW + timedelta(hours=hour) for hour in range(3)]
    for number in range(3):
        send("203.0.113.1", number, later[0])
    send("203.0.113.1", 3, later[1])
    with pytest.raises(TextsUsedUp) as refused:
        send("203.0.113.1", 4, later[2])
    assert refused.value.retry_at == datetime(2026, 11, 22, 17, tzinfo=UTC)  # midnight in Việt Nam


@pytest.mark.usefixtures("budget")
def test_who_is_signed_in_officers_and_known_devices_get_theirs_when_nothing_is_left():
    make_account()
    for number in range(5):
        send(f"10.0.{number}.1", number)
    with pytest.raises(TextsUsedUp):
        ask("stranger", address="10.9.9.9")
    codes.issue("test", 1, PHONE, address=Address("10.9.9.9", who=f"citizen:{LAN}"), now=NOW)
    codes.issue("test", 2, phone(77), address=Address("10.9.9.9", who="staff:70"), now=NOW)
    claim = ask("mine", address="10.9.9.9", known=True)
    assert claims.enter("mine", Claim.RESET, code_of(claim), address="10.9.9.9", now=NOW) == LAN


@pytest.mark.usefixtures("budget")
def test_a_code_by_email_needs_no_text(settings):
    settings.MAIL_GATEWAY = "log"
    make_account(email=True)
    for number in range(5):
        send(f"10.0.{number}.1", number)
    claim = ask("mine", channel=Claim.EMAIL, address="10.9.9.9")
    assert Message.objects.get(subject_id=claim.id).channel == "email"


@pytest.mark.usefixtures("budget")
def test_a_name_without_an_account_spends_what_one_with_an_account_does():
    make_account()
    ask("one", name=login(), address="203.0.113.1")
    ask("two", name="9999999999", address="203.0.113.1")
    assert set(TextCount.objects.values_list("count", flat=True)) == {2}


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("budget")
def test_of_many_at_once_none_is_beyond_the_budget():
    def spends(number: int) -> bool:
        try:
            text_budgets.spend(f"10.0.{number}.1", now=NOW)
        except TextsUsedUp:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(spends, range(20))) == 5


@pytest.mark.usefixtures("budget")
def test_the_alarm_rings_once_before_the_end_and_once_at_it(settings):
    settings.TEXTS_ALARM_PERCENT = 60
    with capture_logs() as told:
        for number in range(5):
            send(f"10.0.{number}.1", number)
    hour = [event["event"] for event in told if event.get("window") == "hour"]
    assert hour == ["texts_nearly_used_up", "texts_used_up"]
    assert text_budgets.used(NOW) == {"hour": 1.0, "day": 5 / 8}
    assert text_budgets.used(NOW + timedelta(days=1)) == {"hour": 0, "day": 0}


def test_counts_of_days_gone_by_are_forgotten():
    text_budgets.spend("203.0.113.1", now=NOW)
    assert text_budgets.sweep(NOW + timedelta(days=1)) == 0
    assert text_budgets.sweep(NOW + timedelta(days=3)) == 4


def test_the_dated_budget_holds_where_no_setting_goes_before_it():
    hour, day = text_budgets.budgets(text_budgets.ALL, NOW)
    assert (hour.most, day.most) == (20_000, 150_000)


def test_a_budget_that_makes_no_sense_is_refused(monkeypatch):
    monkeypatch.setenv("VSSID_TEXTS_HOUR", "-3")
    with pytest.raises(env.BadSetting):
        env.integer("VSSID_TEXTS_HOUR", 0, least=0, most=10)


# --- work ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("working")
def test_a_strangers_first_text_costs_work_which_is_good_once():
    with pytest.raises(ChallengeNeeded) as needed:
        send(Address("203.0.113.1"), 1)
    assert needed.value.facts == {"was_wrong": False, "for_text": True}
    asker = by_work("203.0.113.1")
    send(asker, 1)
    with pytest.raises(ChallengeNeeded):
        send(Address("203.0.113.1", asker.proof), 2)
    assert Message.objects.count() == 1


@pytest.mark.usefixtures("working")
def test_a_refusal_for_want_of_work_counts_nothing():
    for _ in range(70):
        with pytest.raises(ChallengeNeeded):
            send(Address("203.0.113.1"), 1)
    assert not TextCount.objects.exists()
    send(by_work("203.0.113.1"), 1)


@pytest.mark.usefixtures("working")
def test_a_forgotten_password_costs_it_too_known_or_not_but_a_known_device_nothing():
    make_account()
    for name in (login(), "9999999999"):
        with pytest.raises(ChallengeNeeded):
            ask("stranger", name=name, address=Address("203.0.113.1"))
    assert ask("known", address=Address("203.0.113.1"), known=True).answers == 1
    assert ask("worked", address=by_work("203.0.113.1")).answers == 1


def test_work_for_less_than_a_text_costs_is_not_enough(settings, monkeypatch):
    monkeypatch.setattr(proofs, "BITS", 2)
    settings.TEXT_WORK_BITS = 2
    cheap = by_work("203.0.113.1", 2)
    settings.TEXT_WORK_BITS = 4
    with pytest.raises(ChallengeNeeded):
        send(cheap, 1)


@pytest.mark.usefixtures("working")
def test_a_sum_is_taken_after_a_while_and_only_for_some(monkeypatch):
    with pytest.raises(ChallengeNeeded) as needed:
        send(by_sum("203.0.113.1"), 1)
    assert needed.value.facts["was_early"]
    monkeypatch.setattr(text_budgets, "SUM_AFTER", timedelta.min)
    for number in range(10):
        send(by_sum(f"203.0.113.{number}"), number)
    with pytest.raises(Limited) as refused:
        send(by_sum("203.0.113.200"), 11)
    assert refused.value.facts["name"] == "text_sum_near"
    send(by_work("203.0.113.201"), 12)


@pytest.mark.usefixtures("working")
def test_who_is_signed_in_need_not_work():
    codes.issue("test", 1, PHONE, address=Address("203.0.113.1", who=f"citizen:{LAN}"), now=NOW)
    assert Message.objects.count() == 1
