"""/thiet-bi: where the person is signed in."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vssid.domain.accounts import queries
from vssid.domain.accounts.contacts import notify
from vssid.web.ui.access import VisitRequest, citizen


@citizen
@require_http_methods(["GET", "HEAD", "POST"])
def devices(request: VisitRequest) -> HttpResponse:
    """GET /thiet-bi lists own sessions; POST ends one, or all others. Another person's id ends nothing.

    A device whose session ended is sent to the sign-in page at its next visit, which has it forget (cookies).
    """
    session = request.session_view
    assert session is not None
    if request.method == "POST":
        if request.POST.get("go") == "cac-may-khac":
            notify.end_others(session.person_id, session.session_id, now=timezone.now())
        session_id = _uuid(request.POST.get("id", ""))
        if session_id is not None and session_id != session.session_id:
            notify.end_session(session.person_id, session_id, now=timezone.now())
        return redirect("citizen:devices")
    own_devices = queries.devices_of(session.person_id, now=timezone.now())
    return render(
        request, "citizen/account/devices.html", {"devices": own_devices, "here_id": session.session_id}
    )


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
