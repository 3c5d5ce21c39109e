"""/dich-vu-cong, /tra-cuu and /tra-cuu/co-quan: what exists today, said plainly."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from vssid.domain.offices import queries as offices
from vssid.domain.offices.queries import OfficeView
from vssid.domain.places import queries as places
from vssid.domain.procedures import queries as requests
from vssid.domain.procedures.catalogue import PROCEDURES
from vssid.domain.procedures.states import CLOSED
from vssid.kernel.text import fold
from vssid.web.ui import procedures as listing
from vssid.web.ui.access import VisitRequest, public

# The frame of these pages: the app's with its bottom bar for a signed-in person, else the portal's.
APP, PORTAL = "ui/app.html", "ui/public.html"


def draw(request: VisitRequest, template: str, *, status: int = 200, **context: object) -> HttpResponse:
    """A page in the app's frame for a signed-in person, in the portal's for others."""
    frame = APP if _inside(request) else PORTAL
    return render(request, f"public/{template}", {"frame": frame, **context}, status=status)


def _inside(request: VisitRequest) -> bool:
    session = request.session_view
    return session is not None and session.kind == "citizen" and not session.must_set_password


@public
@require_safe
def services(request: VisitRequest) -> HttpResponse:
    """GET /dich-vu-cong: what can be done, and a signed-in person's own requests that are open."""
    mine: list[listing.Listed] = []
    if (session := request.session_view) is not None and _inside(request):
        found = requests.of_person(session.person_id, now=timezone.now())
        mine = [listing.listed(one) for one in found if one.state not in CLOSED]
    return draw(request, "services.html", mine=mine, inside=_inside(request), procedures=PROCEDURES.values())


@public
@require_safe
def look_ups(request: VisitRequest) -> HttpResponse:
    """GET /tra-cuu."""
    return draw(request, "look_ups.html")


@public
@require_safe
def office_list(request: VisitRequest) -> HttpResponse:
    """GET /tra-cuu/co-quan?q=hong+bang: offices by name, address, commune or former district."""
    wanted = request.GET.get("q", "")[:80]
    terms = _words(wanted).split()
    every = offices.all_offices()
    found = [one for one in every if _has(_searched(one), terms)]
    found.sort(key=lambda one: not _has(_words(one.name), terms))
    now = timezone.now()
    rows = [{"office": one, "open": one.is_open(now)} for one in found]
    return draw(request, "offices.html", q=wanted, rows=rows, total=len(every))


def _searched(one: OfficeView) -> str:
    communes = [_commune_name(code) for code in one.communes]
    return _words(" ".join([one.name, one.address, one.code, *one.old_districts, *communes]))


def _words(text: str) -> str:
    """Folded words with one space before each, so that a term finds beginnings of words only."""
    return " " + " ".join("".join(ch if ch.isalnum() else " " for ch in fold(text)).split())


def _has(words: str, terms: list[str]) -> bool:
    return all(f" {term}" in words for term in terms)


def _commune_name(code: str) -> str:
    try:
        return places.commune(code).full_name
    except places.UnknownPlace:
        return ""
