"""Messages to an office, for tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.making.registrations import ADDRESS, HONG_BANG, NOW, make_office, make_officer
from tests.making.sms import last_code
from vssid.domain.support import writing

from .. import answering
from ..models import Ticket
from ..notes import written

PHONE = "0912345678"
SENDER = {"full_name": "Nguyễn Thị Lan", "phone": PHONE}
TEXT = "Quá trình của tôi thiếu tháng 3/2024."


def make_ticket(
    person_id: int, text: str = TEXT, *, now: datetime = NOW, office: str = HONG_BANG, **more: Any
) -> int:
    """A message of a signed-in person."""
    make_office(office)
    what = written(text, more.get("once", ""), more.get("photo"))
    return writing.send(
        person_id, what, topic=more.get("topic", "participation"), office_code=office, now=now
    )


def make_draft(text: str = TEXT, *, now: datetime = NOW, once: str = "", **more: Any) -> int:
    """A stranger's message whose phone is not proved yet."""
    make_office()
    return writing.draft(
        written(text, once, more.get("photo")),
        topic="account",
        office_code=HONG_BANG,
        sender=SENDER | more.get("sender", {}),
        address=more.get("address", ADDRESS),
        now=now,
    )


def make_strangers(text: str = TEXT, *, now: datetime = NOW) -> int:
    """A stranger's message, sent."""
    ticket_id = make_draft(text, now=now)
    writing.prove(ticket_id, last_code(ticket_id), address=ADDRESS, now=now)
    return ticket_id


def state_of(ticket_id: int) -> str:
    """The state of a message as the database has it."""
    return Ticket.objects.get(id=ticket_id).state


def answer(ticket_id: int, text: str = "Đã bổ sung.", once: str = "", **more: Any) -> None:
    """An officer of its office, or `by`, answers a message."""
    answering.answer(ticket_id, written(text, once), by=more.get("by") or make_officer(), now=NOW)
