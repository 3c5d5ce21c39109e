"""Only the newest code or password of a purpose is sent and works, and others are left alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.making.registrations import HONG_BANG, make_officer
from tests.making.sms import texts_to
from vssid.domain.accounts.errors import ClaimOver
from vssid.domain.accounts.sign_in import passwords
from vssid.domain.notifications import actions as notifications
from vssid.domain.notifications.models.messages import Message

from ..contacts import changes
from ..counter import officer_decisions
from ..models.accounts import Claim
from ..recovery import answering, claims
from .people import ADDRESS, EMAIL, LAN, NEW_PHONE, NOW, PHONE, ask, code_of, digits, login, make_account

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=2)


def again(secret: str, before: str, now=LATER) -> Claim:
    claims.ask(
        Claim.RESET,
        login(),
        Claim.SMS,
        secret=secret,
        address=ADDRESS,
        known_device=False,
        now=now,
        before=before,
    )
    claim = Claim.objects.get(secret_hash=claims._hash(secret))
    answering.answer(claim.id, now=now)
    return claim


def test_a_change_of_the_email_leaves_the_codes_for_the_phone_on_their_way(settings):
    settings.MAIL_GATEWAY = "log"
    make_account()
    changes.start(LAN, "phone", NEW_PHONE.reveal(), address=ADDRESS, now=NOW)
    phone_codes = [digits(texts_to(LAN, f"contact_{side}_code")[-1]) for side in ("old", "new")]
    changes.start(LAN, "email", EMAIL.reveal(), address=ADDRESS, now=LATER)
    assert len(texts_to(LAN, "contact_old_code")) == 2, "one for each change"
    for side, code in zip(("old", "new"), phone_codes, strict=True):
        changes.enter(LAN, "phone", side, code, address=ADDRESS, now=LATER)
    assert changes.of(LAN).phone == NEW_PHONE


def test_the_same_change_asked_again_sends_the_newest_codes_only():
    make_account()
    changes.start(LAN, "phone", NEW_PHONE.reveal(), address=ADDRESS, now=NOW)
    changes.start(LAN, "phone", NEW_PHONE.reveal(), address=ADDRESS, now=LATER)
    states = Message.objects.filter(subject_id=LAN, kind="contact_old_code").order_by("created_at")
    assert [(state.state, state.reason) for state in states] == [("expired", "cancelled"), ("created", "")]


def test_the_counters_password_stops_one_of_the_registration_that_still_waits():
    make_account()
    application = 9_000_000_001
    notifications.send_sms(
        to=PHONE,
        text="BHXH: mat khau cu.",
        kind="account_activation",
        subject_id=application,
        now=NOW,
        expires_in=timedelta(hours=72),
        series=passwords.activation_series(LAN),
    )
    minh = make_officer("Minh", HONG_BANG)
    ids = officer_decisions.open_at_desk(login(), "password", by=minh, now=LATER)
    assert ids is not None
    officer_decisions.see_original(LAN, ids[1], by=minh, now=LATER)
    officer_decisions.carry_out(LAN, ids[1], by=minh, now=LATER)
    assert texts_to(application) == []
    assert len(texts_to(LAN, "account_activation")) == 1


def test_a_browser_that_asks_anew_gets_the_newest_code_and_the_one_before_opens_nothing():
    make_account()
    first = ask()
    old = code_of(first)
    second = again("s2", before="s1")
    assert texts_to(first.id) == []
    with pytest.raises(ClaimOver):
        claims.enter("s1", Claim.RESET, old, address=ADDRESS, now=LATER)
    assert claims.enter("s2", Claim.RESET, code_of(second), address=ADDRESS, now=LATER) == LAN


def test_a_job_of_the_claim_before_that_comes_late_sends_nothing():
    make_account()
    claims.ask(Claim.RESET, login(), Claim.SMS, secret="s1", address=ADDRESS, known_device=False, now=NOW)
    first = Claim.objects.get(secret_hash=claims._hash("s1"))
    second = again("s2", before="s1")
    answering.answer(first.id, now=LATER)
    assert texts_to(first.id) == []
    assert len(texts_to(second.id)) == 1


def test_another_browser_takes_nothing_from_the_owner():
    make_account()
    first = ask()
    again("s2", before="not the owner's")
    assert len(texts_to(first.id)) == 1
    assert claims.enter("s1", Claim.RESET, code_of(first), address=ADDRESS, now=LATER) == LAN
