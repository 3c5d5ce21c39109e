"""Read requests: the person's own, the office's queue and file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from vssid.domain.casework import clocks, desk
from vssid.domain.casework.turns import Change, Turn
from vssid.domain.offices import queries as offices
from vssid.domain.offices.queries import OfficeView
from vssid.domain.participants import queries as participants
from vssid.domain.participants.views import CoverageView, PersonView
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import NotYours

from . import drafts, files, sealed_words
from .definition.catalogue import PROCEDURES
from .definition.shapes import Kind, Procedure
from .desk import readiness
from .files import FileView
from .models import OPEN_STATES, Move, Request
from .states import CLOSED, OPEN, TURNS, WITH_OFFICE, State


@dataclass(frozen=True, slots=True)
class Status:
    """Where a request stands, with nothing personal in it but its owner's number.

    `due_on` is None while the person is to answer, and for a draft. `moved_at`: of the last thing done.
    """

    person_id: int
    id: int
    procedure: Procedure
    number: str
    state: State
    submitted_at: datetime | None
    due_on: date | None
    days_left: int | None
    moved_at: datetime
    closed_at: datetime | None
    effective_on: date | None
    written_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Sent and not closed."""
        return self.state in OPEN

    @property
    def turn(self) -> Turn:
        """Whose turn it is."""
        return TURNS[self.state]

    @property
    def is_overdue(self) -> bool:
        """With the office, and its last day is over."""
        return self.state in WITH_OFFICE and self.days_left is not None and self.days_left < 0


def status_of(row: Request, now: datetime) -> Status:
    """The status of one row."""
    return Status(
        person_id=row.person_id,
        id=row.id,
        procedure=PROCEDURES[Kind(row.kind)],
        number=row.number or "",
        state=State(row.state),
        submitted_at=row.submitted_at,
        due_on=row.due_on,
        days_left=clocks.days_left(row.due_on, now) if row.due_on else None,
        moved_at=row.updated_at,
        closed_at=row.closed_at,
        effective_on=row.effective_on,
        written_at=row.written_at,
    )


@dataclass(frozen=True, slots=True)
class MoveView:
    """One thing done with a request, with what was said."""

    move: str
    at: datetime
    by_kind: str
    by_name: str
    reasons: tuple[str, ...]
    text: str
    despite: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Whole:
    """A request with its answers, attachments and timeline (oldest first)."""

    status: Status
    answers: Mapping[str, Any]
    files: Mapping[str, FileView]
    files_kept: bool
    moves: tuple[MoveView, ...]
    office: OfficeView

    def last(self, move: str) -> MoveView | None:
        """The newest move of a name."""
        return next((view for view in reversed(self.moves) if view.move == move), None)


def of_person(person_id: int, *, now: datetime) -> list[Status]:
    """The person's requests, what is open first, then the newest first."""
    rows = Request.objects.filter(person_id=person_id).order_by("-updated_at", "-id")
    statuses = [status_of(row, now) for row in rows]
    return sorted(statuses, key=lambda status: status.state in CLOSED)


def open_of(person_id: int, *, now: datetime) -> list[Status]:
    """The person's requests that are sent and not closed: what waits for the person, then by due day."""
    rows = Request.objects.filter(person_id=person_id, state__in=OPEN_STATES)
    rows = rows.order_by(F("due_on").asc(nulls_first=True), "id")
    return [status_of(row, now) for row in rows]


def unfinished(person_id: int, kind: Kind, *, now: datetime) -> Status | None:
    """The person's draft or open request of a kind."""
    states = [State.DRAFT, *OPEN_STATES]
    row = Request.objects.filter(person_id=person_id, kind=kind, state__in=states).first()
    return status_of(row, now) if row else None


def own(person_id: int, request_id: int, *, now: datetime) -> Whole:
    """A request the person sent. Raises NotYours."""
    rows = Request.objects.filter(person_id=person_id, id=request_id)
    row = rows.exclude(state=State.DRAFT).first()
    if row is None:
        raise NotYours
    return _whole(row, now)


def _whole(row: Request, now: datetime) -> Whole:
    assert row.office_id is not None
    return Whole(
        status_of(row, now),
        drafts.opened(row),
        files.of(row.person_id, row.id),
        row.files_erased_at is None,
        tuple(_moves(row)),
        offices.office(row.office_id),
    )


def _moves(row: Request) -> list[MoveView]:
    rows = Move.objects.filter(person_id=row.person_id, request_id=row.id).order_by("id")
    return [
        MoveView(
            move.move,
            move.at,
            move.by_kind,
            move.by_name,
            tuple(move.reasons),
            sealed_words.of(move),
            move.despite or {},
        )
        for move in rows
    ]


def own_file(person_id: int, request_id: int, name: str) -> bytes:
    """A picture of the person's own request or draft (JPEG). Raises NoImage."""
    return files.content(person_id, request_id, name)


_TURNS = {"submit": Turn.OFFICE, "ask_more": Turn.PERSON, "answer": Turn.OFFICE}


def changes_of(rows: Iterable[Request]) -> dict[tuple[int, int], list[Change]]:
    """Whose turn it was with each of these sent requests, by its key: one question for a whole page."""
    rows = list(rows)
    moved = Move.objects.filter(
        person_id__in=[row.person_id for row in rows],
        request_id__in=[row.id for row in rows],
        move__in=sorted(_TURNS),
    )
    changes: dict[tuple[int, int], list[Change]] = {(row.person_id, row.id): [] for row in rows}
    for person_id, request_id, name, at in moved.order_by("id").values_list(
        "person_id", "request_id", "move", "at"
    ):
        if (person_id, request_id) in changes:
            changes[person_id, request_id].append((at, _TURNS[name]))
    for row in rows:
        if row.closed_at is not None:
            changes[row.person_id, row.id].append((row.closed_at, Turn.NOBODY))
    return changes


@dataclass(frozen=True, slots=True)
class Counts:
    """How an office keeps its terms."""

    open: int
    waiting: int
    due_today: int
    overdue: int
    decided_today: int


def counts_at(at: str | Collection[str], *, now: datetime) -> Counts:
    """Open (with the person or here), not yet accepted, due today, overdue, decided today."""
    rows, today = Request.objects.filter(desk.lying_at(at)), local_day(now)
    here = rows.filter(state__in=sorted(WITH_OFFICE))
    start = clocks.start_of_day(now)
    return Counts(
        open=rows.filter(state__in=OPEN_STATES).count(),
        waiting=rows.filter(state=State.SUBMITTED).count(),
        due_today=here.filter(due_on=today).count(),
        overdue=here.filter(due_on__lt=today).count(),
        decided_today=rows.filter(state__in=[State.DONE, State.REFUSED], closed_at__gte=start).count(),
    )


def waiting_at(at: str | Collection[str], tab: str = "open") -> QuerySet[Request]:
    """Those at an office, or several: `open` (most urgent first, those with the person last), `closed`."""
    rows = Request.objects.filter(desk.lying_at(at))
    if tab == "closed":
        return rows.filter(state__in=sorted(CLOSED)).order_by("-closed_at", "-id")
    rows = rows.order_by(F("due_on").asc(nulls_last=True), "submitted_at", "id")
    return rows.filter(state__in=OPEN_STATES)


def with_office_at(at: str | Collection[str]) -> QuerySet[Request]:
    """The open requests on the office's turn."""
    return waiting_at(at).filter(state__in=sorted(WITH_OFFICE))


def due_at(at: str | Collection[str], *, on: date) -> QuerySet[Request]:
    """The office's requests whose last day this is."""
    return with_office_at(at).filter(due_on=on)


def overdue_at(at: str | Collection[str], *, on: date) -> QuerySet[Request]:
    """The office's requests whose last day is over on a day, the longest first."""
    late = Q(state__in=sorted(WITH_OFFICE), due_on__lt=on)
    return waiting_at(at).filter(late)


@dataclass(frozen=True, slots=True)
class File:
    """Everything an officer sees of one request."""

    whole: Whole
    full_name: str
    moved_by: str
    register: PersonView | None
    coverage: CoverageView | None
    doubts: tuple[str, ...]


def file_of(row: Request, now: datetime) -> File:
    """Everything of one request; `looks` gives it to an officer."""
    return File(
        _whole(row, now),
        row.full_name,
        row.moved_by,
        participants.person(row.person_id),
        participants.coverage(row.person_id, local_day(now)),
        readiness.read(row, now=now).doubts if row.state in OPEN else (),
    )
