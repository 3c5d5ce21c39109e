"""Read messages to offices. Texts are opened only for those who may read them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from vssid.domain.accounts import queries as accounts
from vssid.domain.casework import clocks, desk
from vssid.domain.casework.turns import Change, Turn
from vssid.domain.offices import queries as offices
from vssid.domain.offices.queries import OfficeView
from vssid.domain.participants import queries as participants
from vssid.domain.participants.models.participation import Employer
from vssid.domain.vault import sealing as vault
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import NotYours
from vssid.kernel.ids import BhxhCode, Phone

from . import notices, photos
from .models import Note, Ticket
from .notes import TEXT
from .states import OPEN, TURNS, WAITING, State
from .writing import Reader

TABS = {"waiting": WAITING, "answered": frozenset({State.ANSWERED}), "closed": frozenset({State.CLOSED})}


@dataclass(frozen=True, slots=True)
class Row:
    """One message as lists show it, without a text. `late`: an answer is due and its day is over."""

    id: int
    number: str
    state: State
    topic: str
    office_code: str
    created_at: datetime
    waiting_since: datetime
    due_on: date
    days_left: int
    late: bool
    closed_at: datetime | None
    employer_code: str = ""

    @property
    def is_open(self) -> bool:
        """Can anything still be written?"""
        return self.state in OPEN

    @property
    def turn(self) -> Turn:
        """Whose turn it is."""
        return TURNS[self.state]


@dataclass(frozen=True, slots=True)
class NoteView:
    """One note as readers see it."""

    seq: int
    kind: str
    author_name: str
    office_name: str
    at: datetime
    text: str
    has_photo: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """A message with all that was written."""

    row: Row
    office: OfficeView
    notes: tuple[NoteView, ...]


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote, for an officer: a person of the register, a typed name with a proved phone, or HR of an
    employer.
    """

    full_name: str
    bhxh_code: BhxhCode | None
    phone: Phone | None
    employer_code: str = ""
    employer_name: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """An office's messages at a glance."""

    waiting: int
    late: int
    answered: int


def own(person_id: int, now: datetime) -> list[Row]:
    """A person's messages, the newest first."""
    rows = Ticket.objects.filter(person_id=person_id).exclude(state=State.DRAFT).order_by("-created_at")
    return [row_of(ticket, now) for ticket in rows[:100]]


def thread(ticket_id: int, *, by: Reader, now: datetime) -> Thread:
    """One's own message. Raises NotYours."""
    ticket = Ticket.objects.filter(id=ticket_id).first()
    if ticket is None or not by.may_read(ticket):
        raise NotYours
    return thread_of(ticket, now)


def photo(ticket_id: int, seq: int, *, by: Reader) -> bytes:
    """A photo of one's own message. Raises NotYours."""
    ticket = Ticket.objects.filter(id=ticket_id).first()
    if ticket is None or not by.may_read(ticket):
        raise NotYours
    return photos.content(note_of(ticket_id, seq))


def queue(at: str | Collection[str], tab: str) -> QuerySet[Ticket]:
    """The messages of a tab at an office, or several: what is due first; closed ones the newest first."""
    rows = Ticket.objects.filter(desk.lying_at(at), state__in=TABS[tab])
    return rows.order_by("-closed_at") if tab == "closed" else rows.order_by("due_on", "waiting_since")


def overdue_at(at: str | Collection[str], *, on: date) -> QuerySet[Ticket]:
    """What waits for an answer and whose day is over on a day, the longest first."""
    return queue(at, "waiting").filter(due_on__lt=on)


def due_at(at: str | Collection[str], *, on: date) -> QuerySet[Ticket]:
    """What waits for an answer that is due on this day."""
    return queue(at, "waiting").filter(due_on=on)


def counts(at: str | Collection[str], now: datetime) -> Counts:
    """How many wait, are late, were answered and not closed."""
    rows = Ticket.objects.filter(desk.lying_at(at))
    waiting = rows.filter(state__in=WAITING)
    return Counts(
        waiting=waiting.count(),
        late=waiting.filter(due_on__lt=local_day(now)).count(),
        answered=rows.filter(state=State.ANSWERED).count(),
    )


def changes_of(ticket: Ticket) -> list[Change]:
    """Whose turn it is: the office's since the person wrote, the person's since the answer."""
    changes = [(ticket.waiting_since, Turn.OFFICE)]
    if ticket.answered_at is not None and ticket.answered_at >= ticket.waiting_since:
        changes.append((ticket.answered_at, Turn.PERSON))
    return [*changes, *([(ticket.closed_at, Turn.NOBODY)] if ticket.closed_at else [])]


def draft_phone(ticket_id: int) -> Phone | None:
    """The phone a draft's code goes to, for the browser that wrote it; None once it is sent or gone."""
    ticket = Ticket.objects.filter(id=ticket_id, state=State.DRAFT).first()
    return Phone(notices.sender(ticket)["phone"]) if ticket else None


def row_of(ticket: Ticket, now: datetime) -> Row:
    """The view of one row."""
    days_left = clocks.days_left(ticket.due_on, now)
    return Row(
        id=ticket.id,
        number=ticket.number or "",
        state=State(ticket.state),
        topic=ticket.topic,
        office_code=ticket.office_id,
        created_at=ticket.created_at,
        waiting_since=ticket.waiting_since,
        due_on=ticket.due_on,
        days_left=days_left,
        late=days_left < 0 and ticket.state in WAITING,
        closed_at=ticket.closed_at,
        employer_code=ticket.employer_code or "",
    )


def thread_of(ticket: Ticket, now: datetime) -> Thread:
    notes = list(Note.objects.filter(ticket_id=ticket.id).select_related("office").order_by("seq"))
    return Thread(
        row_of(ticket, now), offices.office(ticket.office_id), tuple(_written(note) for note in notes)
    )


def _written(note: Note) -> NoteView:
    text = vault.unseal(note.ticket_id, TEXT, note.sealed, row=note.seq).decode() if note.sealed else ""
    return NoteView(
        note.seq, note.kind, note.author_name, note.office.name, note.written_at, text, bool(note.blob_key)
    )


def note_of(ticket_id: int, seq: int) -> Note:
    note = Note.objects.filter(ticket_id=ticket_id, seq=seq).first()
    if note is None:
        raise NotYours
    return note


def sender_of(ticket: Ticket) -> Sender:
    if ticket.employer_code is not None:
        name = Employer.objects.filter(code=ticket.employer_code).values_list("name", flat=True).first()
        return Sender(notices.sender(ticket)["name"], None, None, ticket.employer_code, name or "")
    if ticket.person_id is None:
        told = notices.sender(ticket)
        return Sender(told["name"], None, Phone(told["phone"]))
    person = participants.person(ticket.person_id)
    if person is None:
        return Sender("", None, accounts.phone_of(ticket.person_id))
    return Sender(person.full_name, person.bhxh_code, accounts.phone_of(ticket.person_id))
