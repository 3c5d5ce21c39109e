"""/tra-cuu/don-vi: employers by name, code, tax code, province and office, and a page for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from vssid.domain.offices import queries as offices
from vssid.domain.participants.employers import search, statistics
from vssid.domain.places import queries as places
from vssid.web.ui.access import VisitRequest, public
from vssid.web.ui.caching import cacheable

from .. import paging
from ..frame import draw

LONGEST = 80


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; what makes no sense is left out. An office says its province too."""

    text: str
    province: str
    office: str
    page: int

    @classmethod
    def of(cls, request: HttpRequest) -> Asked:
        """Read the address."""
        get = request.GET.get
        office = get("co-quan", "")[:5]
        office = office if offices.exists(office) else ""
        province = get("tinh", "")[:2]
        if not any(known.code == province for known in places.provinces()):
            province = offices.province_of(office)
        if office and offices.province_of(office) != province:
            office = ""
        return cls(get("q", "")[:LONGEST].strip(), province, office, paging.asked(request))

    @property
    def is_anything(self) -> bool:
        """Is there something to look for?"""
        return bool(self.text or self.province)

    def address(self, page: int) -> str:
        """The address of another page of the same list."""
        asked = {"q": self.text, "tinh": self.province, "co-quan": self.office}
        asked["trang"] = str(page) if page > 1 else ""
        return reverse("public:employers", query={key: value for key, value in asked.items() if value})


@public
@cacheable
@require_safe
def listing(request: VisitRequest) -> HttpResponse:
    """GET the list by words and filters; without any, only the form."""
    asked = Asked.of(request)
    page: dict[str, Any] = {
        "path": reverse("public:employers"),
        "asked": asked,
        "provinces": places.provinces(),
        "offices": offices.in_province(asked.province),
    }
    if asked.is_anything:
        matches = search.search(
            asked.text,
            province=asked.province,
            office=asked.office,
            limit=paging.SIZE,
            offset=(asked.page - 1) * paging.SIZE,
        )
        goes_on = matches.more and asked.page < paging.MOST
        page |= {
            "rows": matches.employers,
            "next": asked.address(asked.page + 1) if goes_on else "",
            "back": asked.address(asked.page - 1) if asked.page > 1 else "",
            "is_cut": matches.more and not goes_on,
        }
    return draw(request, "public/lookups/employers.html", **page)


@public
@cacheable
@require_safe
def employer(request: VisitRequest, code: str) -> HttpResponse:
    """GET one employer: who it is, where it is managed, and how it stands with its contributions."""
    row = search.by_code(code)
    if row is None:
        raise Http404
    employer_view, standing = row
    return draw(
        request,
        "public/lookups/employer.html",
        path=reverse("public:employers"),
        employer=employer_view,
        standing=standing,
        day=statistics.day(),
        office=offices.office(employer_view.office_code) if employer_view.office_code else None,
    )
