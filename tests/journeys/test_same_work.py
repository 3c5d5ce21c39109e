"""Going on with a draft and opening a message take the same statements whether there is one or not."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.making.registrations import LAN, NOW, make_draft
from tests.making.sms import last_code
from vssid.domain.notifications.models.messages import Message
from vssid.domain.registration.draft import drafts
from vssid.domain.registration.models import Draft
from vssid.domain.support import writing
from vssid.domain.support.models import Ticket
from vssid.domain.support.tests.desk import make_strangers
from vssid.domain.verification import limits
from vssid.domain.verification.errors import CodeExpired, WrongCode
from vssid.kernel.ids import BhxhCode, Phone

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = Phone(LAN.phone), Phone.parse("0977777771")
CODE = BhxhCode(LAN.bhxh_code)


def statements(act: Callable[[], Any]) -> list[str]:
    """Each statement's beginning, up to its first value."""
    with CaptureQueriesContext(connection) as seen, suppress(WrongCode, CodeExpired):
        act()
    kinds = [query["sql"].split("'")[0] for query in seen.captured_queries]
    said = [kind.split(" ")[0] + kind.partition(" FROM ")[2][:30] for kind in kinds]
    # The end of a savepoint is one statement either way.
    return ["savepoint over" if statement in ("RELEASE", "ROLLBACK") else statement for statement in said]


def request(phone: Phone, address: str = "203.0.113.5") -> None:
    drafts.request_resume(phone, CODE, browser="b", address=address, now=NOW)


def wrong(phone: Phone) -> None:
    drafts.resume(phone, CODE, "000000", browser="b", address="203.0.113.5", now=NOW)


def test_a_draft_is_asked_for_and_a_wrong_code_tried_alike():
    make_draft()
    request(UNKNOWN, "198.51.100.1")  # nobody's key is made the first time
    request(KNOWN)
    known = statements(
        lambda: drafts.resume(KNOWN, CODE, "000000", browser="b", address="203.0.113.5", now=NOW)
    )
    unknown = statements(
        lambda: drafts.resume(UNKNOWN, CODE, "000000", browser="b", address="203.0.113.5", now=NOW)
    )
    assert known == unknown


def test_the_request_itself_is_alike_and_nothing_goes_to_nobody(monkeypatch):
    make_draft()
    monkeypatch.setattr(limits, "hit", lambda *given, **more: None)
    request(UNKNOWN)
    assert statements(lambda: request(KNOWN)) == statements(lambda: request(UNKNOWN))
    assert set(Message.objects.values_list("subject_id", flat=True)) == {view_id()}


def view_id() -> int:
    """Lan's draft."""
    return Draft.objects.get().subject_id


def test_the_right_code_still_opens_the_draft():
    make_draft()
    request(KNOWN)
    code = last_code(view_id())
    assert drafts.resume(KNOWN, CODE, code, browser="b", address="203.0.113.5", now=NOW)


def test_a_message_is_opened_alike(monkeypatch):
    ticket = Ticket.objects.get(id=make_strangers())
    phone = Phone(writing.notices.sender(ticket)["phone"])
    monkeypatch.setattr(limits, "hit", lambda *given, **more: None)

    def ask(to: Phone) -> None:
        writing.send_opening_code(ticket.number, to, browser="b", address="203.0.113.5", now=NOW)

    def enter(to: Phone) -> None:
        writing.open_again(ticket.number, to, "000000", browser="b", address="203.0.113.5", now=NOW)

    ask(UNKNOWN)
    assert statements(lambda: ask(phone)) == statements(lambda: ask(UNKNOWN))
    assert statements(lambda: enter(phone)) == statements(lambda: enter(UNKNOWN))
