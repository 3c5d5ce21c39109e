"""/dich-vu-cong and /tra-cuu: what exists today, said plainly."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from vssid.domain.procedures import queries as requests
from vssid.domain.procedures.definition.catalogue import PROCEDURES
from vssid.domain.procedures.states import CLOSED
from vssid.web.ui.access import VisitRequest, public
from vssid.web.ui.caching import cacheable
from vssid.web.ui.words import procedure_words as listing

from ..frame import draw, is_inside


@public
@cacheable
@require_safe
def services(request: VisitRequest) -> HttpResponse:
    """GET /dich-vu-cong: what can be done, and a signed-in person's own requests that are open."""
    mine: list[listing.Listed] = []
    if (session := request.session_view) is not None and is_inside(request):
        statuses = requests.of_person(session.person_id, now=timezone.now())
        mine = [listing.listed(status) for status in statuses if status.state not in CLOSED]
    return draw(
        request,
        "public/site/services.html",
        mine=mine,
        inside=is_inside(request),
        procedures=PROCEDURES.values(),
    )


@public
@cacheable
@require_safe
def look_ups(request: VisitRequest) -> HttpResponse:
    """GET /tra-cuu."""
    return draw(request, "public/site/look_ups.html")
