"""/don-vi/chon: for which of several employers one acts from now on, in one tap."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vssid.domain.employers.seats import actions as seats
from vssid.domain.employers.seats import queries
from vssid.domain.employers.seats.roles import ROLES, Role
from vssid.kernel.calendar import local_day
from vssid.web.ui.access import VisitRequest, employer

from .. import frame, seat
from ..errors import or_not_here


@employer()
@or_not_here
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: VisitRequest) -> HttpResponse:
    """GET lists the own seats; POST acts in one. A seat of somebody else, or an ended one, is not there."""
    session, now = request.session_view, timezone.now()
    assert session is not None
    held = seat.of(request)  # who acts is named with it
    if request.method == "POST":
        chosen = 0
        with suppress(ValueError):
            chosen = int(request.POST.get("vai-tro", "")[:18])
        seats.choose(chosen, session_id=session.session_id, by=request.actor, now=now)
        return redirect("employer:home")
    own = queries.of_person(session.person_id, on=local_day(now))
    rows = [{"seat": one, "role": ROLES[Role(one.role)], "here": one == held} for one in own]
    return frame.page(request, "employer/home/choose.html", {"rows": rows})


routes: list[URLPattern] = [path("don-vi/chon", choose, name="choose")]
