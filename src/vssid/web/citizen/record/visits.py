"""/so-kham-chua-benh: visits and papers of facilities, by year; what the illness is called shows on a tap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vssid.domain.directory import queries as directory
from vssid.domain.participants import queries as participants
from vssid.domain.participants.care import paper_rules
from vssid.domain.participants.care.views import CertificateView, VisitView
from vssid.domain.participants.participation import five_years, own_share
from vssid.kernel.calendar import local_day
from vssid.web.ui import cookies
from vssid.web.ui.access import VisitRequest, citizen
from vssid.web.ui.words import laws

from . import provenance, visit_words
from .numbered import nth

# The names of the two lists; their addresses are read when a page is made.
VISITS, PAPERS = "citizen:visits", "citizen:papers"
DETAILS = {VISITS: "citizen:visit", PAPERS: "citizen:paper"}


@citizen
@require_safe
def visits(request: VisitRequest) -> HttpResponse:
    """GET /so-kham-chua-benh?nam=2026: visits of the year in which they began."""
    own = _visits(request)
    lines = [(local_day(visit_view.came_at).year, visit_words.visit_line(visit_view)) for visit_view in own]
    return _listed(request, VISITS, lines, own)


@citizen
@require_safe
def papers(request: VisitRequest) -> HttpResponse:
    """GET /so-kham-chua-benh/giay?nam=2026: leave, discharge and birth papers."""
    own = _papers(request)
    return _listed(
        request,
        PAPERS,
        [(_begins(certificate).year, visit_words.paper_line(certificate)) for certificate in own],
    )


@citizen
@require_safe
def visit(request: VisitRequest, number: int) -> HttpResponse:
    """GET /so-kham-chua-benh/<n>: one visit, the oldest is 1."""
    visit_view = nth(_visits(request), number)
    rows = visit_words.visit_rows(visit_view, directory.facility_name(visit_view.facility_code))
    facts = {
        "title": visit_words.visit_span(visit_view),
        "rows": rows,
        "money": visit_words.money_rows(visit_view),
    }
    return _detail(request, VISITS, visit_view, facts)


@citizen
@require_safe
def paper(request: VisitRequest, number: int) -> HttpResponse:
    """GET /so-kham-chua-benh/giay/<n>: one paper, the oldest is 1."""
    certificate = nth(_papers(request), number)
    rows = visit_words.paper_rows(certificate, directory.facility_name(certificate.facility_code))
    return _detail(
        request, PAPERS, certificate, {"title": visit_words.paper_title(certificate), "rows": rows}
    )


def _visits(request: VisitRequest) -> list[VisitView]:
    session = request.session_view
    assert session is not None
    return participants.visits(session.person_id)[::-1]


def _papers(request: VisitRequest) -> list[CertificateView]:
    session = request.session_view
    assert session is not None
    return participants.certificates(session.person_id)[::-1]


def _begins(certificate: CertificateView) -> date:
    return certificate.from_date or certificate.issued_on


def _listed(
    request: VisitRequest,
    here: str,
    lines: Iterable[tuple[int, dict[str, Any]]],
    own: Sequence[VisitView] = (),
) -> HttpResponse:
    """The rows of the year asked for, newest first; without one the newest year that has any.

    Of visits (`own`) also what the person paid of them within that year.
    """
    now = timezone.now()
    numbered = [(year, {"number": at, **line}) for at, (year, line) in enumerate(lines, start=1)]
    years = sorted({year for year, _line in numbered} | {local_day(now).year}, reverse=True)
    chosen = _year(request, default=max((year for year, _line in numbered), default=years[0]))
    page = _frame(here, now, chosen) | {
        "year": chosen,
        "years": years if chosen in years else sorted({*years, chosen}, reverse=True),
        "lines": [line for year, line in reversed(numbered) if year == chosen],
        "any": bool(numbered),
        **_share(request, own, chosen, local_day(now)),
    }
    return cookies.keep_offline(render(request, "citizen/record/visits.html", page))


def _share(request: VisitRequest, own: Sequence[VisitView], year: int, today: date) -> dict[str, Any]:
    """The own share of the year, up to today."""
    session = request.session_view
    assert session is not None
    day = min(today, date(year, 12, 31))
    if not own or day.year != year:
        return {}
    paid = [
        (local_day(visit_view.left_at or visit_view.came_at), visit_view.paid_share) for visit_view in own
    ]
    covers = participants.coverages(session.person_id)
    full = five_years.of(covers, day).is_full(day) if covers else None
    return {"share": own_share.of(paid, day), "full": full}


def _year(request: VisitRequest, *, default: int) -> int:
    typed = request.GET.get("nam", "")
    if not typed:
        return default
    if not (len(typed) == 4 and typed.isascii() and typed.isdigit() and typed >= "1900"):
        raise Http404
    return int(typed)


def _detail(
    request: VisitRequest, here: str, source: VisitView | CertificateView, facts: dict[str, Any]
) -> HttpResponse:
    began = _begins(source) if isinstance(source, CertificateView) else local_day(source.came_at)
    page = _frame(here, timezone.now(), began.year) | facts
    page |= {"illness": visit_words.illness(source), "origin": provenance.of(source.run_id, source.as_of)}
    return cookies.keep_offline(render(request, "citizen/record/visit.html", page))


def _frame(here: str, now: datetime, year: int) -> dict[str, Any]:
    """What all pages of the book share; the circulars named are those of the year that is looked at."""
    rules = paper_rules.texts_of(date(year, 1, 1), date(year, 12, 31))
    papers = _("Giấy được cấp theo %(rules)s") % {"rules": ", ".join(map(laws.named, rules))}
    return {
        "here_url": reverse(here),
        "detail_page": DETAILS[here],
        "tabs": [(reverse(VISITS), _("Lịch sử")), (reverse(PAPERS), papers)],
        "is_papers": here == PAPERS,
        "confirmed": now,
    }
