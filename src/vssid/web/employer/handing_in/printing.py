"""/don-vi/to-khai: form 01 of all workers who agreed, in one PDF that a job makes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vssid.domain.employers.handing_in import printing, queries
from vssid.domain.employers.handing_in.errors import NothingChosen
from vssid.domain.employers.models.printing import PrintRun
from vssid.domain.employers.seats.roles import Act
from vssid.kernel.errors import NotYours
from vssid.web.ui import pdfs
from vssid.web.ui.errors import register_page

from .. import frame
from ..errors import or_not_here
from ..seat import SeatRequest, hr
from . import words
from .lists import per_office

# Without a script the page loads itself anew, for so long: somebody away must not stay signed in.
RELOADS = timedelta(minutes=5)

register_page(
    "print_put_away",
    status=409,
    title=gettext_lazy("Tệp này không còn"),
    text=gettext_lazy("Đã hết ngày lưu, đã xóa, hoặc có người trong tệp vừa rút đồng ý. Hãy tạo tệp mới."),
    action=(gettext_lazy("Về trang tờ khai"), reverse_lazy("employer:prints")),
)
register_page(
    "print_not_ready",
    status=409,
    title=gettext_lazy("Tệp đang được tạo"),
    text=gettext_lazy("Trang của tệp cho biết tiến độ; tải được khi xong."),
    action=(gettext_lazy("Về trang tờ khai"), reverse_lazy("employer:prints")),
)


@hr(Act.READ, change=Act.WORK)
@or_not_here
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: SeatRequest) -> HttpResponse:
    """GET what can be printed and what was; POST has one PDF made, of an office (`co-quan`) or of a list
    (`bang-ke`)."""
    if request.method != "POST":
        return _index(request)
    try:
        run_id = printing.ask(
            request.seat.employer_code,
            office=request.POST.get("co-quan", "")[:5],
            list_id=_list_of(request),
            by=request.actor,
            now=timezone.now(),
        )
    except NothingChosen:
        return _index(request, wrong=_("Không còn tờ khai nào để in ở đây."), status=422)
    return redirect("employer:print", run_id)


def _list_of(request: SeatRequest) -> int | None:
    """The list whose forms are asked for, None for none. Raises NotYours for what is no number of one."""
    listed = request.POST.get("bang-ke", "")
    if not listed:
        return None
    if not (listed.isascii() and listed.isdigit() and len(listed) < 18):
        raise NotYours
    return int(listed)


def _index(request: SeatRequest, *, wrong: str = "", status: int = 200) -> HttpResponse:
    employer = request.seat.employer_code
    ready = queries.ready(employer, now=timezone.now())
    context = {
        "rows": [(row, *words.of_run(row)) for row in printing.latest(employer)],
        "many": len(ready),
        "ready": per_office(ready),
        "most": printing.MOST,
        "days": printing.KEPT.days,
        "wrong": wrong,
    }
    return frame.page(request, "employer/handing_in/prints.html", context, status=status)


@hr(Act.READ)
@or_not_here
@require_safe
def one(request: SeatRequest, run_id: int) -> HttpResponse:
    """How far a PDF is, then the PDF."""
    row = printing.one(run_id, request.seat.employer_code)
    context = _run(row) | {
        "left_out": printing.left_out(row),
        "printed": row.total - row.left_out,
        "reloads": row.state == PrintRun.State.MAKING and timezone.now() - row.made_at < RELOADS,
    }
    return frame.page(request, "employer/handing_in/print.html", context)


@hr(Act.READ)
@or_not_here
@require_safe
def progress(request: SeatRequest, run_id: int) -> HttpResponse:
    """The part of the page that changes, asked for each second by its script."""
    row = printing.one(run_id, request.seat.employer_code)
    return render(request, "employer/handing_in/progress.html", _run(row))


def _run(row: PrintRun) -> dict[str, Any]:
    state, tone, why = words.of_run(row)
    return {
        "row": row,
        "state": state,
        "tone": tone,
        "why": why,
        "making": row.state == PrintRun.State.MAKING,
    }


@hr(Act.WORK)
@or_not_here
@require_safe
def paper(request: SeatRequest, run_id: int) -> HttpResponse:
    """The PDF."""
    employer = request.seat.employer_code
    content = printing.content(run_id, employer, by=request.actor, now=timezone.now())
    return pdfs.to_keep(f"to-khai-mau-01-{employer}-{run_id}", content)


@hr(Act.WORK)
@or_not_here
@require_POST
def drop(request: SeatRequest, run_id: int) -> HttpResponse:
    """Put it away."""
    printing.drop(run_id, request.seat.employer_code, by=request.actor, now=timezone.now())
    return redirect("employer:prints")


routes: list[URLPattern] = [
    path("don-vi/to-khai", index, name="prints"),
    path("don-vi/to-khai/<int:run_id>", one, name="print"),
    path("don-vi/to-khai/<int:run_id>/tien-do", progress, name="print_progress"),
    path("don-vi/to-khai/<int:run_id>/to-khai.pdf", paper, name="print_paper"),
    path("don-vi/to-khai/<int:run_id>/bo", drop, name="print_drop"),
]
