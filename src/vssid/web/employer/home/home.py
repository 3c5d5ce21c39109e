"""/don-vi: the employer at a glance, and whom to ask."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_safe

from vssid.domain.employers.roster import queries as roster
from vssid.domain.employers.seats import queries as seats
from vssid.domain.employers.seats.roles import SENTENCES, Act
from vssid.domain.employers.standing import queries as standing
from vssid.domain.offices import queries as offices
from vssid.domain.rollout import queries as rollout
from vssid.kernel.calendar import local_day

from .. import frame
from ..roster.roster import steps
from ..seat import SeatRequest, hr


@hr(Act.READ)
@require_safe
def home(request: SeatRequest) -> HttpResponse:
    """GET /don-vi"""
    now, seat = timezone.now(), request.seat
    on = local_day(now)
    lines = seats.of_employer(seat.employer_code, on=on)
    funnel = roster.funnel(seat.employer_code)
    context = {
        "whom": whom_to_ask(seat.employer_code, now),
        "over": standing.end_of(seat.employer_code, on=on),
        "can": [SENTENCES[act] for act in Act if act in seat.acts],
        "people": sum(line.state == "holds" for line in lines),
        "workers": funnel.workers,
        "as_of": funnel.as_of,
        "steps": steps(funnel),
    }
    return frame.page(request, "employer/home/home.html", context)


def whom_to_ask(employer_code: str, now: datetime) -> dict[str, Any]:
    """The collection officer by name, and the office with its phone and hours; only what is held."""
    on = local_day(now)
    officer = rollout.looking_after(employer_code, on)
    code = officer.office_code if officer else standing.office_of(employer_code, on=on)
    office = offices.office(code) if code and offices.exists(code) else None
    return {"officer": officer, "office": office, "is_open": office.is_open(now) if office else False}


routes: list[URLPattern] = [path("don-vi", home, name="home")]
