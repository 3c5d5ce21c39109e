"""What every console page shares: the office's name and the queue's left column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from vssid.domain.accounts.counter import second_officer
from vssid.domain.casework import claims
from vssid.domain.offices import queries as offices
from vssid.domain.registration import queries
from vssid.domain.registration.models import Application
from vssid.domain.registration.states import State
from vssid.kernel.actor import Actor
from vssid.web.ui.access import VisitRequest, loads_files

from .registration import words

SIDE_ROWS = 40


def page(request: VisitRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Draw a page of the signed-in officer's office."""
    office = offices.office(request.actor.office)
    frame = {
        "office_name": office.name,
        "loads_files": (is_data := loads_files(request.session_view)),
        # Who loads files is answerable for the desks of the offices in reach, too.
        "to_watch": second_officer.unseen(request.actor).count() if is_data else 0,
        # From `hand.next_file`: every open file is in a colleague's hands.
        "none_free": request.GET.get("het") == "1",
    }
    return render(request, template, {**frame, **context}, status=status)


@dataclass(frozen=True, slots=True)
class Listed:
    """A file as lists show it. `form_in`: the signed form was received, so its due day no longer counts."""

    id: int
    number: str
    full_name: str
    state_words: words.Words
    pill: str
    form_in: bool
    due_on: date
    days_left: int
    waited: str
    findings: int
    closed_at: datetime | None
    holder: str


def all_listed(rows: Iterable[Application], by: Actor, now: datetime) -> list[Listed]:
    """Rows of a list, with who has which in hand. Looks into no file, so nothing is audited."""
    rows = list(rows)
    held = claims.others(claims.APPLICATION, [row.id for row in rows], by=by, now=now)
    return [_listed(row, held[row.id].name if row.id in held else "", now) for row in rows]


def _listed(row: Application, holder: str, now: datetime) -> Listed:
    one = queries.queue_row(row, now)
    state_words, pill = words.STATES[one.state]
    waited = words.waiting(one.submitted_at if one.closed_at else one.waiting_since, one.closed_at or now)
    return Listed(
        id=one.id,
        number=one.number,
        full_name=one.full_name,
        state_words=state_words,
        pill=pill,
        form_in=one.state is State.RECEIVED,
        due_on=one.due_on,
        days_left=one.days_left,
        waited=waited,
        findings=one.findings,
        closed_at=one.closed_at,
        holder=holder,
    )


def side(by: Actor, now: datetime) -> dict[str, Any]:
    """The left column: counts and the open files, the most urgent first."""
    rows = queries.waiting_at(by.office)[:SIDE_ROWS]
    return {"counts": queries.counts_at(by.office, now=now), "side": all_listed(rows, by, now)}
