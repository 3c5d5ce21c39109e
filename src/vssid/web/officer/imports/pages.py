"""/can-bo/nhap-lieu: hand in a file, templates, and what was loaded before."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from vssid.domain.imports.check import messages
from vssid.domain.imports.errors import BadFile
from vssid.domain.imports.queries import report_of
from vssid.domain.imports.read.written_days import Order
from vssid.domain.imports.registry import importer
from vssid.domain.imports.uploads import clear_files, queries
from vssid.domain.imports.uploads import submission as imports
from vssid.domain.offices.rights import Right, rights_of
from vssid.web.ui.access import VisitRequest, may
from vssid.web.ui.uploads import DiskUploadHandler

from .. import frame
from ..casework.lists import address, pager
from . import headings, words

PER_PAGE = 20
MEGABYTE = 1024 * 1024


def _kinds() -> list[tuple[str, Any]]:
    return [
        ("", gettext_lazy("Chọn loại")),
        *((kind, words.kind(kind)) for kind in words.in_order()),
    ]


class UploadForm(forms.Form):
    """A file, what it holds and who sent it."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Loại dữ liệu"),
        choices=_kinds,
        error_messages={
            "required": gettext_lazy("Hãy chọn loại dữ liệu."),
            "invalid_choice": gettext_lazy("Loại dữ liệu này không có. Hãy chọn trong danh sách."),
        },
    )
    sender = forms.CharField(
        label=gettext_lazy("Nguồn dữ liệu"),
        help_text=gettext_lazy("Được lưu làm nguồn của từng dòng."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Hãy ghi nguồn dữ liệu."),
            "max_length": gettext_lazy("Nguồn dài quá 100 ký tự. Hãy viết ngắn lại."),
        },
    )
    dry_run = forms.BooleanField(
        label=gettext_lazy("Chỉ kiểm tra"),
        help_text=gettext_lazy("Đếm dòng mới, đổi, lỗi; không ghi gì vào dữ liệu."),
        required=False,
    )
    blanks_erase = forms.BooleanField(
        label=gettext_lazy("Ô trống xóa giá trị đang có"),
        help_text=gettext_lazy("Nếu không chọn, ô trống và cột không có trong tệp giữ nguyên dữ liệu."),
        required=False,
    )
    order = forms.ChoiceField(
        label=gettext_lazy("Cách hiểu ngày"),
        help_text=gettext_lazy("Chỉ cần chọn khi hệ thống báo tệp có ngày đáng ngờ."),
        choices=words.ORDERS,
        required=False,
    )
    # Last: when the file is too large the fields before it are known already.
    file = forms.FileField(
        label=gettext_lazy("Tệp"),
        max_length=255,
        error_messages={
            "required": gettext_lazy("Hãy chọn tệp cần nhập."),
            "invalid": gettext_lazy("Hãy chọn tệp cần nhập."),
            "empty": gettext_lazy("Tệp trống; cần dòng tiêu đề và các dòng dữ liệu."),
            "max_length": gettext_lazy("Tên tệp dài quá 255 ký tự. Hãy đổi tên ngắn hơn."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.gz,.xlsx,.parquet"}),
    )


def _large_files(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let who loads files send large ones. It must be said before anything reads the form, so the check of
    the form's origin comes after it and not, as elsewhere, before the view."""

    checked = csrf_protect(view)

    @wraps(view)
    def wrapper(request: VisitRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST" or Right.LOAD_FILES not in rights_of(request.actor.role):
            return checked(request, *args, **kwargs)
        handler = DiskUploadHandler(request, make=clear_files.incoming, most=settings.IMPORT_UPLOAD_LIMIT)
        request.upload_handlers = [handler]
        try:
            return checked(request, *args, **kwargs)
        finally:
            handler.drop_unfinished()

    wrapper.takes_large_files = True  # type: ignore[attr-defined]
    return csrf_exempt(wrapper)


@_large_files
@may(Right.SEE_LOADS, change=Right.LOAD_FILES)
@require_http_methods(["GET", "HEAD", "POST"])
def uploads(request: VisitRequest) -> HttpResponse:
    """/can-bo/nhap-lieu: the form and this office's uploads; a file that is taken leads to its page."""
    if request.method != "POST":
        return _page(request, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    valid = form.is_valid()
    if getattr(request, "too_large", False):
        form.errors["file"] = form.error_class([_too_large()])
        return _page(request, form, status=413)
    if not valid:
        return _page(request, form, status=422)
    try:
        return redirect("officer:import", _receive(request, form.cleaned_data))
    except BadFile as refused:
        kind = importer(form.cleaned_data["kind"])
        form.add_error("file", messages.file_sentence(refused, kind))
        return _page(request, form, status=422, strange=headings.asked(request, refused, kind))


def _receive(request: VisitRequest, given: dict[str, Any]) -> int:
    file: UploadedFile[Any] = given["file"]
    delivery = imports.Delivery(
        given["kind"],
        file.name or "",
        given["sender"],
        given["dry_run"],
        given["blanks_erase"],
        Order(given["order"]),
        headings.told(request, given["kind"]),
    )
    assert file.file is not None
    return imports.receive(Path(file.file.name or ""), delivery, by=request.actor, now=timezone.now())


def _too_large() -> str:
    most = settings.IMPORT_UPLOAD_LIMIT // MEGABYTE
    return _(
        "Tệp lớn hơn %(most)d MB. Hãy nén gzip, chia tệp, hoặc nhờ quản trị hệ thống nạp bằng dòng lệnh."
    ) % {"most": most}


def _page(
    request: VisitRequest,
    form: UploadForm,
    *,
    status: int = 200,
    strange: list[headings.Strange] | None = None,
) -> HttpResponse:
    rows = Paginator(queries.uploads_of(request.actor), PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "form": form,
        "strange": strange,
        "kinds": [(kind, *words.KINDS.get(kind, (kind, ""))) for kind in words.in_order()],
        "rows": [_listed(queries.view_of(row)) for row in rows],
        "page": pager(rows, lambda number: address("officer:imports", trang=number)),
        "file_help": _("CSV (UTF-8) hoặc CSV nén gzip, Excel (.xlsx), Parquet. Tối đa %(most)d MB.")
        % {"most": settings.IMPORT_UPLOAD_LIMIT // MEGABYTE},
        "most": settings.IMPORT_UPLOAD_LIMIT,
        "too_large": _too_large(),
        **_tabs("officer:imports"),
    }
    return frame.page(request, "officer/imports/uploads.html", context, status=status)


@may(Right.SEE_LOADS)
@require_safe
def commands(request: VisitRequest) -> HttpResponse:
    """/can-bo/nhap-lieu/lenh: runs that came from the command line."""
    import_runs = queries.runs_by_command(request.actor)
    rows = Paginator(import_runs, PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "rows": [
            {
                "report": report_of(row),
                "kind": words.kind(row.kind),
                "state": words.run_state(report_of(row)),
            }
            for row in rows
        ],
        "page": pager(rows, lambda number: address("officer:import_commands", trang=number)),
        **_tabs("officer:import_commands"),
    }
    return frame.page(request, "officer/imports/commands.html", context)


def _listed(upload: queries.UploadView) -> dict[str, Any]:
    return {
        "upload": upload,
        "kind": words.kind(upload.kind),
        "state": words.state(upload),
    }


def _tabs(here: str) -> dict[str, Any]:
    tabs = {"officer:imports": _("Tệp tải lên"), "officer:import_commands": _("Nạp bằng dòng lệnh")}
    return {"tabs": [(address(route), words) for route, words in tabs.items()], "tab_here": address(here)}
