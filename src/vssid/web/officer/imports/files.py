"""One upload: how far it is, its report, its refused rows; and the templates."""

from __future__ import annotations

from typing import Any, TypeVar, cast
from urllib.parse import quote

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from vssid.domain.imports import templates
from vssid.domain.imports.check import error_file
from vssid.domain.imports.registry import UnknownKind, importer
from vssid.domain.imports.uploads import confirming, queries
from vssid.domain.imports.uploads import submission as imports
from vssid.domain.offices.rights import Right
from vssid.web.ui.access import VisitRequest, may
from vssid.web.ui.errors import register_page

from .. import frame
from ..security.asking import asks_again, asks_again_to_take
from . import words

# Without a script the page loads itself anew; it stops some time, as somebody away must not stay signed in.
RELOADS = 120
LARGEST_BOOK = 20 << 20  # bytes of an error file that is offered as a workbook too: that is made in memory
R = TypeVar("R", bound=HttpResponseBase)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX}

register_page(
    "upload_not_waiting",
    status=409,
    title=_("Không hủy được nữa"),
    text=_("Tệp đang được nạp hoặc đã xong. Hãy xem kết quả ở danh sách."),
    action=(_("Về trang nhập liệu"), reverse_lazy("officer:imports")),
)
register_page(
    "upload_not_shown",
    status=409,
    title=_("Không xác nhận được bản xem trước này"),
    text=_("Tệp đã được xác nhận, đã hủy, hoặc có bản xem trước mới hơn. Thao tác này không ghi gì."),
    action=(_("Về trang nhập liệu"), reverse_lazy("officer:imports")),
)
register_page(
    "import_cannot_undo",
    status=409,
    title=_("Không hoàn tác được lần nạp này"),
    text=_("Lần nạp không ghi gì, đã được hoàn tác, hoặc đã quá thời hạn hoàn tác. Dữ liệu vẫn như trước."),
    action=(_("Về trang nhập liệu"), reverse_lazy("officer:imports")),
)
register_page(
    "upload_needs_second",
    status=409,
    title=_("Cần người thứ hai xác nhận"),
    text=_("Tệp đổi nhiều dữ liệu nên phải do một cán bộ dữ liệu khác của cơ quan xác nhận."),
    action=(_("Về trang nhập liệu"), reverse_lazy("officer:imports")),
)


@may(Right.SEE_LOADS)
@require_safe
def upload(request: VisitRequest, upload_id: int) -> HttpResponse:
    """/can-bo/nhap-lieu/…: progress while it runs, then the report."""
    upload_view = queries.upload(upload_id, by=request.actor)
    context = _progress(upload_view) | {"reload": _reload(request) if upload_view.is_open else 0}
    if upload_view.report is not None:
        context["as_book"] = upload_view.errors_size <= LARGEST_BOOK
        examples = queries.examples(upload_id, by=request.actor)
        context["changes"] = words.changes(upload_view.report, examples)
        context["reasons"] = words.reasons(queries.refused(upload_view.report.run_id), upload_view.kind)
        context["asides"] = words.asides(upload_view.report.run_id, upload_view.kind)
    context["undo"] = queries.undo_of(upload_id, by=request.actor, now=timezone.now())
    if context["undo"] is not None and context["undo"].report is not None:
        context["undo_left"] = words.left_by_undo(context["undo"].report.run_id)
    if upload_view.shown is not None:
        context["may_confirm"] = upload_view.shown.asked_at is None or upload_view.by_id != request.actor.id
    if upload_view.refusal:
        context["refusal"] = words.refusal(upload_view.refusal, upload_view.kind)
    return frame.page(request, "officer/imports/import.html", context)


def _reload(request: VisitRequest) -> int:
    """The number of the next reload; 0 when there were enough."""
    text = request.GET.get("lan", "0")
    times = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
    return times + 1 if times < RELOADS else 0


@may(Right.SEE_LOADS)
@require_safe
def progress(request: VisitRequest, upload_id: int) -> HttpResponse:
    """/can-bo/nhap-lieu/…/tien-do: the part of the page that changes, asked for each second."""
    upload_view = queries.upload(upload_id, by=request.actor)
    return render(request, "officer/imports/progress.html", _progress(upload_view))


def _progress(upload_view: queries.UploadView) -> dict[str, Any]:
    return {
        "upload": upload_view,
        "report": upload_view.report,
        "kind": words.kind(upload_view.kind),
        "headings": words.read_as(upload_view.headings, upload_view.kind),
        "order": words.order(upload_view.report.order if upload_view.report else ""),
        "state": words.state(upload_view),
        "size": words.size(upload_view.size),
        "said": words.now_doing(upload_view),
        "rate": words.rate(upload_view.pace),
        "left": words.left(upload_view.pace),
    }


@may(Right.LOAD_FILES)
@require_POST
def cancel(request: VisitRequest, upload_id: int) -> HttpResponse:
    """/can-bo/nhap-lieu/…/huy: take back a file that still waits."""
    imports.cancel(upload_id, by=request.actor, now=timezone.now())
    return redirect("officer:import", upload_id)


@may(Right.CONFIRM_LOADS)
@asks_again
@require_POST
def confirm(request: VisitRequest, upload_id: int) -> HttpResponse:
    """/can-bo/nhap-lieu/…/xac-nhan: load what the page showed, named by its run."""
    shown = request.POST.get("shown", "")
    run_id = int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 19 else 0
    confirming.confirm(upload_id, run_id, by=request.actor, now=timezone.now())
    return redirect("officer:import", upload_id)


@may(Right.LOAD_FILES)
@asks_again
@require_POST
def undo(request: VisitRequest, upload_id: int) -> HttpResponse:
    """/can-bo/nhap-lieu/…/hoan-tac: have what the file wrote taken back."""
    imports.ask_undo(upload_id, by=request.actor, now=timezone.now())
    return redirect("officer:import", upload_id)


@may(Right.LOAD_FILES)
@require_POST
def forget(request: VisitRequest, upload_id: int) -> HttpResponse:
    """/can-bo/nhap-lieu/…/quen-tieu-de: ask anew what the headings of this sender mean."""
    imports.forget_headings(upload_id, by=request.actor, now=timezone.now())
    return redirect("officer:import", upload_id)


@may(Right.SEE_LOADS)
@asks_again_to_take
@require_GET
def errors(request: VisitRequest, upload_id: int) -> HttpResponse:
    """/can-bo/nhap-lieu/…/loi: the refused rows, to be corrected and handed in again."""
    upload_view = queries.upload(upload_id, by=request.actor)
    chunks = imports.refused_rows(upload_id, by=request.actor, now=timezone.now())
    response = StreamingHttpResponse(chunks, content_type=TYPES["csv"])
    # Django has no common name for both that the marks of views know.
    return cast("HttpResponse", _attached(response, f"{upload_view.kind}-{upload_view.id}-loi.csv"))


@may(Right.SEE_LOADS)
@asks_again_to_take
@require_GET
def errors_xlsx(request: VisitRequest, upload_id: int) -> HttpResponse:
    """/can-bo/nhap-lieu/…/loi.xlsx: the same as a workbook of text, which a spreadsheet leaves as it is."""
    upload_view = queries.upload(upload_id, by=request.actor)
    if upload_view.errors_size > LARGEST_BOOK:
        raise Http404
    chunks = imports.refused_rows(upload_id, by=request.actor, now=timezone.now())
    response = HttpResponse(error_file.as_xlsx(chunks), content_type=XLSX)
    return _attached(response, f"{upload_view.kind}-{upload_view.id}-loi.xlsx")


@may(Right.SEE_LOADS)
@require_GET
def template(request: VisitRequest, kind: str, form: str) -> HttpResponse:
    """/can-bo/nhap-lieu/mau/KIND.csv and .xlsx: an empty file of the kind."""
    make = templates.MAKERS.get(form)
    if make is None:
        raise Http404
    try:
        made = make(importer(kind))
    except UnknownKind:
        raise Http404 from None
    return _attached(HttpResponse(made, content_type=TYPES[form]), f"{kind}.{form}")


@may(Right.SEE_LOADS)
@require_safe
def by_command(request: VisitRequest, run_id: int) -> HttpResponse:
    """/can-bo/nhap-lieu/lenh/…: the report of a run from the command line."""
    report = queries.run_by_command(run_id, by=request.actor)
    context = {
        "report": report,
        "kind": words.kind(report.kind),
        "headings": words.read_as(report.headings, report.kind),
        "order": words.order(report.order),
        "state": words.run_state(report),
        "changes": words.changes(report, {}),
        "reasons": words.reasons(queries.refused(run_id), report.kind),
        "asides": words.asides(run_id, report.kind),
    }
    return frame.page(request, "officer/imports/by_command.html", context)


def _attached(response: R, name: str) -> R:
    """Offer it as a file, kept by nobody on the way."""
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["Cache-Control"] = "no-store, private"
    return response
