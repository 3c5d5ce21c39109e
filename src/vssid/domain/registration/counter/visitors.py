"""Who stands at the counter: the person behind a scanned card or a typed number, and what they have here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vssid.domain.accounts.queries import AccountView, account_of
from vssid.domain.audit import actions as audit
from vssid.domain.casework import own_files
from vssid.domain.identity import cccd_qr
from vssid.domain.identity.reading import Reading
from vssid.domain.offices import policy
from vssid.domain.offices.rights import Right
from vssid.domain.participants import queries as participants
from vssid.domain.participants.views import PersonView
from vssid.domain.verification import limits
from vssid.kernel.actor import Actor
from vssid.kernel.errors import Invalid
from vssid.kernel.ids import BadCode, BhxhCode, IdNumber
from vssid.kernel.input_methods import readings
from vssid.kernel.text import number_text

from .. import code_keys
from ..desk.search import CARD
from ..models import Application
from ..states import OPEN

LONGEST = 600


@dataclass(frozen=True, slots=True)
class OpenFile:
    """An open application for the person's code; `office`: the code of where it lies."""

    id: int
    number: str
    office: str


@dataclass(frozen=True, slots=True, repr=False)
class Visitor:
    """What is known of who stands at the counter: of the card, the register, accounts and applications.

    `number` finds the same person again.
    """

    number: str
    reading: Reading | None
    person: PersonView | None
    account: AccountView | None
    files: tuple[OpenFile, ...]


def identify(text: str, *, by: Actor, now: datetime) -> Visitor:
    """The person of a card's QR, a BHXH code, a health card's number or a CCCD number; an audit event.

    Raises NotAllowed, Invalid(q=required | bad_number), Limited, or OwnFile when it is somebody close.
    """
    visitor = find(text, by=by, now=now)
    seen(visitor, by=by, now=now)
    return visitor


def seen(visitor: Visitor, *, by: Actor, now: datetime) -> None:
    """The officer was shown who it is: an event for who is in the register."""
    if visitor.person is not None:
        audit.record("counter.identified", subject=visitor.person.person_id, by=by, now=now)


def find(text: str, *, by: Actor, now: datetime) -> Visitor:
    """The same without the event: for what is done with the person next. Raises as `identify`."""
    policy.require(by, Right.CHECK_PAPERS, by.office)
    limits.hit("counter_look_up", str(by.id), now=now)
    text = text.strip()[:LONGEST]
    if not text:
        raise Invalid(q="required")
    reading = cccd_qr.parse(text)
    number = reading.id_number.reveal() if reading else _number(text)
    person = _person(reading, number)
    if person is not None:
        own_files.refuse(by, lambda: [person.person_id])
    return Visitor(
        number,
        reading,
        person,
        account_of(person.person_id) if person else None,
        _open_files(person.bhxh_code) if person else (),
    )


def of_card(reading: Reading) -> Visitor:
    """Who a card names, by the card alone: nothing is looked up."""
    return Visitor(reading.id_number.reveal(), reading, None, None, ())


def _number(text: str) -> str:
    """The digits of a code, also as an input method changed them. Raises Invalid."""
    for reading in readings(number_text(text).split("|")[0]):
        compact = "".join(reading.split()).replace(".", "").upper()
        digits = card[1] if (card := CARD.fullmatch(compact)) else compact
        if digits.isascii() and digits.isdigit() and len(digits) in (10, 12):
            return digits
    raise Invalid(q="bad_number")


def _person(reading: Reading | None, number: str) -> PersonView | None:
    """By the card's number, its older one, or the BHXH code."""
    if reading is not None and reading.old_id_number is not None:
        older = participants.by_id_number(reading.old_id_number)
    else:
        older = None
    try:
        person = participants.by_bhxh_code(BhxhCode.parse(number))
    except BadCode:
        person = participants.by_id_number(IdNumber(number))
    return person or older


def _open_files(code: BhxhCode) -> tuple[OpenFile, ...]:
    rows = Application.objects.filter(bhxh_code__in=code_keys.possible(code), state__in=sorted(OPEN))
    return tuple(OpenFile(row.id, row.number, row.office_id) for row in rows.order_by("-submitted_at"))
