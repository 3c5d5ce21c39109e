"""/tra-cuu/co-quan-bhxh, …/co-so-kham-chua-benh, …/diem-thu: places by words, filters or where one is."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vssid.domain.directory import search
from vssid.domain.directory.criteria import Criteria
from vssid.domain.directory.kinds import OFFICE
from vssid.domain.directory.search import Place
from vssid.domain.participants import queries as participants
from vssid.domain.places.positions import Position, position
from vssid.domain.places.queries import UnknownPlace
from vssid.kernel.calendar import local_day
from vssid.web.ui.access import VisitRequest, public
from vssid.web.ui.caching import READS, cacheable, from_here
from vssid.web.ui.words.place_words import SERVICES, Words, place_address

from .. import paging
from ..frame import draw
from .area import Area
from .listings import LISTINGS, Listing

LONGEST = 80
NEAR = 10
# Only these pages may ask the browser where it is.
PERMISSIONS = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; what makes no sense is left out."""

    text: str
    area: Area
    service: str
    is_open: bool
    page: int

    @classmethod
    def of(cls, request: HttpRequest, listing: Listing) -> Asked:
        """Read the address."""
        get = request.GET.get
        return cls(
            text=get("q", "")[:LONGEST],
            area=Area.of(request.GET),
            service=get("dich-vu", "") if get("dich-vu") in dict(listing.services) else "",
            is_open=get("mo") == "1",
            page=paging.asked(request),
        )

    def address(self, listing: Listing, page: int) -> str:
        """The address of another page of the same list."""
        asked = {
            "q": self.text,
            **self.area.asked(),
            "dich-vu": self.service,
            "mo": "1" if self.is_open else "",
            "trang": str(page) if page > 1 else "",
        }
        query = urlencode({key: value for key, value in asked.items() if value})
        return f"{listing.path}?{query}" if query else listing.path

    def narrowed(self, listing: Listing) -> list[tuple[Words, str]]:
        """Each filter in words, with the address of the list without it."""
        filters: list[tuple[Words, str]] = [
            (name, replace(self, area=rest).address(listing, 1)) for name, rest in self.area.named()
        ]
        if self.service:
            filters.append((SERVICES[self.service], replace(self, service="").address(listing, 1)))
        if self.is_open:
            filters.append((_("Đang mở cửa"), replace(self, is_open=False).address(listing, 1)))
        return filters

    def criteria(self, kind: str, now: datetime) -> Criteria:
        """As the search takes it."""
        return Criteria(
            kinds=(kind,),
            **asdict(self.area),
            service=self.service,
            open_at=now if self.is_open else None,
        )


@public
@cacheable
@from_here
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: VisitRequest, kind: str) -> HttpResponse:
    """GET the list by words and filters; POST with a position gives the nearest, which is kept nowhere."""
    kind_listing, now = LISTINGS[kind], timezone.now()
    asked, day = Asked.of(request, kind_listing), local_day(now)
    home = _home(request)
    if home is not None:
        asked = replace(asked, area=Area(province=home.province_code))
    page: dict[str, Any] = {"listing": kind_listing, "asked": asked, **asked.area.choices()}
    if home is not None and home.spot is not None:
        near = search.nearest(home.spot.latitude, home.spot.longitude, Criteria((kind,)), day=day, limit=NEAR)
        page |= {"near_home": True, "rows": [_row(place, now) for place in near]}
        page["province_url"] = asked.address(kind_listing, 1)
    elif request.method == "POST":
        here = _position(request)
        criteria = Criteria(kinds=(kind,), service=asked.service)
        near = search.nearest(*here, criteria, day=day, limit=NEAR) if here else ()
        page |= {"near": True, "no_position": here is None, "rows": [_row(place, now) for place in near]}
    else:
        criteria, first = asked.criteria(kind, now), (asked.page - 1) * paging.SIZE
        matches = search.search(asked.text, criteria, day=day, limit=paging.SIZE, offset=first)
        page |= {
            "narrowed": [(words, _all_of(url)) for words, url in asked.narrowed(kind_listing)],
            "became": asked.area.became(),
            "rows": [_row(place, now) for place in matches.places],
            "corrected": matches.corrected,
            "next": asked.address(kind_listing, asked.page + 1)
            if matches.more and asked.page < paging.MOST
            else "",
            "back": asked.address(kind_listing, asked.page - 1) if asked.page > 1 else "",
        }
    response = draw(request, "public/places/directory.html", **page)
    response["Permissions-Policy"] = PERMISSIONS
    return response


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody who is signed in lives, as the register says. `spot`: where the commune is."""

    province_code: str
    spot: Position | None


def _home(request: VisitRequest) -> Home | None:
    """For a list that was opened without asking for anything: first what is near home."""
    session = request.session_view
    if request.method not in READS or request.GET or session is None or session.kind != "citizen":
        return None
    person = participants.person(session.person_id)
    if person is None or not person.province_code:
        return None
    try:
        return Home(person.province_code, position(person.commune_code))
    except UnknownPlace:
        return Home(person.province_code, None)


def _all_of(url: str) -> str:
    """The list without any filter: who is signed in would be led home again by its bare address."""
    return url if "?" in url else f"{url}?tinh="


def _position(request: HttpRequest) -> tuple[float, float] | None:
    try:
        here = float(request.POST.get("vi-do", "")), float(request.POST.get("kinh-do", ""))
    except ValueError:
        return None
    return here if 5 <= here[0] <= 25 and 100 <= here[1] <= 120 else None


def _row(place: Place, now: Any) -> dict[str, Any]:
    listing = LISTINGS[place.kind]
    offered = dict(listing.services) if listing.tells_services else {}
    return {
        "place": place,
        "url": place_address(place.kind, place.code),
        "open": place.is_open(now),
        "distance": _distance(place.distance),
        "services": [SERVICES[code] for code in place.services if code in offered],
    }


def _distance(metres: int | None) -> str:
    if metres is None:
        return ""
    return f"{metres} m" if metres < 1000 else f"{metres / 1000:.1f} km".replace(".", ",")


@public
@require_safe
def moved(request: VisitRequest) -> HttpResponse:
    """GET /tra-cuu/co-quan, as it was called before."""
    asked = request.GET.urlencode()
    return HttpResponsePermanentRedirect(LISTINGS[OFFICE].path + (f"?{asked}" if asked else ""))
