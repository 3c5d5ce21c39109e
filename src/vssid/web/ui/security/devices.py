"""/…/phien: where the member is signed in."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vssid.domain.accounts.sign_in import member_sessions, sessions

from ..access import VisitRequest
from . import asking
from .door import Door


@require_http_methods(["GET", "HEAD", "POST"])
def devices(request: VisitRequest, door: Door) -> HttpResponse:
    """GET lists own sessions; POST ends one, or all others. Another member's id ends nothing."""
    session, now = request.session_view, timezone.now()
    assert session is not None
    if request.method == "POST":
        if request.POST.get("go") == "cac-may-khac":
            member_sessions.end_others(session.person_id, session.session_id, now=now)
        chosen = _uuid(request.POST.get("id", ""))
        if chosen is not None and chosen != session.session_id:
            member_sessions.end(session.person_id, chosen, now=now)
        return door.lead("devices")
    assert session.created_at is not None  # of every session that was resolved
    context = {
        "devices": member_sessions.of(session.person_id, kind=door.kind, now=now),
        "here_id": session.session_id,
        "over_at": session.created_at + (sessions.longest(door.kind) or timedelta.max),
    }
    return door.draw(request, "ui/security/devices.html", context)


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def routes(door: Door) -> list[URLPattern]:
    """The page, at a door."""
    listed = door.signed_in(asking.before(door.bound(devices), door))
    return [path("phien", listed, name="devices")]
