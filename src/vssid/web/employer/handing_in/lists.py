"""/don-vi/bang-ke: lists of the signed forms that HR brings to an office, and what became of each form."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vssid.domain.employers.handing_in import list_paper, lists, queries, receipt
from vssid.domain.employers.handing_in.errors import NothingChosen, TooMany
from vssid.domain.employers.handing_in.queries import Line, ListPage, Ready
from vssid.domain.employers.seats.roles import Act
from vssid.domain.offices import queries as offices
from vssid.domain.registration.handover import of_employer
from vssid.kernel.errors import NotYours
from vssid.web.ui import pdfs
from vssid.web.ui.errors import register_page

from .. import frame
from ..errors import or_not_here
from ..seat import SeatRequest, hr
from . import words
from .words import Words

register_page(
    "list_begun",
    status=409,
    title=gettext_lazy("Bảng kê không hủy được nữa"),
    text=gettext_lazy(
        "Cơ quan đã bắt đầu nhận hoặc đã nhận xong bảng kê này. Thao tác này không thay đổi gì."
    ),
    action=(gettext_lazy("Về danh sách bảng kê"), reverse_lazy("employer:lists")),
)


@hr(Act.READ)
@require_safe
def index(request: SeatRequest) -> HttpResponse:
    """The lists made, and where forms wait to be listed."""
    employer = request.seat.employer_code
    rows = [
        {"of": each, "state": words.state_of(each.row, begun=each.scanned > 0)}
        for each in of_employer.latest(employer)
    ]
    ready = [row for row in queries.ready(employer, now=timezone.now()) if not row.is_listed]
    context = {"rows": rows, "ready": per_office(ready)}
    return frame.page(request, "employer/handing_in/lists.html", context)


def per_office(rows: list[Ready]) -> list[dict[str, Any]]:
    """How many forms wait for each office, with its name."""
    counts = queries.by_office(rows)
    names = offices.names(code for code, _many in counts)
    return [{"code": code, "name": names.get(code, code), "many": many} for code, many in counts]


@hr(Act.WORK)
@or_not_here
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SeatRequest) -> HttpResponse:
    """GET the forms for one office (`co-quan`), all chosen; POST makes the list of those chosen (`chon`)."""
    office = (request.POST if request.method == "POST" else request.GET).get("co-quan", "")[:5]
    office = office if office.isalnum() else ""
    if request.method != "POST":
        return _choice(request, office)
    chosen = {int(one[:18]) for one in request.POST.getlist("chon") if one.isascii() and one.isdigit()}
    employer, now = request.seat.employer_code, timezone.now()
    try:
        list_id = lists.make(employer, office, chosen, by=request.actor, now=now)
    except NothingChosen:
        wrong = _("Hãy chọn ít nhất một tờ khai. Tờ khai vừa nộp hoặc đã vào bảng kê khác không còn ở đây.")
    except TooMany as refused:
        wrong = _("Một bảng kê có nhiều nhất %(most)s tờ khai.") % {"most": refused.most}
    else:
        return redirect("employer:list", list_id)
    return _choice(request, office, chosen=chosen, wrong=wrong)


def _choice(
    request: SeatRequest, office: str, *, chosen: set[int] | None = None, wrong: str = ""
) -> HttpResponse:
    found = queries.to_list(request.seat.employer_code, office=office, now=timezone.now())
    if not found and not wrong:
        raise NotYours
    shown = found[: lists.MOST]
    context = {
        "office": offices.names([office]).get(office, ""),
        "office_code": office,
        "rows": [(row, chosen is None or row.application_id in chosen) for row in shown],
        "left": len(found) - len(shown),
        "many": len(shown),
        "wrong": wrong,
    }
    return frame.page(request, "employer/handing_in/new_list.html", context, status=422 if wrong else 200)


@hr(Act.READ)
@or_not_here
@require_safe
def one(request: SeatRequest, list_id: int) -> HttpResponse:
    """A list: its state, every difference, and each form."""
    page = queries.list_page(list_id, request.seat.employer_code)
    ended = page.row.closed_at is not None
    context = {
        "page": page,
        "row": page.row,
        "state": words.state_of(page.row, begun=page.has_begun),
        "ended": ended and not page.row.is_cancelled,
        "can_cancel": not ended and not page.has_begun,
        "differing": [] if page.row.is_cancelled else _shown(page, page.differing),
        "lines": _shown(page, page.listed),
        "withdrawn": 0 if ended else sum(not line.full_name and not line.is_there for line in page.listed),
    }
    return frame.page(request, "employer/handing_in/list.html", context)


def _shown(page: ListPage, lines: list[Line]) -> list[tuple[Line, str, Words, Words]]:
    ended = page.row.closed_at is not None
    return [(line, *words.of_line(line, ended=ended)) for line in lines]


@hr(Act.WORK)
@or_not_here
@require_safe
def paper(request: SeatRequest, list_id: int) -> HttpResponse:
    """The list to print, with its barcodes."""
    number, content = list_paper.as_pdf(list_id, request.seat.employer_code)
    return pdfs.to_keep(f"bang-ke-{number}", content)


@hr(Act.READ)
@or_not_here
@require_safe
def receipt_paper(request: SeatRequest, list_id: int) -> HttpResponse:
    """The office's receipt of an ended list."""
    number, content = receipt.of_employer(list_id, request.seat.employer_code)
    return pdfs.to_keep(f"bien-nhan-{number}", content)


@hr(Act.WORK)
@or_not_here
@require_POST
def cancel(request: SeatRequest, list_id: int) -> HttpResponse:
    """Take a list back that no counter has begun."""
    of_employer.cancel(list_id, request.seat.employer_code, by=request.actor, now=timezone.now())
    return redirect("employer:list", list_id)


routes: list[URLPattern] = [
    path("don-vi/bang-ke", index, name="lists"),
    path("don-vi/bang-ke/moi", new, name="new_list"),
    path("don-vi/bang-ke/<int:list_id>", one, name="list"),
    path("don-vi/bang-ke/<int:list_id>/bang-ke.pdf", paper, name="list_paper"),
    path("don-vi/bang-ke/<int:list_id>/bien-nhan.pdf", receipt_paper, name="list_receipt"),
    path("don-vi/bang-ke/<int:list_id>/huy", cancel, name="list_cancel"),
]
