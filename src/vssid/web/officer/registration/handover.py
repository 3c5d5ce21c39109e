"""/can-bo/bang-ke: a pile of forms with a list of its numbers, ticked off by scanning."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vssid.domain.employers.handing_in import at_counter
from vssid.domain.employers.handing_in import queries as employers
from vssid.domain.employers.handing_in import receipt as receipts
from vssid.domain.offices.rights import Right
from vssid.domain.registration.desk.receiving import Outcome
from vssid.domain.registration.handover import lists
from vssid.domain.registration.handover.lists import BadNumbers, Line, ListClosed, ListView
from vssid.kernel.errors import Invalid
from vssid.web.ui import pdfs
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..casework.words import Words
from ..errors import or_not_here
from . import receiving

LONGEST = 20_000  # characters of typed numbers
WRONG: dict[str, Words] = {
    "required": gettext_lazy("Nhập ít nhất một số hồ sơ."),
    "too_many": gettext_lazy("Một bảng kê có nhiều nhất 300 hồ sơ. Hãy chia thành hai bảng kê."),
}
NOT_LISTED = (
    "warn",
    gettext_lazy("Không có trong bảng kê"),
    gettext_lazy("Bảng kê không ghi hồ sơ này. Hỏi lại người giao chồng tờ khai."),
)


@may(Right.CHECK_PAPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def handovers(request: VisitRequest) -> HttpResponse:
    """GET lists the office's lists and offers a new one; POST makes it of the numbers typed."""
    if request.method != "POST":
        return _lists(request)
    typed = request.POST.get("so-ho-so", "")[:LONGEST]
    try:
        list_id = lists.make(typed, by=request.actor, now=timezone.now())
    except BadNumbers as refused:
        said = _("Không phải số hồ sơ: %(numbers)s.") % {"numbers": ", ".join(refused.numbers)}
        return _lists(request, typed=typed, wrong=said, status=422)
    except Invalid as invalid:
        return _lists(request, typed=typed, wrong=WRONG[invalid.fields["numbers"]], status=422)
    return HttpResponseRedirect(reverse("officer:handover", args=[list_id]))


def _lists(request: VisitRequest, *, typed: str = "", wrong: Words = "", status: int = 200) -> HttpResponse:
    context = {"rows": lists.latest(by=request.actor), "typed": typed, "wrong": wrong, "most": lists.MOST}
    return frame.page(request, "officer/registration/handovers.html", context, status=status)


@may(Right.CHECK_PAPERS)
@require_http_methods(["GET", "HEAD", "POST"])
@or_not_here
def handover(request: VisitRequest, list_id: int) -> HttpResponse:
    """One list; without a script each scan is a form of its own."""
    line = None
    if request.method == "POST":
        try:
            line = _scanned(request, list_id)
        except ListClosed:
            return HttpResponseRedirect(reverse("officer:handover", args=[list_id]))
    return _page(request, lists.view(list_id, by=request.actor), line)


def _page(request: VisitRequest, view: ListView, line: dict[str, Any] | None) -> HttpResponse:
    context = {
        "handover": view,
        "line": line,
        "employer": employers.named(view.employer_code) if view.employer_code else None,
        "differing": [(each, *receiving.WORDS[Outcome(each.outcome)]) for each in view.differing],
        "extra": [(each, NOT_LISTED[0], NOT_LISTED[1], _extra(each)) for each in view.extra],
        "can_print_receipt": view.closed_at is not None and view.employer_code and not view.is_cancelled,
    }
    return frame.page(request, "officer/registration/handover.html", context)


def _extra(line: Line) -> str:
    """What to do with a sheet that the list does not name, and what became of it."""
    _pill, title, text = receiving.WORDS[Outcome(line.outcome)]
    return f"{NOT_LISTED[2]} {title}: {text}"


@may(Right.CHECK_PAPERS)
@require_POST
@or_not_here
def scan(request: VisitRequest, list_id: int) -> HttpResponse:
    """One scan, as the line to be shown; 409 when a colleague has ended the list."""
    try:
        line = _scanned(request, list_id)
    except ListClosed:
        return HttpResponse(status=409)
    return render(request, "officer/registration/receipt.html", {"line": line})


@may(Right.CHECK_PAPERS)
@require_POST
@or_not_here
def close(request: VisitRequest, list_id: int) -> HttpResponse:
    """End the list with the differences it has."""
    at_counter.close(list_id, by=request.actor, now=timezone.now())
    return HttpResponseRedirect(reverse("officer:handover", args=[list_id]))


@may(Right.CHECK_PAPERS)
@require_GET
@or_not_here
def receipt_paper(request: VisitRequest, list_id: int) -> HttpResponse:
    """The signed receipt of an ended list of an employer, to print for who brought the pile."""
    number, pdf = receipts.at_office(list_id, by=request.actor)
    return pdfs.to_print(f"bien-nhan-{number}", pdf)


def _scanned(request: VisitRequest, list_id: int) -> dict[str, Any]:
    receipt, is_listed = at_counter.receive(
        list_id,
        request.POST.get("ma", ""),
        by=request.actor,
        now=timezone.now(),
        again="lai" in request.POST,
        unsigned="chua-ky" in request.POST,
    )
    line = receiving.line_of(receipt)
    if is_listed or receipt.outcome is Outcome.UNKNOWN:
        return line
    pill, title, text = NOT_LISTED
    what = "" if receipt.outcome is Outcome.RECEIVED else f" {line['title']}: {line['text']}"
    return line | {
        "pill": pill,
        "title": title,
        "text": f"{text}{what}",
        "sound": "not_listed",
        "is_news": True,
    }


HERE = "can-bo/bang-ke"
routes = [
    path(HERE, handovers, name="handovers"),
    path(f"{HERE}/<int:list_id>", handover, name="handover"),
    path(f"{HERE}/<int:list_id>/quet", scan, name="handover_scan"),
    path(f"{HERE}/<int:list_id>/xong", close, name="handover_close"),
    path(f"{HERE}/<int:list_id>/bien-nhan.pdf", receipt_paper, name="handover_receipt"),
]
