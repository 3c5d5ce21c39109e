"""A code to phone or e-mail for who cannot sign in; nobody learns who has an account."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.making.sms import texts_to
from vssid.domain.accounts.errors import ClaimOver
from vssid.domain.accounts.guardianship import trusted
from vssid.domain.accounts.models.accounts import Claim
from vssid.domain.accounts.tests.people import (
    ADDRESS,
    EMAIL,
    LAN,
    NOW,
    TUAN,
    ask,
    code_of,
    digits,
    kinds_to,
    login,
    make_account,
    other_than,
    trust,
    work,
)
from vssid.domain.audit.models import Event
from vssid.domain.notifications.models.messages import Message
from vssid.domain.notifications.outbox import sending
from vssid.domain.verification import limits
from vssid.domain.verification.errors import CodeExpired, Limited, WrongCode
from vssid.infra.mail.log import demo_file

from .. import claims

pytestmark = pytest.mark.django_db


def enter(code, secret="s1", purpose=Claim.RESET, now=NOW):
    return claims.enter(secret, purpose, code, address=ADDRESS, now=now)


def test_a_code_to_the_confirmed_email_works_too(settings, tmp_path):
    settings.MAIL_GATEWAY, settings.DATA = "log", tmp_path
    make_account(email=True)
    claim = ask(channel=Claim.EMAIL, known=True)
    row = Message.objects.get(subject_id=claim.id)
    assert row.channel == "email"
    sending.attempt(claim.id, row.id, clock=lambda: NOW)
    sending.attempt(claim.id, row.id, clock=lambda: NOW)
    [line] = demo_file().read_text(encoding="utf-8").splitlines()
    letter = json.loads(line)
    assert letter["to"] == EMAIL.reveal()
    assert enter(digits(letter["text"])) == LAN
    seen = claims.view("s1", now=NOW)
    assert seen is not None
    assert seen.message is not None
    assert (seen.message.channel, seen.message.state, seen.message.sent_at) == ("email", "delivered", NOW)


def test_a_code_asked_for_again_stops_the_letter_before(settings):
    settings.MAIL_GATEWAY = "log"
    make_account(email=True)
    claim = ask(channel=Claim.EMAIL)
    later = NOW + timedelta(minutes=2)
    claims.ask_again("s1", address=ADDRESS, now=later)
    work(later)
    states = Message.objects.filter(subject_id=claim.id).order_by("created_at")
    assert list(states.values_list("state", "reason")) == [("expired", "cancelled"), ("created", "")]


def test_an_account_without_email_is_sent_none_and_a_guess_opens_nothing(settings):
    settings.MAIL_GATEWAY = "log"
    make_account()
    claim = ask(channel=Claim.EMAIL)
    assert claim.person_id is None
    assert not Message.objects.filter(subject_id=claim.id).exists()
    with pytest.raises((WrongCode, ClaimOver)):
        enter("123456")


def test_known_and_unknown_names_leave_the_same_rows_and_get_the_same_answers():
    make_account()
    seen = []
    for secret, name in (("a", login()), ("b", "0999999999")):
        claims.ask(Claim.RESET, name, Claim.SMS, secret=secret, address=ADDRESS, known_device=False, now=NOW)
        asked = claims.view(secret, now=NOW)
        work()
        answered = claims.view(secret, now=NOW)
        wrong = []
        for _ in range(6):
            with pytest.raises((WrongCode, CodeExpired)) as refused:
                enter("999999", secret)
            wrong.append((type(refused.value), refused.value.facts))
        seen.append((asked, answered, wrong, ProcrastinateJob.objects.filter(task_name=claims.JOB).count()))
        ProcrastinateJob.objects.filter(task_name=claims.JOB).delete()
    assert seen[0] == seen[1]


def test_the_web_runs_the_same_statements_for_known_and_unknown_names():
    make_account()
    said = []
    for secret, name in (("a", login()), ("b", "0999999999")):
        with CaptureQueriesContext(connection) as captured:
            claims.ask(
                Claim.RESET, name, Claim.SMS, secret=secret, address=ADDRESS, known_device=False, now=NOW
            )
        said.append(
            [" ".join(query["sql"].split()[:3]) for query in captured if "SAVEPOINT" not in query["sql"]]
        )
    assert said[0] == said[1]
    assert not any("accounts_account" in sql for sql in said[0])


def test_the_trusted_person_gets_the_same_code_only_when_asked_and_the_owner_is_told():
    make_account()
    trust()
    ask("own")
    assert texts_to(LAN, "trusted_code") == []
    claim = ask("both", channel=Claim.BOTH, known=True)
    (theirs,) = texts_to(LAN, "trusted_code")
    assert digits(theirs) == code_of(claim)
    assert "trusted_used" in kinds_to(LAN)
    assert Event.objects.filter(subject_id=LAN, kind="trusted.used").count() == 1
    seen = claims.view("both", now=NOW)
    assert seen is not None
    assert seen.other_message is not None
    assert enter(digits(theirs), "both") == LAN


@pytest.mark.parametrize("named", [False, True])
def test_who_has_no_trusted_person_who_agreed_gets_the_code_alone(named):
    make_account()
    if named:
        trust(agreed=False)
    claim = ask(channel=Claim.BOTH, known=True)
    assert code_of(claim)
    assert not {"trusted_code", "trusted_used"} & set(kinds_to(LAN))
    seen = claims.view("s1", now=NOW)
    assert seen is not None
    assert seen.other_message is None


def test_a_strange_browser_does_not_learn_that_there_is_a_trusted_person():
    make_account()
    make_account(TUAN)
    trust()
    seen = []
    for secret, name in (("a", login()), ("b", login(TUAN)), ("c", "0999999999")):
        ask(secret, name=name, channel=Claim.BOTH)
        seen.append(claims.view(secret, now=NOW))
    assert seen[0] == seen[1] == seen[2]


def test_beyond_the_days_room_codes_go_to_the_own_phone_alone():
    make_account()
    trust()
    sent = [trusted.send_code(LAN, "123456", now=NOW) for _ in range(6)]
    assert sent == [True] * 5 + [False]
    claim = ask(channel=Claim.BOTH, known=True)
    assert code_of(claim)
    assert Message.objects.filter(subject_id=LAN, kind="trusted_code").count() == 5


def test_delivery_is_told_to_a_known_device_only():
    make_account()
    ask("a")
    ask("b", known=True)
    stranger, own = claims.view("a", now=NOW), claims.view("b", now=NOW)
    assert stranger is not None
    assert stranger.message is None
    assert own is not None
    assert own.message is not None
    assert own.message.state == "created"


def test_a_double_tap_is_one_claim_and_one_code():
    make_account()
    ask("same")
    ask("same")
    assert Claim.objects.count() == 1
    assert Message.objects.filter(kind="reset_code").count() == 1


def test_the_job_run_twice_sends_one_code():
    make_account()
    ask()
    work()
    work()
    assert Message.objects.filter(kind="reset_code").count() == 1


def test_another_code_kills_the_one_before_and_not_within_a_minute():
    make_account()
    claim = ask()
    first = code_of(claim)
    claims.ask_again("s1", address=ADDRESS, now=NOW + timedelta(seconds=30))
    work(NOW + timedelta(seconds=30))
    assert code_of(claim) == first
    later = NOW + timedelta(seconds=61)
    claims.ask_again("s1", address=ADDRESS, now=later)
    work(later)
    second = code_of(claim)
    assert Message.objects.filter(kind="reset_code").count() == 2
    if first != second:
        with pytest.raises(WrongCode):
            enter(first, now=later)
    assert enter(second, now=later) == LAN


def test_five_wrong_tries_kill_the_code():
    make_account()
    code = code_of(ask())
    for _ in range(5):
        with pytest.raises((WrongCode, CodeExpired)):
            enter(other_than(code))
    with pytest.raises(CodeExpired):
        enter(code)


def test_a_code_opens_nothing_in_another_browser_or_for_another_purpose():
    make_account()
    code = code_of(ask())
    with pytest.raises(ClaimOver):
        enter(code, secret="another")
    with pytest.raises(ClaimOver):
        enter(code, purpose=Claim.FREEZE)


def test_strangers_who_use_up_their_tries_leave_the_owner_and_other_people_alone():
    make_account()
    make_account(TUAN)
    for number in range(limits.RULES["claim_near"].limit):
        ask(f"x{number}")
    with pytest.raises(Limited):
        ask("one too many")
    ask("known", known=True)
    ask("elsewhere", address="198.51.100.7")
    ask("tuan", name=login(TUAN))


def test_trying_while_limited_does_not_make_the_wait_longer():
    make_account()
    waits = set()
    for number in range(12):
        try:
            ask(f"x{number}", now=NOW + timedelta(seconds=number))
        except Limited as limited:
            waits.add(limited.retry_at)
    assert len(waits) == 1


def test_strangers_everywhere_cannot_use_up_the_codes_of_a_known_device(monkeypatch):
    make_account()
    monkeypatch.setitem(limits.RULES, "claim_name", replace(limits.RULES["claim_name"], limit=8))
    for number in range(limits.RULES["claim_name"].limit):
        ask(f"x{number}", address=f"10.{number}.0.1")
    with pytest.raises(Limited):
        ask("one too many", address="10.250.0.1")
    assert Message.objects.filter(kind="reset_code").count() == limits.RULES["claim_name"].limit
    claim = ask("mine", known=True)
    assert enter(code_of(claim), secret="mine") == LAN


def test_the_code_and_the_name_are_not_kept_in_the_clear_nor_in_a_job():
    make_account()
    claim = ask()
    assert login().encode() not in bytes(claim.sealed)
    jobs = ProcrastinateJob.objects.values_list("args", flat=True)
    assert all(login() not in str(args) for args in jobs)
    assert texts_to(claim.id)[0].endswith("BHXH khong gui duong dan.")


def test_claims_that_are_over_are_forgotten_with_their_keys():
    make_account()
    ask()
    assert claims.sweep(NOW + timedelta(hours=1)) == 0
    assert claims.sweep(NOW + timedelta(days=2)) == 1
    assert not Claim.objects.exists()
