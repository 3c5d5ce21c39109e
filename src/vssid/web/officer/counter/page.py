"""/can-bo/quay: one page at one address, from the card of a person to "approved, password sent".

Without a number it asks for a card; `ho-so` names the walk-in, wherever it stands: filled in, sent, decided.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from vssid.domain.casework.own_files import OwnFile
from vssid.domain.offices.rights import Right
from vssid.domain.registration.counter import walk_ins
from vssid.domain.registration.errors import AlreadySent
from vssid.kernel.errors import NotYours
from vssid.web.ui.access import VisitRequest, may

from ..casework import pages
from ..errors import or_not_here
from ..registration.file import FILE
from . import desk, place, walk_in, words

LONGEST = 18  # digits


@may(Right.CHECK_PAPERS)
@require_http_methods(["GET", "HEAD", "POST"])
@or_not_here
def counter(request: VisitRequest) -> HttpResponse:
    """Who stands at the counter, or the walk-in that the address names."""
    if place.NAMED not in request.GET:
        return desk.person(request)
    return _walk_in(request, _number(request.GET[place.NAMED]))


@may(Right.CHECK_PAPERS)
@require_http_methods(["GET", "HEAD", "POST"])
@or_not_here
def before(request: VisitRequest, application_id: int) -> HttpResponse:
    """The address of the version before leads to the one; what a page still open sends is taken."""
    if request.method == "POST":
        return _walk_in(request, application_id)
    if not walk_ins.is_here(application_id, by=request.actor):
        raise NotYours
    return redirect(place.of(application_id))


def _walk_in(request: VisitRequest, walk_in_id: int) -> HttpResponse:
    try:
        return walk_in.drawn(request, walk_in_id)
    except OwnFile as refused:
        return desk.refused(request, words.trouble(refused))
    except (AlreadySent, NotYours):
        if request.method == "POST":
            return walk_in.sent_on(request, walk_in_id)
    return pages.draw(
        FILE.elsewhere[place.AT_COUNTER], request, (walk_in_id,), done=request.GET.get("xong", "")
    )


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST):
        raise NotYours
    return int(text)


routes = [
    path("can-bo/quay", counter, name="counter"),
    path("can-bo/quay/<int:application_id>", before, name="walk_in"),
]
