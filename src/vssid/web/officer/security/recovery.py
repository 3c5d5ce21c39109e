"""/can-bo/xac-thuc/ma-du-phong: ten codes, shown once to be printed; they open when the member keeps them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from vssid.domain.accounts.factors import recovery_codes
from vssid.domain.accounts.factors.errors import NothingShown
from vssid.domain.offices.rights import Right
from vssid.web.ui.access import VisitRequest, may

from .asking import asks_again


@may(Right.OWN_SESSION)
@asks_again
@require_POST
def make(request: VisitRequest) -> HttpResponse:
    """Ten new codes; those before open until the member says that these are kept."""
    session = request.session_view
    assert session is not None
    return shown(request, person_id=session.person_id)


@sensitive_variables()
def shown(request: VisitRequest, *, person_id: int) -> HttpResponse:
    """Make the codes and show them, in this answer alone: nothing can show them again."""
    session = request.session_view
    assert session is not None
    now = timezone.now()
    codes = recovery_codes.show(person_id, session_id=session.session_id, now=now)
    page = {"codes": codes, "login": session.login, "made_at": now}
    return render(request, "officer/security/recovery.html", page)


@may(Right.OWN_SESSION)
@require_POST
def kept(request: VisitRequest) -> HttpResponse:
    """The member says that the codes are on paper: from now on they open. Without the tick they do not, and
    the page of factors says so.
    """
    session = request.session_view
    assert session is not None
    if request.POST.get("da_giu") != "1":
        return redirect("officer:factors")
    try:
        recovery_codes.keep(session.person_id, session_id=session.session_id, now=timezone.now())
    except NothingShown:
        # Kept already, or shown anew elsewhere: the page of factors says what holds.
        return redirect("officer:factors")
    return redirect("officer:today")


routes = [
    path("can-bo/xac-thuc/ma-du-phong", make, name="recovery"),
    path("can-bo/xac-thuc/ma-du-phong/da-giu", kept, name="recovery_kept"),
]
