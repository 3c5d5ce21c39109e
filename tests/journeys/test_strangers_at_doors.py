"""A stranger who knows number and phone uses up nothing of the owner's: going on with a draft, and
opening a message.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from tests.making.registrations import LAN, NOW, make_draft, view
from tests.making.sms import last_code, texts_to
from vssid.domain.registration.draft import drafts
from vssid.domain.support import writing
from vssid.domain.support.models import Ticket
from vssid.domain.support.tests.desk import PHONE as SENDERS
from vssid.domain.support.tests.desk import make_strangers
from vssid.domain.verification import codes, limits
from vssid.domain.verification.errors import ChallengeNeeded, CodeExpired, Limited, WrongCode
from vssid.domain.verification.proofs import Address
from vssid.kernel.ids import BhxhCode, Phone

pytestmark = pytest.mark.django_db
HERE, NEIGHBOUR, FAR = "203.0.113.5", "203.0.113.99", "198.51.100.{}"


@dataclass(frozen=True)
class Door:
    """One of the two; `subject` is whose texts are counted."""

    subject: int
    phone: Phone
    asks: Callable[[str, str], None]
    opens: Callable[[str, str, str], object]
    path: str
    form: dict[str, str]


def of_drafts() -> Door:
    phone, code = Phone(LAN.phone), BhxhCode(LAN.bhxh_code)
    subject = view(make_draft(proved=False)).subject_id

    def ask(browser: str, address: str) -> None:
        drafts.request_resume(phone, code, browser=browser, address=address, now=NOW)

    def enter(browser: str, typed: str, address: str) -> object:
        return drafts.resume(phone, code, typed, browser=browser, address=address, now=NOW)

    form = {"phone": phone.reveal(), "bhxh_code": code.reveal()}
    return Door(subject, phone, ask, enter, "/dang-ky/tiep-tuc", form)


def of_messages() -> Door:
    ticket, phone = Ticket.objects.get(id=make_strangers()), Phone.parse(SENDERS)
    number = ticket.number or ""

    def ask(browser: str, address: str) -> None:
        writing.send_opening_code(number, phone, browser=browser, address=address, now=NOW)

    def enter(browser: str, typed: str, address: str) -> object:
        return writing.open_again(number, phone, typed, browser=browser, address=address, now=NOW)

    form = {"phone": SENDERS, "number": number}
    return Door(ticket.id, phone, ask, enter, "/tro-giup/tin-nhan", form)


@pytest.fixture(params=[of_drafts, of_messages], ids=["draft", "message"])
def door(request: pytest.FixtureRequest) -> Door:
    made: Door = request.param()
    return made


def asked(door: Door, browser: str, address: str) -> str:
    """Ask for a code; the six digits of the text that came."""
    before = texts_to(door.subject, "phone_code")
    door.asks(browser, address)
    new = next(text for text in texts_to(door.subject, "phone_code") if text not in before)
    match = re.search(r"\b\d{6}\b", new)
    assert match
    return match.group()


def use_up(door: Door, browser: str) -> None:
    """Every try there is, and more."""
    for _ in range(10):
        with suppress(WrongCode, CodeExpired):
            door.opens(browser, "00000", FAR.format(7))


def test_wrong_tries_of_a_stranger_leave_the_owners_code_good(door):
    code = asked(door, "owner", HERE)
    door.asks("stranger", FAR.format(7))
    use_up(door, "stranger")
    use_up(door, "another")
    assert door.opens("owner", code, HERE)


def test_a_code_that_a_stranger_asks_for_neither_ends_the_owners_nor_takes_its_minute(door):
    door.asks("stranger", FAR.format(7))
    code = asked(door, "owner", HERE)
    door.asks("stranger again", FAR.format(8))
    assert door.opens("owner", code, HERE)


def test_the_code_opens_nothing_in_another_browser(door):
    code = asked(door, "owner", HERE)
    with pytest.raises(CodeExpired):
        door.opens("stranger", code, HERE)


def use_up_all_codes(door: Door, now: datetime) -> None:
    """All that strangers, wherever they are, may ask for to this phone."""
    for near in range(limits.RULES["code_phone"].limit):
        with suppress(Limited):
            codes.count(door.phone, address=Address(f"10.0.{near}.1"), now=now)


def test_a_device_that_proved_the_phone_gets_a_code_when_strangers_have_used_up_theirs(door):
    use_up_all_codes(door, NOW)
    for neighbour in range(70):
        with suppress(Limited, ChallengeNeeded):
            door.asks(f"x{neighbour}", Address(NEIGHBOUR))
    code = asked(door, "owner", Address(NEIGHBOUR).known_by(door.phone.reveal()))
    assert door.opens("owner", code, NEIGHBOUR)


def test_such_a_device_cannot_send_codes_without_end_either(door):
    known = Address(NEIGHBOUR).known_by(door.phone.reveal())
    for number in range(5):
        door.asks(f"owner{number}", known)
    with pytest.raises(Limited):
        door.asks("owner", known)


def test_a_browser_that_was_let_in_once_is_let_in_again_whatever_strangers_did(door):
    client = Client()
    first = client.post(door.path, door.form)
    client.post(first["Location"], {"code": last_code(door.subject)})
    use_up_all_codes(door, timezone.now())
    assert Client().post(door.path, door.form).status_code == 429
    again = client.post(door.path, door.form)
    assert again.status_code == 302
    assert client.post(again["Location"], {"code": last_code(door.subject)}).status_code == 302


def test_a_double_tap_is_one_asking_whether_its_first_answer_came_or_not(door):
    page = Client().get(door.path).content.decode()
    once = re.search(r'name="once" value="([^"]+)"', page)
    assert once
    client, sent = Client(), {**door.form, "once": once[1]}
    first = client.post(door.path, sent)
    client.cookies.clear()
    code, second = last_code(door.subject), client.post(door.path, sent)
    assert second["Location"] == first["Location"]
    assert last_code(door.subject) == code
    assert client.post(second["Location"], {"code": code}).status_code == 302
