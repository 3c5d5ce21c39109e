"""/api/v1/directory/…: offices, facilities and collection points for programs, and all of them as open data.

Public, the same for everybody, and cacheable. A wrong parameter is a 400 that names it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from vssid.domain.directory import index, queries, search
from vssid.domain.directory.kinds import FACILITY, OFFICE, POINT
from vssid.domain.directory.search import Place, Wanted
from vssid.domain.offices import hours
from vssid.kernel.calendar import local_day

PATH = "api/v1/directory"
KINDS = {"offices": OFFICE, "facilities": FACILITY, "points": POINT}
VERSION = 1
LONGEST, MOST = 80, 50
COLUMNS = (
    *("code", "name", "address", "phone", "province_code", "commune_code", "latitude", "longitude"),
    *("services", "hours", "is_synthetic"),
)


class BadParameter(Exception):
    """A parameter that makes no sense: its name and why."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(name)
        self.name, self.message = name, message


@csrf_exempt  # it changes nothing; another method is told so, not that a token is missing
@require_safe
def search_places(request: HttpRequest, kinds: str) -> HttpResponse:
    """GET /api/v1/directory/<kinds>?q=&province=&district=&commune=&service=&limit=&offset=

    With `lat` and `lon` the nearest instead, each with `distance` in metres.
    """
    kind, day = _kind(kinds), local_day(timezone.now())
    get = request.GET.get
    try:
        limit, offset = _number(request, "limit", 20, MOST), _number(request, "offset", 0, 100)
        text = get("q", "")
        if len(text) > LONGEST:
            raise BadParameter("q", _("Tối đa 80 ký tự."))
        wanted = Wanted(
            (kind,), get("province", ""), get("district", ""), get("commune", ""), get("service", "")
        )
        if "lat" in request.GET or "lon" in request.GET:
            here = _degrees(request, "lat", 5, 25), _degrees(request, "lon", 100, 120)
            places, more = search.nearest(*here, wanted, day=day, limit=limit), False
        else:
            found = search.search(text, wanted, day=day, limit=limit, offset=offset)
            places, more = found.places, found.more
    except BadParameter as bad:
        return JsonResponse({"error": {"parameter": bad.name, "message": bad.message}}, status=400)
    return _shared(JsonResponse({"places": [_json(one) for one in places], "more": more}))


@csrf_exempt  # it changes nothing; another method is told so, not that a token is missing
@require_safe
def one_place(request: HttpRequest, kinds: str, code: str) -> HttpResponse:
    """GET /api/v1/directory/<kinds>/<code>"""
    found = queries.detail(_kind(kinds), code.upper())
    if found is None:
        raise Http404
    more = {name: value for name, value in asdict(found).items() if name != "place"}
    return _shared(JsonResponse(_json(found.place) | more))


@csrf_exempt  # it changes nothing; another method is told so, not that a token is missing
@require_safe
def open_csv(request: HttpRequest, kinds: str) -> HttpResponse:
    """GET /api/v1/directory/open/<kinds>.csv: every one, as a stream."""
    lines = _csv(queries.everything(_kind(kinds)))
    return _shared(StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8"))


@csrf_exempt  # it changes nothing; another method is told so, not that a token is missing
@require_safe
def open_json(request: HttpRequest, kinds: str) -> HttpResponse:
    """GET /api/v1/directory/open/<kinds>.json: every one with version and day, as a stream."""
    lines = _whole(queries.everything(_kind(kinds)))
    return _shared(StreamingHttpResponse(lines, content_type="application/json"))


def _kind(name: str) -> str:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


def _number(request: HttpRequest, name: str, usual: int, most: int) -> int:
    text = request.GET.get(name, str(usual))
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) <= most):
        raise BadParameter(name, _("Số nguyên từ 0 đến %(most)s.") % {"most": most})
    return int(text)


def _degrees(request: HttpRequest, name: str, least: int, most: int) -> float:
    try:
        value = float(request.GET.get(name, ""))
    except ValueError:
        value = float("nan")
    if not least <= value <= most:
        raise BadParameter(name, _("Số độ từ %(least)s đến %(most)s.") % {"least": least, "most": most})
    return value


def _json(place: Place) -> dict[str, Any]:
    said = {name: getattr(place, name) for name in COLUMNS if name != "hours"}
    said |= {"services": list(place.services), "hours": hours.to_json(place.openings)}
    return said | ({} if place.distance is None else {"distance": place.distance})


def _csv(every: Iterator[Place]) -> Iterator[str]:
    yield "\ufeff" + ",".join((*COLUMNS, "version", "as_of")) + "\r\n"
    tail = (VERSION, _as_of())
    for place in every:
        said = _json(place) | {"services": " ".join(place.services), "hours": "; ".join(place.hours)}
        out = io.StringIO()
        csv.writer(out).writerow([*(_safe(said[name]) for name in COLUMNS), *tail])
        yield out.getvalue()


def _safe(cell: Any) -> Any:
    """A text that a spreadsheet would take for a formula is marked as text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@")) else cell


def _whole(every: Iterator[Place]) -> Iterator[str]:
    yield json.dumps({"version": VERSION, "as_of": _as_of()})[:-1] + ', "places": [\n'
    for number, place in enumerate(every):
        yield (",\n" if number else "") + json.dumps(_json(place), ensure_ascii=False)
    yield "\n]}\n"


def _as_of() -> str:
    newest = index.as_of()
    return newest.isoformat() if newest else ""


def _shared(response: HttpResponseBase) -> HttpResponse:
    response["Cache-Control"] = "public, max-age=300"
    response["Access-Control-Allow-Origin"] = "*"
    return response  # type: ignore[return-value]  # the door's views say HttpResponse, whole or streamed


# Doors do not import each other, so the marks of web/ui/access.py are set by hand.
search_places.access = one_place.access = "public"  # type: ignore[attr-defined]
open_csv.access = open_json.access = "public"  # type: ignore[attr-defined]
