"""/dich-vu-cong and /tra-cuu: what exists today, said plainly."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from vssid.domain.procedures import queries as requests
from vssid.domain.procedures.catalogue import PROCEDURES
from vssid.domain.procedures.states import CLOSED
from vssid.web.ui import procedures as listing
from vssid.web.ui.access import VisitRequest, public
from vssid.web.ui.caching import cacheable

# The frame of these pages: the app's with its bottom bar for a signed-in person, else the portal's.
APP, PORTAL = "ui/app.html", "ui/public.html"


def draw(request: VisitRequest, template: str, *, status: int = 200, **context: object) -> HttpResponse:
    """A page in the app's frame for a signed-in person, in the portal's for others."""
    frame = APP if _inside(request) else PORTAL
    return render(request, f"public/{template}", {"frame": frame, **context}, status=status)


def _inside(request: VisitRequest) -> bool:
    session = request.session_view
    return session is not None and session.kind == "citizen" and not session.must_set_password


@public
@cacheable
@require_safe
def services(request: VisitRequest) -> HttpResponse:
    """GET /dich-vu-cong: what can be done, and a signed-in person's own requests that are open."""
    mine: list[listing.Listed] = []
    if (session := request.session_view) is not None and _inside(request):
        found = requests.of_person(session.person_id, now=timezone.now())
        mine = [listing.listed(one) for one in found if one.state not in CLOSED]
    return draw(request, "services.html", mine=mine, inside=_inside(request), procedures=PROCEDURES.values())


@public
@cacheable
@require_safe
def look_ups(request: VisitRequest) -> HttpResponse:
    """GET /tra-cuu."""
    return draw(request, "look_ups.html")
