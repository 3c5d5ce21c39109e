"""/don-vi/nguoi-lao-dong: who is insured here now, how far each is, and what is missing."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vssid.domain.employers.roster import queries
from vssid.domain.employers.roster.queries import Asked, Funnel, Line
from vssid.domain.employers.roster.stages import Stage
from vssid.domain.employers.seats.roles import Act

from .. import frame
from ..inviting.words import CHANNELS
from ..seat import SeatRequest, hr
from . import words

ALL, NO_DEPARTMENT = "", "-"
LONGEST = 120


@hr(Act.READ)
@require_http_methods(["GET", "HEAD", "POST"])
def workers(request: SeatRequest) -> HttpResponse:
    """A page of workers. What is searched for is sent as a form: names and codes stand in no address."""
    given = request.POST if request.method == "POST" else request.GET
    employer, asked = request.seat.employer_code, asked_of(given, searches=request.method == "POST")
    page, funnel = queries.page(employer, asked), queries.funnel(employer)
    departments = queries.departments(employer)
    context = {
        "rows": [_row(line) for line in page.rows],
        "next_after": page.next_after,
        "asked": {
            "stage": given.get("buoc", ""),
            "department": given.get("phong", ""),
            "search": asked.search,
        },
        "is_first": not asked.after,
        "steps": steps(funnel, asked.stage),
        "workers": funnel.workers,
        "as_of": funnel.as_of,
        "channels": list(CHANNELS.items()),
        "departments": [
            *((name, f"{name} ({many})", asked.department == name) for name, many in departments),
            *([(NO_DEPARTMENT, _("Chưa ghi phòng ban"), asked.department == "")] if departments else []),
        ],
    }
    return frame.page(request, "employer/roster/workers.html", context)


def asked_of(given: QueryDict, *, searches: bool) -> Asked:
    """What is asked for; what is no such thing asks for all."""
    stage, after, department = None, 0, given.get("phong", ALL)[: queries.LONGEST_DEPARTMENT]
    with suppress(ValueError):
        stage = Stage(int(given.get("buoc", "")[:1]))
    with suppress(ValueError):
        after = int(given.get("sau", "")[:18])
    return Asked(
        stage=stage,
        department=None if department == ALL else "" if department == NO_DEPARTMENT else department,
        search=given.get("tim", "")[:LONGEST] if searches else "",
        after=max(after, 0),
    )


def _row(line: Line) -> dict[str, Any]:
    stage, tone = words.STAGES[line.stage]
    missing = words.MISSING[line.stage]
    if line.hides:
        missing = words.HIDDEN
    elif line.stopped and line.stage < Stage.SENT:
        missing = words.STOPPED
    return {"line": line, "stage": stage, "tone": tone, "missing": missing}


def steps(funnel: Funnel, asked: Stage | None = None) -> list[dict[str, Any]]:
    """Each step with how many are just there; `asked` is the one whose list is shown."""
    return [
        {
            "value": int(stage),
            "name": words.STAGES[stage][0],
            "many": funnel.at(stage),
            "is_asked": stage is asked,
        }
        for stage in Stage
    ]


routes: list[URLPattern] = [path("don-vi/nguoi-lao-dong", workers, name="workers")]
