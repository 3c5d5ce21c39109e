"""What a person does before sending: begin, fill in, add pictures, throw away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from vssid.domain.audit import actions as audit
from vssid.domain.offices import queries as offices
from vssid.domain.offices.queries import OfficeView, UnknownOffice
from vssid.domain.participants import queries as participants
from vssid.domain.participants.views import CoverageView, PersonView
from vssid.domain.vault import sealing as vault
from vssid.infra.database.constraints import constraint_of
from vssid.kernel.actor import person as as_person
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import NotYours
from vssid.kernel.sheets import Sheet

from . import files
from .definition import walk
from .definition.catalogue import PROCEDURES
from .definition.shapes import Kind, Procedure, Step
from .definition.typed import Standing
from .errors import AlreadyOpen, NotEligible
from .files import FileView
from .models import UNFINISHED, Request
from .states import State


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft of a person. `typed`: what was filled in at a step and is not clean yet, by step.

    `pages`: the page that saved a step last.
    """

    person_id: int
    request_id: int
    procedure: Procedure
    answers: Mapping[str, Any]
    typed: Mapping[str, Mapping[str, str]]
    pages: Mapping[str, str]
    files: Mapping[str, FileView]
    version: int
    updated_at: datetime

    @property
    def missing(self) -> Step | None:
        """The first step that is not done."""
        return walk.first_missing(self.procedure, self.answers, self.files)

    def reaches(self, step: Step) -> bool:
        """May the step be opened?"""
        return walk.reachable(self.procedure, step, self.answers, self.files)


def standing(person_id: int, kind: Kind, *, now: datetime) -> Standing:
    """What the register says of a person who wants this procedure. Raises NotEligible."""
    person, today = participants.person(person_id), local_day(now)
    if person is None:
        raise NotEligible(reason="not_in_register")
    cover = participants.coverage(person_id, today)
    if PROCEDURES[kind].needs_coverage and not is_covered(cover, today):
        raise NotEligible(reason="no_coverage")
    return Standing(person, cover, today)


def is_covered(cover: CoverageView | None, today: date) -> bool:
    """Is there a card that counts on the day?"""
    return cover is not None and (cover.valid_to is None or cover.valid_to >= today)


def office_of(person: PersonView) -> OfficeView:
    """The office that decides: the person's own, else the likeliest for the address. Raises NotEligible."""
    try:
        return offices.office(person.office_code)
    except UnknownOffice:
        near = offices.nearest(person.commune_code, person.province_code)
    if not near:
        raise NotEligible(reason="no_office")
    return near[0]


def start(person_id: int, kind: Kind, *, now: datetime) -> int:
    """Begin a draft, or go on with the one there is; returns its id.

    Raises NotEligible, or AlreadyOpen when a request of the kind was sent and is open.
    """
    office_of(standing(person_id, kind, now=now).person)
    try:
        with transaction.atomic():
            row = Request.objects.create(person_id=person_id, kind=kind, created_at=now, updated_at=now)
    except IntegrityError as refused:
        if constraint_of(refused) != "procedures_one_open":
            raise
        return _going_on(person_id, kind)
    return row.id


def _going_on(person_id: int, kind: Kind) -> int:
    row = Request.objects.filter(person_id=person_id, kind=kind, state__in=UNFINISHED).first()
    if row is None or row.state != State.DRAFT:
        raise AlreadyOpen(request=row.id if row else 0)
    return row.id


def view(person_id: int, kind: Kind) -> DraftView | None:
    """The person's draft of a kind."""
    row = Request.objects.filter(person_id=person_id, kind=kind, state=State.DRAFT).first()
    if row is None:
        return None
    values = opened(row)
    return DraftView(
        person_id,
        row.id,
        PROCEDURES[kind],
        {name: value for name, value in values.items() if name not in ("typed", "pages")},
        values.get("typed", {}),
        values.get("pages", {}),
        files.of(person_id, row.id),
        row.version,
        row.updated_at,
    )


def opened(row: Request) -> dict[str, Any]:
    """The answers of a request, unsealed."""
    if row.answers is None:
        return {}
    values: dict[str, Any] = vault.unseal_json(row.person_id, purpose(row.id), row.answers, row=row.version)
    return values


def sealed(row: Request, answers: Mapping[str, Any] | None) -> dict[str, Any]:
    """Columns: answers and the next version of the request, to which they are bound. The one way to write
    either; None: nothing was answered yet.
    """
    version, text = row.version + 1, None
    if answers is not None:
        text = vault.seal_json(row.person_id, purpose(row.id), dict(answers), row=version)
    return {"version": version, "answers": text}


def purpose(request_id: int) -> str:
    """Binds sealed answers to their request."""
    return f"procedure-answers:{request_id}"


def accept(
    person_id: int,
    request_id: int,
    step: Step,
    values: Mapping[str, Any],
    *,
    now: datetime,
    sheet: Sheet | None = None,
) -> None:
    """Keep the clean values of a step and forget how they were typed. Raises NotYours, or Overtaken when
    another page saved the step after this one (`sheet`) was drawn.
    """
    _save(person_id, request_id, values, (step.name, None), now, sheet)


def remember(
    person_id: int,
    request_id: int,
    step: Step,
    raw: Mapping[str, str],
    *,
    now: datetime,
    sheet: Sheet | None = None,
) -> None:
    """Keep what was typed at a step, so that going back or away loses nothing. Raises as `accept`."""
    _save(person_id, request_id, {}, (step.name, dict(raw)), now, sheet)


def _save(
    person_id: int,
    request_id: int,
    values: Mapping[str, Any],
    typed: tuple[str, dict[str, str] | None],
    now: datetime,
    sheet: Sheet | None,
) -> None:
    with transaction.atomic():
        row = _locked(person_id, request_id)
        contents = opened(row)
        step, raw = typed
        pages = contents.get("pages", {})
        if sheet is not None:
            pages = {**pages, step: sheet.saves_after(pages.get(step, ""))}
        kept = {
            name: cells
            for name, cells in {**contents.get("typed", {}), step: raw}.items()
            if cells is not None
        }
        contents |= {**values, "typed": kept, "pages": pages}
        _keep(row, contents, now)


def _keep(row: Request, answers: Mapping[str, Any] | None, now: datetime) -> None:
    for name, value in (sealed(row, answers) | {"updated_at": now}).items():
        setattr(row, name, value)
    row.save(update_fields=["answers", "version", "updated_at"])


def _locked(person_id: int, request_id: int) -> Request:
    rows = Request.objects.select_for_update().filter(person_id=person_id, id=request_id, state=State.DRAFT)
    row = rows.first()
    if row is None:
        raise NotYours
    return row


def store_photo(person_id: int, request_id: int, name: str, data: bytes, *, now: datetime) -> None:
    """Keep a picture that the procedure wants. Raises BadImage or NotYours."""

    def allowed() -> None:
        row = _locked(person_id, request_id)
        if name not in {attachment.name for attachment in PROCEDURES[Kind(row.kind)].attachments}:
            raise NotYours
        # Another picture is another version of the request, and what is typed in it is bound to that.
        _keep(row, opened(row) if row.answers is not None else None, now)

    files.store(person_id, request_id, name, data, now=now, allowed=allowed)


def discard(person_id: int, request_id: int, *, now: datetime) -> bool:
    """Throw a draft away with its pictures; returns whether there was one."""
    with transaction.atomic():
        rows = Request.objects.filter(person_id=person_id, id=request_id, state=State.DRAFT)
        deleted, _by_model = rows.delete()
        if deleted:
            files.erase(person_id, request_id)
            audit.record(
                "procedure.discarded",
                subject=person_id,
                by=as_person(person_id),
                now=now,
                facts={"request": request_id},
            )
    return bool(deleted)
