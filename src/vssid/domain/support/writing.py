"""What a person does: send a message to an office, prove the phone, write again, close."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from vssid.domain.audit import actions as audit
from vssid.domain.casework import moves, numbers
from vssid.domain.casework.kinds import Act
from vssid.domain.notifications import languages
from vssid.domain.offices import queries as offices
from vssid.domain.vault import sealing as vault
from vssid.domain.verification import codes, limits
from vssid.domain.verification.errors import CodeExpired
from vssid.infra.database.constraints import constraint_of
from vssid.kernel.actor import Actor, ActorKind, person
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.ids import BadCode, Phone
from vssid.kernel.text import number_text, tidy

from . import notices, photos
from .help.topics import TOPICS, due_on
from .models import SEQUENCE, Ticket
from .moves import TICKET
from .notes import Written, add_note, already, locked
from .states import State

PROVE, OPEN_AGAIN = "ticket", "ticket_open"
NAME_LONGEST = 100
STRANGER = Actor(ActorKind.PERSON)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: a signed-in person, a browser whose phone opened one ticket, or HR in an employer's seat."""

    person_id: int | None = None
    ticket_id: int | None = None
    hr: Actor | None = None

    def may_read(self, ticket: Ticket) -> bool:
        """Own by account, opened by the phone, or of the employer; a draft is nobody's."""
        if ticket.state == State.DRAFT:
            return False
        if ticket.employer_code is not None:
            return self.hr is not None and self.hr.employer == ticket.employer_code
        if ticket.person_id is not None:
            return ticket.person_id == self.person_id
        return ticket.id == self.ticket_id

    @property
    def actor(self) -> Actor:
        """The reader as the one who acts."""
        if self.hr is not None:
            return self.hr
        return person(self.person_id) if self.person_id is not None else STRANGER


def send(person_id: int, what: Written, *, topic: str, office_code: str, now: datetime) -> int:
    """Send a person's message; returns its id, the same for the same form. Raises Invalid, Limited."""
    check(topic, office_code)
    scope = f"p{person_id}"
    if (earlier := already(what, scope)) is not None:
        return earlier
    limits.hit("ticket_person", str(person_id), now=now)
    ticket = new(topic, office_code, now)
    ticket.person_id = person_id
    return store(ticket, what, scope, by=person(person_id), now=now)


def store(ticket: Ticket, what: Written, scope: str, *, by: Actor, now: datetime) -> int:
    """Give a new message its number and store it with its first note; its id, the same for the same form."""
    key = photos.keep(ticket.id, what.photo) if what.photo else ""
    kind, author = ("officer" if by.kind is ActorKind.OFFICER else "person"), by.name[:120]
    try:
        with transaction.atomic():
            ticket.number = _next_number(now)
            add_note(ticket, kind, what, now=now, author=author, blob_key=key, scope=scope)
            audit.record("ticket.sent", subject=ticket.id, by=by, now=now, facts=_facts(ticket))
    except IntegrityError as broken:
        # The same form, sent twice at once: the other was first.
        earlier = already(what, scope) if constraint_of(broken) == "support_note_once" else None
        if earlier is None:
            raise
        return earlier
    return ticket.id


def draft(
    what: Written, *, topic: str, office_code: str, sender: dict[str, str], address: str, now: datetime
) -> int:
    """Keep a stranger's message and send a code to the phone; returns its id. Raises Invalid, Limited.

    `sender` has full_name and phone, and the language that answers are told in.
    """
    check(topic, office_code)
    name, phone = clean_sender(sender)
    scope = f"s{vault.fingerprint('phone', phone.reveal()).hex()[:24]}"
    if (earlier := already(what, scope)) is not None:
        return earlier
    limits.hit("ticket_address", address, now=now)
    # First, so that a refused code leaves no draft and no photo.
    codes.count(phone, address=address, now=now)
    ticket = new(topic, office_code, now)
    ticket.state = State.DRAFT
    ticket.sealed = vault.seal_json(ticket.id, notices.SENDER, {"name": name, "phone": phone.reveal()})
    ticket.phone_fingerprint = vault.fingerprint("phone", phone.reveal())
    key = photos.keep(ticket.id, what.photo) if what.photo else ""
    with transaction.atomic():
        add_note(ticket, "person", what, now=now, blob_key=key, scope=scope)
        languages.read_here(ticket.id, sender.get("language", languages.Language.VI), now=now)
        codes.send(PROVE, ticket.id, phone, now=now, kind=codes.MESSAGE_KIND)
    return ticket.id


def send_code(ticket_id: int, *, address: str, now: datetime) -> None:
    """Another code for a draft, one a minute. Raises NotYours or Limited."""
    ticket = Ticket.objects.filter(id=ticket_id, state=State.DRAFT).first()
    if ticket is None:
        raise NotYours
    phone = Phone(notices.sender(ticket)["phone"])
    codes.issue(PROVE, ticket_id, phone, address=address, now=now, again=f"{PROVE}:{ticket_id}")


def prove(ticket_id: int, code: str, *, address: str, now: datetime) -> None:
    """The code sends the message; twice is once. Raises NotYours, WrongCode, CodeExpired or Limited."""
    ticket = Ticket.objects.filter(id=ticket_id, person_id=None).first()
    if ticket is None:
        raise NotYours
    if ticket.state != State.DRAFT:
        return
    phone = Phone(notices.sender(ticket)["phone"])
    try:
        codes.check(PROVE, ticket_id, phone, code, address=address, now=now)
    except CodeExpired:
        # Unless another tap of the same finger was quicker and has used it up.
        if Ticket.objects.filter(id=ticket_id).exclude(state=State.DRAFT).exists():
            return
        raise
    with transaction.atomic():
        ticket = locked(ticket_id)
        if ticket.state != State.DRAFT:
            return
        # From now on it waits, not from when the draft was written.
        act = Act("prove", STRANGER, now, facts=_facts(ticket))
        number, due = _next_number(now), due_on(ticket.topic, now)
        moves.move(TICKET, ticket, act, number=number, waiting_since=now, due_on=due)


def send_opening_code(number: str, phone: Phone, *, browser: str, address: str, now: datetime) -> None:
    """Send a code that opens a stranger's message; silent on whether there is one. Raises Limited.

    The code is for this `browser` (a secret of its asking).
    """
    if not getattr(address, "who", ""):
        limits.hit("lookup_address", address, now=now)
    ticket = _strangers(number, phone)
    ticket_id, asked = ticket.id if ticket else None, _asked(number, phone, browser)
    codes.issue_if_any(OPEN_AGAIN, ticket_id, phone, asked=asked, address=address, now=now)


def open_again(number: str, phone: Phone, code: str, *, browser: str, address: str, now: datetime) -> int:
    """The id of the message the code opens. Raises WrongCode, Limited, CodeExpired (also when none)."""
    ticket = _strangers(number, phone)
    ticket_id, asked = ticket.id if ticket else None, _asked(number, phone, browser)
    codes.check_if_any(OPEN_AGAIN, ticket_id, phone, code, asked=asked, address=address, now=now)
    assert ticket is not None  # a code for nobody is always over
    return ticket.id


def write(ticket_id: int, what: Written, *, by: Reader, now: datetime) -> None:
    """Write again: it waits anew, with a new day for the answer. Raises NotYours, NotOpenAnyMore, Limited."""
    ticket = Ticket.objects.filter(id=ticket_id).first()
    if ticket is None or not by.may_read(ticket):
        raise NotYours
    if already(what, str(ticket_id)):
        return
    limits.hit("ticket_person", f"{by.person_id or ''}:{ticket_id}", now=now)
    key = photos.keep(ticket_id, what.photo) if what.photo else ""
    with transaction.atomic():
        ticket = _own(ticket_id, by)
        if already(what, str(ticket_id)):
            return
        # What still waits for its first answer keeps its day: writing more must not put it off.
        anew = {"waiting_since": now, "due_on": due_on(ticket.topic, now)}
        columns = anew if ticket.state == State.ANSWERED else {}
        moves.move(TICKET, ticket, Act("write", by.actor, now), **columns)
        add_note(ticket, "person", what, now=now, author=by.actor.name[:120], blob_key=key)


def close(ticket_id: int, *, by: Reader, now: datetime) -> None:
    """The person needs no more; closing twice is fine. Raises NotYours."""
    with transaction.atomic():
        ticket = _own(ticket_id, by)
        if ticket.state != State.CLOSED:
            moves.move(TICKET, ticket, Act("close", by.actor, now))


def clean_sender(raw: dict[str, str]) -> tuple[str, Phone]:
    """Name and phone of a stranger. Raises Invalid."""
    wrong: dict[str, str] = {}
    name, phone = tidy(raw.get("full_name", "")), None
    if not name:
        wrong["full_name"] = "required"
    elif len(name) > NAME_LONGEST:
        wrong["full_name"] = "too_long"
    try:
        phone = Phone.parse_mobile(raw.get("phone", ""))
    except BadCode:
        wrong["phone"] = "bad_phone"
    if phone is None or wrong:
        raise Invalid(**wrong)
    return name, phone


def check(topic: str, office_code: str) -> None:
    """Raises Invalid(topic=required, office_code=required)."""
    wrong = {}
    if topic not in TOPICS:
        wrong["topic"] = "required"
    if not offices.exists(office_code):
        wrong["office_code"] = "required"
    if wrong:
        raise Invalid(**wrong)


def new(topic: str, office_code: str, now: datetime, **more: Any) -> Ticket:
    """A message that waits for the office, unless `more` says another state; not stored yet."""
    return Ticket(
        id=vault.new_subject_id(),
        office_id=office_code,
        topic=topic,
        created_at=now,
        waiting_since=now,
        due_on=due_on(topic, now),
        **{"state": State.SENT, **more},
    )


def _next_number(now: datetime) -> str:
    """TN-2026-000123: readable aloud, and it stays when the message goes to another office."""
    return f"TN-{local_day(now).year}-{numbers.next_of(SEQUENCE):06d}"


def _facts(ticket: Ticket) -> dict[str, str]:
    return {"office": ticket.office_id, "topic": ticket.topic}


def _strangers(number: str, phone: Phone) -> Ticket | None:
    rows = Ticket.objects.filter(number=_as_given(number), person_id=None)
    return rows.filter(phone_fingerprint__in=vault.fingerprints("phone", phone.reveal())).first()


def _asked(number: str, phone: Phone, browser: str) -> str:
    return f"{_as_given(number)}:{phone.reveal()}:{browser}"


def _as_given(number: str) -> str:
    """`TN-2026-000123`, however it was typed."""
    return "".join(number_text(number).split()).upper()


def _own(ticket_id: int, by: Reader) -> Ticket:
    ticket = locked(ticket_id)
    if not by.may_read(ticket):
        raise NotYours
    return ticket
