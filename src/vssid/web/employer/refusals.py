"""What somebody reads who has no seat, or one that may not do this."""

from __future__ import annotations

from django.http import HttpResponse

from vssid.domain.employers.seats.roles import SENTENCES, Act
from vssid.web.ui.access import VisitRequest

from . import frame


def no_seat(request: VisitRequest) -> HttpResponse:
    """The account opens no employer, any more or yet."""
    return frame.page(request, "employer/no_seat.html", {}, status=403)


def no_act(request: VisitRequest, act: Act) -> HttpResponse:
    """The role at this employer may not do this."""
    return frame.page(request, "employer/no_act.html", {"act": SENTENCES[act]}, status=403)
