"""/can-bo/quyen-han: the table of rights as it stands, for all staff; and the choice of the own post."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from vssid.domain.accounts.posts import posts
from vssid.domain.offices.rights import REACHES, ROLES, SENTENCES, Right, reach_of
from vssid.kernel.errors import NotYours
from vssid.web.ui.access import VisitRequest, may

from .. import frame


@may(Right.OWN_SESSION)
@require_safe
def rights(request: VisitRequest) -> HttpResponse:
    """Each act in a line, each role in a column: how far it goes, or that it has it not."""
    rows = [(words, [_cell(role, right) for role in ROLES]) for right, words in SENTENCES.items()]
    roles = [(words, role == request.actor.role) for role, words in ROLES.items()]
    context = {
        "roles": roles,
        "rows": rows,
        "not_there": request.GET.get("vi-tri") == "het",
    }
    return frame.page(request, "officer/staff/rights.html", context)


def _cell(role: str, right: Right) -> dict[str, object]:
    reach = reach_of(role, right)
    return {"role": ROLES[role], "words": REACHES[reach] if reach else ""}  # type: ignore[index]


@may(Right.OWN_SESSION)
@require_POST
def choose_post(request: VisitRequest) -> HttpResponse:
    """POST /can-bo/vi-tri: act in another of the own posts; it opens where that one begins."""
    typed, session = request.POST.get("vi-tri", ""), request.session_view
    post_id = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
    assert session is not None
    try:
        posts.choose(post_id, session_id=session.session_id, by=request.actor, now=timezone.now())
    except NotYours:
        # It was ended a moment ago, while the menu still offered it.
        return HttpResponseRedirect(reverse("officer:rights") + "?vi-tri=het")
    return HttpResponseRedirect(reverse("officer:today"))
