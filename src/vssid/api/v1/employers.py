"""/api/v1/directory/employers: employers and their standing for programs, and all of them as open data.

Public and cacheable, as the directory. Fewer than five people are `few_people`, never a number; no amounts.
`owed_…` are months whose last legal day was over on the day `as_of`; `unrecorded_…` would be late if the
employer pays each month, while its `paying_cycle` is not known (empty).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from vssid.domain.participants.employers import search as employer_search
from vssid.domain.participants.employers import statistics
from vssid.domain.participants.employers.statistics import Standing, State
from vssid.domain.participants.views import EmployerView

from . import open_data, public_data

PATH = f"{public_data.PATH}/employers"
EMPLOYERS = "employers"
OPEN = f"{public_data.PATH}/open/employers"
COLUMNS = (
    *("code", "name", "tax_code", "address", "office_code", "is_synthetic", "state", "people", "few_people"),
    *("last_month", "owed_months", "owed_from", "owed_to"),
    *("paying_cycle", "unrecorded_months", "unrecorded_from", "unrecorded_to"),
)


@csrf_exempt  # it changes nothing; another method is told so, not that a token is missing
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """GET /api/v1/directory/employers?q=&province=&office=&limit=&offset="""
    try:
        text, (limit, offset) = public_data.words(request), public_data.page(request)
    except public_data.BadParameter as bad:
        return public_data.refused(bad)
    matches = employer_search.search(
        text,
        province=public_data.parameter(request, "province"),
        office=public_data.parameter(request, "office"),
        limit=limit,
        offset=offset,
    )
    said = {
        "employers": [_said(*employer) for employer in matches.employers],
        "more": matches.more,
        "as_of": _as_of(),
    }
    return public_data.shared(JsonResponse(said))


@csrf_exempt  # it changes nothing; another method is told so, not that a token is missing
@require_safe
def employer(request: HttpRequest, code: str) -> HttpResponse:
    """GET /api/v1/directory/employers/<code>"""
    row = employer_search.by_code(code)
    if row is None:
        raise Http404
    return public_data.shared(JsonResponse(_said(*row) | {"as_of": _as_of()}))


@csrf_exempt  # it changes nothing; another method is told so, not that a token is missing
@require_safe
def open_csv(request: HttpRequest) -> HttpResponse:
    """GET /api/v1/directory/open/employers.csv: every one."""
    return open_data.file(request, EMPLOYERS, "csv")


@csrf_exempt  # it changes nothing; another method is told so, not that a token is missing
@require_safe
def open_json(request: HttpRequest) -> HttpResponse:
    """GET /api/v1/directory/open/employers.json: every one with version and day."""
    return open_data.file(request, EMPLOYERS, "json")


def _everyone() -> Iterator[dict[str, Any]]:
    return (_said(*row) for row in employer_search.everyone())


def _said(employer: EmployerView, standing: Standing) -> dict[str, Any]:
    said: dict[str, Any] = {name: getattr(employer, name) for name in COLUMNS[:6]}
    return said | {
        "state": standing.state.value,
        "people": standing.people,
        "few_people": standing.state is State.TAKING_PART and standing.people is None,
        "last_month": _month(standing.last_month),
        "owed_months": standing.owed_months,
        "owed_from": _month(standing.owed_from),
        "owed_to": _month(standing.owed_to),
        "paying_cycle": employer.paying_cycle,
        "unrecorded_months": standing.unrecorded_months,
        "unrecorded_from": _month(standing.unrecorded_from),
        "unrecorded_to": _month(standing.unrecorded_to),
    }


def _month(day: date | None) -> str | None:
    return f"{day:%Y-%m}" if day else None


def _as_of() -> str:
    day = statistics.day()
    return day.isoformat() if day else ""


open_data.LISTINGS[EMPLOYERS] = open_data.Listing(EMPLOYERS, _everyone, _everyone, COLUMNS, _as_of)

# Doors do not import each other, so the marks of web/ui/access.py are set by hand.
search.access = employer.access = "public"  # type: ignore[attr-defined]
open_csv.access = open_json.access = "public"  # type: ignore[attr-defined]
