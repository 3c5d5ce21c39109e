"""/api/v1/directory/…: offices, facilities and collection points for programs, and all of them as open data.

Public, the same for everybody, and cacheable. A wrong parameter is a 400 that names it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from vssid.domain.directory import index, queries, search
from vssid.domain.directory.criteria import Criteria
from vssid.domain.directory.kinds import FACILITY, OFFICE, POINT
from vssid.domain.directory.search import Place
from vssid.domain.offices import hours
from vssid.kernel.calendar import local_day
from vssid.kernel.text import code_text

from . import open_data, public_data
from .open_data import Listing
from .public_data import BadParameter

PATH = public_data.PATH
KINDS = {"offices": OFFICE, "facilities": FACILITY, "points": POINT}
COLLECTORS = "collectors"  # organisations, not places: open data alone
COLLECTOR_COLUMNS = ("code", "name", "phone", "is_synthetic")
FILTERS = ("province", "district", "commune", "service", "former_province", "former_commune")
COLUMNS = (
    *("code", "name", "address", "phone", "province_code", "commune_code", "latitude", "longitude"),
    *("services", "hours", "closed_days", "is_synthetic"),
)


@csrf_exempt  # it changes nothing; another method is told so, not that a token is missing
@require_safe
def search_places(request: HttpRequest, kinds: str) -> HttpResponse:
    """GET /api/v1/directory/<kinds>?q=&province=&district=&commune=&service=&limit=&offset=

    Units of before July 2025: `former_province`, `district`, `former_commune`.
    With `lat` and `lon` the nearest instead, each with `distance` in metres.
    """
    kind, day = _kind(kinds), local_day(timezone.now())
    try:
        text, (limit, offset) = public_data.words(request), public_data.page(request)
        filters: dict[str, Any] = {name: public_data.parameter(request, name) for name in FILTERS}
        criteria = Criteria((kind,), **filters)
        if "lat" in request.GET or "lon" in request.GET:
            here = _degrees(request, "lat", 5, 25), _degrees(request, "lon", 100, 120)
            places, more = search.nearest(*here, criteria, day=day, limit=limit), False
        else:
            matches = search.search(text, criteria, day=day, limit=limit, offset=offset)
            places, more = matches.places, matches.more
    except BadParameter as bad:
        return public_data.refused(bad)
    return public_data.shared(JsonResponse({"places": [_json(place) for place in places], "more": more}))


@csrf_exempt  # it changes nothing; another method is told so, not that a token is missing
@require_safe
def one_place(request: HttpRequest, kinds: str, code: str) -> HttpResponse:
    """GET /api/v1/directory/<kinds>/<code>"""
    detail = queries.detail(_kind(kinds), code_text(code).upper())
    if detail is None:
        raise Http404
    more = {name: value for name, value in asdict(detail).items() if name != "place"}
    return public_data.shared(JsonResponse(_json(detail.place) | more))


@csrf_exempt  # it changes nothing; another method is told so, not that a token is missing
@require_safe
def open_csv(request: HttpRequest, kinds: str) -> HttpResponse:
    """GET /api/v1/directory/open/<kinds>.csv: every one."""
    return open_data.file(request, kinds, "csv")


@csrf_exempt  # it changes nothing; another method is told so, not that a token is missing
@require_safe
def open_json(request: HttpRequest, kinds: str) -> HttpResponse:
    """GET /api/v1/directory/open/<kinds>.json: every one with version and day."""
    return open_data.file(request, kinds, "json")


def _rows(kind: str) -> Iterator[dict[str, Any]]:
    return (_json(place) for place in queries.everything(kind))


def _lines(kind: str) -> Iterator[dict[str, Any]]:
    return (_line(place) for place in queries.everything(kind))


def _collectors() -> Iterator[dict[str, Any]]:
    return (asdict(collector) for collector in queries.collectors())


def _kind(name: str) -> str:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


def _degrees(request: HttpRequest, name: str, least: int, most: int) -> float:
    try:
        value = float(public_data.parameter(request, name))
    except ValueError:
        value = float("nan")
    if not least <= value <= most:
        raise BadParameter(name, _("Số độ từ %(least)s đến %(most)s.") % {"least": least, "most": most})
    return value


def _json(place: Place) -> dict[str, Any]:
    said = {name: getattr(place, name) for name in COLUMNS if name != "hours"}
    said |= {"services": list(place.services), "hours": hours.to_json(place.openings)}
    said["closed_days"] = [day.isoformat() for day in place.closed_days]
    return said | ({} if place.distance is None else {"distance": place.distance})


def _line(place: Place) -> dict[str, Any]:
    said = _json(place)
    said |= {name: " ".join(said[name]) for name in ("services", "closed_days")}
    return said | {"hours": "; ".join(place.hours)}


def _as_of() -> str:
    newest = index.as_of()
    return newest.isoformat() if newest else ""


open_data.LISTINGS |= {
    name: Listing("places", partial(_rows, kind), partial(_lines, kind), COLUMNS, _as_of)
    for name, kind in KINDS.items()
}
open_data.LISTINGS[COLLECTORS] = Listing(COLLECTORS, _collectors, _collectors, COLLECTOR_COLUMNS, _as_of)

# Doors do not import each other, so the marks of web/ui/access.py are set by hand.
search_places.access = one_place.access = "public"  # type: ignore[attr-defined]
open_csv.access = open_json.access = "public"  # type: ignore[attr-defined]
