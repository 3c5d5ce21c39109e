"""/qua-trinh/c14-ts: the paid time of a year, and the same as a signed PDF."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from vssid.domain.participants import queries as participants
from vssid.domain.participants.participation.totals import first_day
from vssid.domain.statements import actions, content, queries, signing
from vssid.domain.statements.content import Line, Sum, Wage
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import NotYours
from vssid.web.ui import cookies, pdfs
from vssid.web.ui.access import VisitRequest, citizen
from vssid.web.ui.errors import register_page

from . import words
from .participation import tab_links

FUNDS = {"bhxh": "BHXH", "bhtn": "BHTN"}

register_page(
    "nothing_to_state",
    status=404,
    title=gettext_lazy("Không có tháng tham gia nào trong năm này"),
    text=gettext_lazy("Bản xác nhận chỉ cấp cho năm có tháng tham gia. Hãy quay lại và chọn năm khác."),
    action=(gettext_lazy("Chọn năm"), reverse_lazy("citizen:statement")),
)
register_page(
    "not_signing",
    status=503,
    title=gettext_lazy("Chưa cấp được bản có chữ ký số"),
    text=gettext_lazy(
        "Hệ thống này chưa có chứng thư chữ ký số. Hãy hỏi cơ quan BHXH để lấy bản xác nhận giấy."
    ),
    action=(gettext_lazy("Về quá trình tham gia"), reverse_lazy("citizen:participation")),
)


@citizen
@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: VisitRequest) -> HttpResponse:
    """GET /qua-trinh/c14-ts?nam=2025 shows a year; POST issues its statement as a file."""
    session = request.session_view
    assert session is not None
    if request.method == "POST":
        return _file(request, session.person_id, request.POST.get("nam", ""))
    now = timezone.now()
    today = local_day(now)
    history = participants.participation(session.person_id, today)
    years, here = content.years(history, today), reverse("citizen:statement")
    page: dict[str, Any] = {
        "tab_here": here,
        "tabs": tab_links(),
        "years": years,
        "here_url": here,
        "confirmed": now,
        "issued": [(issued, first_day(issued.until)) for issued in queries.issued_to(session.person_id)],
        "can_sign": signing.is_set(),
    }
    typed = request.GET.get("nam", "")
    if years or typed:
        year = _year(typed) if typed else years[0]
        if year not in years:
            raise Http404
        page |= {"year": year, **_shown(content.compose(history, year, today))}
    return cookies.keep_offline(render(request, "citizen/record/statement.html", page))


def _year(typed: str) -> int:
    if not (len(typed) == 4 and typed.isascii() and typed.isdigit()):
        raise Http404
    return int(typed)


def _file(request: VisitRequest, person_id: int, typed: str) -> HttpResponse:
    year = _year(typed)
    issued = actions.issue(person_id, year, by=request.actor, now=timezone.now())
    return _pdf(issued.pdf, year)


@citizen
@require_safe
def again(request: VisitRequest, statement_id: UUID) -> HttpResponse:
    """GET /qua-trinh/c14-ts/ID: the file as it was signed; another's, or one past its term, is not found."""
    session = request.session_view
    assert session is not None
    try:
        taken = actions.take_again(session.person_id, statement_id, by=request.actor, now=timezone.now())
    except NotYours:
        raise Http404 from None
    return _pdf(taken.pdf, None)


def _pdf(content: bytes, year: int | None) -> HttpResponse:
    return pdfs.to_keep(f"c14-ts-{year}" if year else "c14-ts", content)


def _shown(stated: content.Content) -> dict[str, Any]:
    return {
        "until": first_day(stated.until),
        "lines": [_line(line) for line in stated.lines],
        "sums": [("BHXH", *_sum(stated.bhxh)), ("BHTN", *_sum(stated.bhtn))],
    }


def _line(line: Line) -> dict[str, Any]:
    unpaid = ", ".join(FUNDS[fund] for fund in line.unpaid)
    return {
        "first": first_day(line.first),
        "last": first_day(line.last),
        "employer": line.employer or (_("Tham gia tự nguyện") if line.is_voluntary else "–"),
        "job": " · ".join(part for part in (line.job, line.workplace) if part),
        "bhxh": _wage(line.bhxh),
        "bhtn": _wage(line.bhtn),
        "note": _("Chưa ghi nhận đóng %(funds)s") % {"funds": unpaid} if unpaid else "",
    }


def _wage(wage: Wage | None) -> str:
    if wage is None:
        return "–"
    if wage.is_coefficient:
        return _("%(number)s (hệ số)") % {"number": f"{wage.value.normalize():f}".replace(".", ",")}
    amount = f"{int(wage.value):,}".replace(",", ".")
    return f"{amount} đ" if wage.currency == "VND" else f"{amount} {wage.currency}"


def _sum(months: Sum) -> tuple[str, str, str]:
    return words.length(months.in_year), words.length(months.in_all), words.length(months.unpaid)
