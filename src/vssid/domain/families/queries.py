"""Read requests: the guardian's own, the office's queue and file."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from vssid.domain.accounts.guardianship import guardians
from vssid.domain.audit.queries import EventView, events_of
from vssid.domain.casework import clocks
from vssid.domain.casework import desk as casework_desk
from vssid.domain.casework.turns import Change, Turn
from vssid.domain.identity import queries as images
from vssid.domain.identity.errors import NoImage
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.identity.queries import ImageView
from vssid.domain.offices import queries as offices
from vssid.domain.offices.queries import OfficeView
from vssid.domain.participants import queries as participants
from vssid.domain.participants.views import PersonView
from vssid.kernel.errors import NotYours

from . import actions, form
from .desk import readiness
from .models import ChildRequest
from .moves import number_of
from .states import CLOSED, TURNS, State


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request as lists and its own page show it; `days_left` is negative when the office is late."""

    guardian_id: int
    id: int
    number: str
    state: State
    child_name: str
    findings: tuple[str, ...]
    submitted_at: datetime | None
    due_on: date | None
    days_left: int | None
    closed_at: datetime | None
    closed_by: str
    reasons: tuple[str, ...]
    reason_text: str
    despite: Mapping[str, str]
    link_id: uuid.UUID | None

    @property
    def is_open(self) -> bool:
        """Still waiting for the office?"""
        return self.state is State.SUBMITTED

    @property
    def turn(self) -> Turn:
        """Whose turn it is."""
        return TURNS[self.state]


def view_of(row: ChildRequest, now: datetime) -> RequestView:
    """The view of one row."""
    return RequestView(
        guardian_id=row.person_id,
        id=row.id,
        number=number_of(row.id),
        state=State(row.state),
        child_name=row.child_name,
        findings=tuple(row.findings),
        submitted_at=row.submitted_at,
        due_on=row.due_on,
        days_left=clocks.days_left(row.due_on, now) if row.due_on else None,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        reasons=tuple(row.reasons),
        reason_text=row.reason_text,
        despite=row.despite or {},
        link_id=row.link_id,
    )


def changes_of(row: ChildRequest) -> list[Change]:
    """Whose turn it was: the office's since the request was sent."""
    sent = [(row.submitted_at, Turn.OFFICE)] if row.submitted_at else []
    return [*sent, *([(row.closed_at, Turn.NOBODY)] if row.closed_at else [])]


def of_guardian(guardian_id: int, *, now: datetime) -> list[RequestView]:
    """The guardian's sent requests, newest first."""
    rows = ChildRequest.objects.filter(person_id=guardian_id).exclude(submitted_at=None)
    return [view_of(row, now) for row in rows.order_by("-submitted_at")]


def open_of(guardian_id: int, *, now: datetime) -> list[RequestView]:
    """The guardian's requests that wait for an office, by due day."""
    rows = ChildRequest.objects.filter(person_id=guardian_id, state=State.SUBMITTED)
    return [view_of(row, now) for row in rows.order_by("due_on", "id")]


def portrait(guardian_id: int, link_id: uuid.UUID) -> bytes | None:
    """The portrait (JPEG) that the guardian handed in for a linked child; None once it is erased."""
    rows = ChildRequest.objects.filter(person_id=guardian_id, link_id=link_id, papers_erased_at=None)
    row = rows.filter(state=State.APPROVED).first()
    if row is None:
        return None
    try:
        return images.content(row.id, ImageKind.PORTRAIT)
    except NoImage:
        return None


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """A request as its guardian sees it. `office` is None while it is a draft."""

    request: RequestView
    child: form.Child
    papers: dict[ImageKind, ImageView]
    missing: tuple[str, ...]
    office: OfficeView | None


def draft(guardian_id: int, *, now: datetime) -> OwnRequest | None:
    """What the guardian is filling in, or None."""
    row = ChildRequest.objects.filter(person_id=guardian_id, state=State.DRAFT).first()
    return _own(row, now) if row else None


def own(guardian_id: int, request_id: int, *, now: datetime) -> OwnRequest:
    """A sent request of the guardian. Raises NotYours."""
    rows = ChildRequest.objects.filter(person_id=guardian_id, id=request_id)
    row = rows.exclude(submitted_at=None).first()
    if row is None:
        raise NotYours
    return _own(row, now)


def _own(row: ChildRequest, now: datetime) -> OwnRequest:
    return OwnRequest(
        request=view_of(row, now),
        child=actions.typed_of(row),
        papers=images.images_of(row.id),
        missing=actions.missing_to_send(row),
        office=offices.office(row.office_id) if row.office_id else None,
    )


def own_paper(guardian_id: int, kind: ImageKind) -> bytes:
    """A paper of the guardian's own draft (JPEG). Raises NotYours, or NoImage."""
    row = ChildRequest.objects.filter(person_id=guardian_id, state=State.DRAFT).first()
    if row is None:
        raise NotYours
    return images.content(row.id, kind)


def offices_for(guardian_id: int) -> list[OfficeView]:
    """Offices that receive requests, the one to be preset first: the guardian's own, else the nearest."""
    known = participants.person(guardian_id)
    near = offices.nearest(known.commune_code if known else "", known.province_code if known else "")
    own_office = known.office_code if known else ""
    return sorted(near, key=lambda office: office.code != own_office)


def waiting_at(at: str | Collection[str], *, closed: bool = False) -> QuerySet[ChildRequest]:
    """The requests at an office, or several: open ones by due day, or closed ones newest first."""
    rows = ChildRequest.objects.filter(casework_desk.lying_at(at))
    if closed:
        return rows.filter(state__in=sorted(CLOSED)).order_by("-closed_at")
    return rows.filter(state=State.SUBMITTED).order_by("due_on", "submitted_at")


def overdue_at(at: str | Collection[str], *, on: date) -> QuerySet[ChildRequest]:
    """The open requests whose last day is over on a day, the longest first."""
    return waiting_at(at).filter(due_on__lt=on)


def due_at(at: str | Collection[str], *, on: date) -> QuerySet[ChildRequest]:
    """The open requests whose last day this is."""
    return waiting_at(at).filter(due_on=on)


@dataclass(frozen=True, slots=True)
class RequestFile:
    """Everything an officer sees of one request."""

    request: RequestView
    typed: form.Child
    child: PersonView | None
    guardian: PersonView | None
    papers: dict[ImageKind, ImageView]
    findings: tuple[str, ...]
    missing: tuple[str, ...]
    certificate_seen_at: datetime | None
    certificate_seen_by: str
    link_is_live: bool
    history: tuple[EventView, ...]


def file_of(row: ChildRequest, now: datetime) -> RequestFile:
    """Everything of one request; `looks` gives it to an officer."""
    ready, is_open = readiness.read(row, now=now), row.state == State.SUBMITTED
    return RequestFile(
        request=view_of(row, now),
        typed=ready.typed,
        child=ready.child,
        guardian=ready.guardian,
        papers=dict(ready.papers),
        findings=ready.doubts if is_open else tuple(row.findings),
        missing=ready.missing if is_open else (),
        certificate_seen_at=row.certificate_seen_at,
        certificate_seen_by=row.certificate_seen_by,
        link_is_live=row.link_id is not None and _is_live(row.person_id, row.link_id, now),
        history=tuple(events_of(row.id)),
    )


def _is_live(guardian_id: int, link_id: uuid.UUID, now: datetime) -> bool:
    return any(child.link_id == link_id for child in guardians.children_of(guardian_id, now=now))
