"""What every console page shares: the office's name and the queue's left column."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from vssid.domain.offices import queries as offices
from vssid.domain.registration import queries
from vssid.domain.registration.models import Application
from vssid.domain.registration.states import State
from vssid.web.ui.access import VisitRequest, loads_files

from . import words

SIDE_ROWS = 40


def page(request: VisitRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Draw a page of the signed-in officer's office."""
    office = offices.office(request.actor.office)
    frame = {"office_name": office.name, "loads_files": loads_files(request.session_view)}
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


def listed(row: Application, now: datetime) -> Listed:
    """One row of a list. Looks into no file, so nothing is audited."""
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
    )


def side(office_code: str, now: datetime) -> dict[str, Any]:
    """The left column: counts and the open files, the most urgent first."""
    rows = queries.waiting_at(office_code)[:SIDE_ROWS]
    return {"counts": queries.counts_at(office_code, now=now), "side": [listed(row, now) for row in rows]}
