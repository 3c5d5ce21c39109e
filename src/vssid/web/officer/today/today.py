"""/can-bo: what needs the officer today. The start of the console."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from vssid.domain.offices.rights import Right, rights_of
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from . import files, items

# What the queue of registrations, which was here before, had in its addresses.
OF_THE_QUEUE = ("xem", "sap", "khac", "trang", "co-quan", "het")


@may(Right.OWN_SESSION)
@require_safe
def today(request: VisitRequest) -> HttpResponse:
    """Whose post has nothing that could wait is led to what it is for, an old address of the queue to it."""
    by, now = request.actor, timezone.now()
    if not request.GET.keys().isdisjoint(OF_THE_QUEUE) and Right.SEE_FILES in rights_of(by.role):
        return redirect(f"{reverse('officer:queue')}?{request.GET.urlencode()}")
    if not items.starts_here(by.role):
        return redirect(frame.start_page(by.role))
    works = Right.TAKE_FILES in rights_of(by.role)
    context = {
        "items": items.of(by, now),
        "in_hand": files.in_hand(by, now) if works else [],
        "given": files.given(by) if works else [],
        "handed_over": files.handed_over(by, now) if works else [],
    }
    return frame.page(request, "officer/today/today.html", context)


routes = [path("can-bo", today, name="today")]
