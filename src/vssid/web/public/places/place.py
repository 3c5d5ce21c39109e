"""A place of the directory: its page, and the place as a contact."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from vssid.domain.directory import queries
from vssid.domain.directory.search import Place
from vssid.domain.offices import hours
from vssid.kernel.calendar import local_day
from vssid.web.ui.access import VisitRequest, public
from vssid.web.ui.caching import cacheable
from vssid.web.ui.words.place_words import LEVELS, SERVICES, place_address

from ..frame import draw
from . import vcard
from .listings import LISTINGS


@public
@cacheable
@require_safe
def place(request: VisitRequest, kind: str, code: str) -> HttpResponse:
    """GET one place, with what to do there, how to get there and how to keep it."""
    detail, now = _detail(kind, code), timezone.now()
    return draw(
        request,
        "public/places/place.html",
        listing=LISTINGS[kind],
        detail=detail,
        place=detail.place,
        opening=_opening(detail.place, now),
        saved=_saved(detail),
        services=[SERVICES[service] for service in detail.place.services if service in SERVICES],
        level=LEVELS.get(detail.level, ""),
        url=request.build_absolute_uri(request.path),
    )


def _saved(detail: queries.Detail) -> str:
    """What a device keeps of a place, as saved.js reads it."""
    place = detail.place
    kept = {
        name: getattr(place, name) for name in ("name", "address", "phone", "hours", "latitude", "longitude")
    }
    kept |= {"path": place_address(place.kind, place.code), "day": f"{local_day(detail.as_of):%d/%m/%Y}"}
    return json.dumps(kept, ensure_ascii=False)


def _opening(place: Place, now: datetime) -> dict[str, Any]:
    """Whether it is open, until when or from when again, and the days off that are to come."""
    today, closed = local_day(now), place.closed_days
    ends = hours.closes(place.openings, now, of_state=place.is_of_state)
    return {
        "is_open": place.is_open(now),
        "is_day_off": bool(place.openings) and hours.is_day_off(place.openings, today, closed),
        "closes": f"{ends.hour}:{ends:%M}" if ends else "",
        "opens": hours.opens(place.openings, now, closed, of_state=place.is_of_state),
        "today": today,
        "closed_days": [day for day in closed if day >= today],
        "rests_on_holidays": place.is_of_state,
    }


@public
@cacheable
@require_safe
def card(request: VisitRequest, kind: str, code: str) -> HttpResponse:
    """GET the place as a contact (vCard 4.0, RFC 6350)."""
    detail = _detail(kind, code)
    text = vcard.of(detail.place, url=request.build_absolute_uri(request.path.removesuffix(".vcf")))
    name = f'attachment; filename="{code}.vcf"'
    return HttpResponse(text, content_type="text/vcard; charset=utf-8", headers={"Content-Disposition": name})


def _detail(kind: str, code: str) -> queries.Detail:
    detail = queries.detail(kind, code.upper())
    if detail is None:
        raise Http404
    return detail
