"""/can-bo/phien: where the member is signed in."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vssid.domain.accounts.sign_in import member_sessions
from vssid.domain.offices.rights import Right
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from .asking import asks_again


@may(Right.OWN_SESSION)
@asks_again
@require_http_methods(["GET", "HEAD", "POST"])
def devices(request: VisitRequest) -> HttpResponse:
    """GET lists own sessions; POST ends one, or all others. Another member's id ends nothing."""
    session, now = request.session_view, timezone.now()
    assert session is not None
    if request.method == "POST":
        if request.POST.get("go") == "cac-may-khac":
            member_sessions.end_others(session.person_id, session.session_id, now=now)
        chosen = _uuid(request.POST.get("id", ""))
        if chosen is not None and chosen != session.session_id:
            member_sessions.end(session.person_id, chosen, now=now)
        return redirect("officer:devices")
    assert session.created_at is not None  # of every session that was resolved
    context = {
        "devices": member_sessions.of(session.person_id, kind=session.kind, now=now),
        "here_id": session.session_id,
        "over_at": session.created_at + settings.STAFF_SHIFT,
    }
    return frame.page(request, "officer/security/devices.html", context)


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


routes = [
    path("can-bo/phien", devices, name="devices"),
]
