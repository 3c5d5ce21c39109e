"""The frame of the pages that anyone may open: the app's for who is signed in, the portal's for others."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from vssid.web.ui.access import VisitRequest

# The app's frame has a bottom bar; the portal's does not.
APP, PORTAL = "ui/app.html", "ui/public.html"


def draw(request: VisitRequest, template: str, *, status: int = 200, **context: object) -> HttpResponse:
    """A page in the app's frame for a signed-in person, in the portal's for others."""
    frame = APP if is_inside(request) else PORTAL
    return render(request, template, {"frame": frame, **context}, status=status)


def is_inside(request: VisitRequest) -> bool:
    """Whether a person is signed in and may use the app's bottom bar."""
    session = request.session_view
    return session is not None and session.kind == "citizen" and not session.must_set_password
