"""Accuracy with files that have a known answer: of each officer for the director, the own one for oneself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from vssid.domain.offices import queries as offices
from vssid.domain.offices.rights import Right
from vssid.domain.registration.trials import accuracy
from vssid.domain.registration.trials.accuracy import Accuracy
from vssid.domain.registration.trials.outcomes import Outcome
from vssid.kernel.actor import Actor
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..casework.words import Words
from ..errors import or_not_here
from . import words
from .words import Rate

COLUMNS = (Outcome.WRONGLY_APPROVED, Outcome.WRONGLY_REFUSED, Outcome.OTHER_REASON)


@dataclass(frozen=True, slots=True)
class Figure:
    """A count and the list behind it."""

    label: Words
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One officer at one office."""

    name: str
    office: str
    right: Rate
    url: str
    wrong: tuple[Figure, ...]


def context(by: Actor, now: datetime) -> dict[str, Any]:
    """What the director's page tells."""
    seen = accuracy.overview(by=by, now=now)
    return {
        "accurate": [_row(officer) for officer in seen.officers],
        "wrong_columns": [words.OUTCOMES[outcome][0] for outcome in COLUMNS],
        "not_met": [(offices.office(code).name, count) for code, count in sorted(seen.not_met.items())],
        "cases": seen.cases,
        "share": settings.KNOWN_ANSWER_SHARE,
        "scan_needed": settings.SIGNED_FORM_REQUIRED,
        "accurate_since": seen.since,
    }


def _row(officer: Accuracy) -> Row:
    url = reverse("officer:accuracy", args=[officer.officer_id, officer.office])
    return Row(
        officer.name,
        offices.office(officer.office).name,
        words.rate(officer.right),
        url,
        tuple(
            Figure(words.OUTCOMES[outcome][0], officer.counts[outcome], f"{url}?ket-qua={outcome.value}")
            for outcome in COLUMNS
        ),
    )


@may(Right.OVERSEE_DECISIONS)
@require_safe
@or_not_here
def behind(request: VisitRequest, officer_id: int, office: str) -> HttpResponse:
    """/can-bo/chat-luong/…: the results behind a figure."""
    outcome = request.GET.get("ket-qua", "")
    outcome = outcome if outcome in words.OUTCOMES else ""
    rows = accuracy.behind(officer_id, office, outcome, by=request.actor, now=timezone.now())
    shown = {
        "results": [words.result(row) for row in rows],
        "name": rows[0].officer_name,
        "office": offices.office(office).name,
        "outcome": words.OUTCOMES[outcome][0] if outcome else "",
        "right": words.rate(accuracy.share(rows)) if not outcome else None,
    }
    return frame.page(request, "officer/quality/behind.html", shown)


@may(Right.OWN_RESULTS)
@require_safe
def own(request: VisitRequest) -> HttpResponse:
    """/can-bo/ket-qua-cua-toi: one's own results, to learn from."""
    rows = accuracy.own(by=request.actor, now=timezone.now())
    results = [words.result(row, is_own=True) for row in rows]
    shown = {"results": results, "right": words.rate(accuracy.share(rows)) if rows else None}
    return frame.page(request, "officer/quality/own.html", shown)


@may(Right.SEE_FILES)
@require_safe
@or_not_here
def ended(request: VisitRequest, application_id: int) -> HttpResponse:
    """/can-bo/ho-so-co-dap-an/<id>: a file with a known answer was decided; its officer is told how."""
    row = accuracy.told_to(application_id, by=request.actor)
    shown = {
        "result": words.result(row, is_own=True) if row else None,
        "after": application_id,
        "queue": "ho-so",
    }
    return frame.page(request, "officer/quality/ended.html", shown)


routes = [
    path("can-bo/chat-luong/<int:officer_id>/<slug:office>", behind, name="accuracy"),
    path("can-bo/ket-qua-cua-toi", own, name="own_results"),
    path("can-bo/ho-so-co-dap-an/<int:application_id>", ended, name="known_answer"),
]
