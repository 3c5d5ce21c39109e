"""/…/xac-thuc/ma-du-phong: ten codes, shown once to be printed; they open when the member keeps them."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from vssid.domain.accounts.factors import recovery_codes
from vssid.domain.accounts.factors.errors import NothingShown

from ..access import VisitRequest
from . import asking
from .door import Door


@require_POST
def make(request: VisitRequest, door: Door) -> HttpResponse:
    """Ten new codes; those before open until the member says that these are kept."""
    return shown(request, door)


@sensitive_variables()
def shown(request: VisitRequest, door: Door) -> HttpResponse:
    """Make the codes and show them, in this answer alone: nothing can show them again."""
    session = request.session_view
    assert session is not None
    now = timezone.now()
    codes = recovery_codes.show(session.person_id, session_id=session.session_id, now=now)
    page = {"codes": codes, "login": session.login, "made_at": now}
    return door.draw_outside(request, "ui/security/recovery.html", page)


@require_POST
def kept(request: VisitRequest, door: Door) -> HttpResponse:
    """The member says that the codes are on paper: from now on they open. Without the tick they do not, and
    the page of factors says so.
    """
    session = request.session_view
    assert session is not None
    if request.POST.get("da_giu") != "1":
        return door.lead("factors")
    try:
        recovery_codes.keep(session.person_id, session_id=session.session_id, now=timezone.now())
    except NothingShown:
        # Kept already, or shown anew elsewhere: the page of factors says what holds.
        return door.lead("factors")
    return door.lead(door.home)


def routes(door: Door) -> list[URLPattern]:
    """The pages, at a door."""
    made = door.signed_in(asking.before(door.bound(make), door))
    return [
        path("xac-thuc/ma-du-phong", made, name="recovery"),
        path("xac-thuc/ma-du-phong/da-giu", door.signed_in(door.bound(kept)), name="recovery_kept"),
    ]
