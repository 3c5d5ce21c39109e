"""/don-vi: the employer at a glance, and whom to ask."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_safe

from vssid.domain.employers.roster import queries as roster
from vssid.domain.employers.roster.stages import Stage
from vssid.domain.employers.seats import queries as seats
from vssid.domain.employers.seats.roles import SENTENCES, Act
from vssid.domain.employers.standing import queries as standing
from vssid.kernel.calendar import local_day

from .. import frame
from ..roster.roster import steps
from ..seat import SeatRequest, hr


@hr(Act.READ)
@require_safe
def home(request: SeatRequest) -> HttpResponse:
    """GET /don-vi"""
    seat, on = request.seat, local_day(timezone.now())
    lines = seats.of_employer(seat.employer_code, on=on)
    funnel = roster.funnel(seat.employer_code)
    context = {
        "over": standing.end_of(seat.employer_code, on=on),
        "can": [SENTENCES[act] for act in Act if act in seat.acts],
        "people": sum(line.state == "holds" for line in lines),
        "workers": funnel.workers,
        "as_of": funnel.as_of,
        "steps": steps(funnel),
        "not_invited": funnel.at(Stage.NONE),
        "not_begun": funnel.at(Stage.INVITED),
    }
    return frame.page(request, "employer/home/home.html", context)


routes: list[URLPattern] = [path("don-vi", home, name="home")]
