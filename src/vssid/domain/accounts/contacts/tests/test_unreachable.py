"""Where nothing arrives the other way is used, and a right code shows that something does."""

from __future__ import annotations

import pytest

from tests.making.sms import letters_to, texts_to
from vssid.domain.accounts.models.accounts import Claim
from vssid.domain.accounts.recovery import claims
from vssid.domain.accounts.tests.people import (
    ADDRESS,
    EMAIL,
    LAN,
    NEW_PHONE,
    NOW,
    PHONE,
    ask,
    code_of,
    digits,
    make_account,
)
from vssid.domain.notifications.models.messages import Message
from vssid.domain.notifications.outbox import dead_addresses
from vssid.kernel.redacted import Redacted

from .. import changes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail_on(settings) -> None:
    settings.MAIL_GATEWAY = "log"


def kill(to: Redacted) -> None:
    """A provider said that nothing arrives there."""
    channel = "sms" if to is PHONE or to is NEW_PHONE else "email"
    assert dead_addresses.mark(Message(channel=channel), {"to": to.reveal()}, reason="smtp_550", now=NOW)


def test_a_code_goes_to_the_email_when_nothing_arrives_at_the_phone():
    make_account(email=True)
    kill(PHONE)
    claim = ask()
    assert texts_to(claim.id) == []
    [letter] = letters_to(claim.id, "reset_code")
    assert letter["to"] == EMAIL.reveal()
    assert claims.enter("s1", Claim.RESET, digits(letter["text"]), address=ADDRESS, now=NOW) == LAN


def test_a_code_goes_to_the_phone_when_nothing_arrives_at_the_email():
    make_account(email=True)
    kill(EMAIL)
    claim = ask(channel=Claim.EMAIL)
    assert claims.enter("s1", Claim.RESET, code_of(claim), address=ADDRESS, now=NOW) == LAN


def test_the_page_of_a_claim_does_not_tell_by_which_way_the_code_went():
    make_account(email=True)
    kill(PHONE)
    ask()
    seen = claims.view("s1", now=NOW)
    assert seen is not None
    assert (seen.channel, seen.message) == (Claim.SMS, None)


def test_a_dead_phone_without_another_way_is_tried_all_the_same_and_its_code_lifts_the_mark():
    make_account()
    kill(PHONE)
    claim = ask()
    assert claims.enter("s1", Claim.RESET, code_of(claim), address=ADDRESS, now=NOW) == LAN
    assert dead_addresses.of(PHONE) is None


def test_a_phone_confirmed_anew_is_not_dead_any_more():
    make_account()
    kill(NEW_PHONE)
    changes.start(LAN, "phone", NEW_PHONE.reveal(), address=ADDRESS, now=NOW)
    for side in ("old", "new"):
        code = digits(texts_to(LAN, f"contact_{side}_code")[-1])
        changes.enter(LAN, "phone", side, code, address=ADDRESS, now=NOW)
    contacts = changes.of(LAN)
    assert (contacts.phone, contacts.phone_mark) == (NEW_PHONE, None)


def test_the_owner_may_say_that_messages_arrive():
    make_account(email=True)
    kill(EMAIL)
    assert changes.of(LAN).email_mark is not None
    changes.still_good(LAN, "phone")
    assert changes.of(LAN).email_mark is not None, "the phone is another matter"
    changes.still_good(LAN, "email")
    assert changes.of(LAN).email_mark is None
