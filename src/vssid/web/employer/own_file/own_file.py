"""/don-vi/tep: hand in the list that HR keeps, see how it is understood, then take it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vssid.domain.employers.models.own_file import OwnFile
from vssid.domain.employers.own_file import queries, receiving, taking
from vssid.domain.employers.seats.roles import Act
from vssid.domain.imports.read.written_days import Order
from vssid.domain.imports.uploads import clear_files
from vssid.web.ui.errors import register_page

from .. import frame
from ..errors import or_not_here
from ..seat import SeatRequest, hr
from . import words

LARGEST = 8 << 20  # bytes; twenty thousand workers are a quarter of it
# While a file is read its page loads itself anew, for so long: somebody away must not stay signed in.
RELOADS = timedelta(minutes=5)
MOST_HEADINGS = 60

register_page(
    "own_file_not_shown",
    status=409,
    title=_("Tệp không còn chờ xác nhận"),
    text=_("Tệp đã được dùng, đã bỏ, hoặc đang được đọc lại. Thao tác này không thay đổi gì."),
    action=(_("Về trang tệp"), reverse_lazy("employer:own_files")),
)


class FileForm(forms.Form):
    """A file as HR has it."""

    file = forms.FileField(
        label=_("Tệp danh sách"),
        max_length=255,
        help_text=_("Excel (.xlsx) hoặc CSV, cột tên tiếng Việt hay mẫu D02-LT; tối đa 8 MB."),
        error_messages={
            "required": _("Hãy chọn tệp."),
            "invalid": _("Hãy chọn tệp."),
            "empty": _("Tệp trống; cần dòng tiêu đề và các dòng dữ liệu."),
            "max_length": _("Tên tệp dài quá 255 ký tự. Hãy đổi tên ngắn hơn."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self) -> UploadedFile[Any]:
        """Refuse what is larger than any list of workers."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("Tệp lớn hơn 8 MB. Hãy bỏ ảnh trong tệp hoặc chia tệp."))
        return file


@hr(Act.READ, change=Act.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: SeatRequest) -> HttpResponse:
    """GET the files handed in; POST hands one in."""
    if request.method != "POST":
        return _list(request, FileForm())
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, form, status=422)
    file: UploadedFile[Any] = form.cleaned_data["file"]
    with clear_files.incoming(file.name or "") as clear:
        for chunk in file.chunks():
            clear.write(chunk)
        clear.flush()
        number = receiving.receive(
            Path(clear.name),
            request.seat.employer_code,
            file_name=file.name or "",
            by=request.actor,
            now=timezone.now(),
        )
    return redirect("employer:own_file", number)


def _list(request: SeatRequest, form: FileForm, *, status: int = 200) -> HttpResponse:
    rows = [(row, *words.STATES[row.state]) for row in queries.newest(request.seat.employer_code)]
    return frame.page(request, "employer/own_file/files.html", {"form": form, "rows": rows}, status=status)


@hr(Act.READ)
@or_not_here
@require_safe
def file(request: SeatRequest, file_id: int) -> HttpResponse:
    """How a file is understood, and what taking it would do."""
    row = queries.one(file_id, request.seat.employer_code)
    name, tone = words.STATES[row.state]
    context = {
        "row": row,
        "state": name,
        "tone": tone,
        "refusal": words.refusal(row) if row.state == OwnFile.State.REFUSED else "",
        "headings": words.headings(row),
        "columns": words.columns(),
        "unknown": row.refusal.get("reason") == "header",
        "is_open": row.state in OwnFile.OPEN,
    }
    answer = frame.page(request, "employer/own_file/file.html", context)
    if row.state == OwnFile.State.READING and timezone.now() - row.made_at < RELOADS:
        answer["Refresh"] = "2"
    return answer


@hr(Act.WORK)
@or_not_here
@require_POST
def match(request: SeatRequest, file_id: int) -> HttpResponse:
    """Say what headings mean; the file is read again."""
    given = zip(request.POST.getlist("tieu-de"), request.POST.getlist("cot"), strict=False)
    meant = {
        said[:100]: "" if name == words.PASS_OVER else name for said, name in list(given)[:MOST_HEADINGS]
    }
    receiving.mean(
        file_id, request.seat.employer_code, meant, order=Order.UNSAID, by=request.actor, now=timezone.now()
    )
    return redirect("employer:own_file", file_id)


@hr(Act.WORK)
@or_not_here
@require_POST
def take(request: SeatRequest, file_id: int) -> HttpResponse:
    """Take what was shown; the differences are the next page."""
    taking.take(file_id, request.seat.employer_code, by=request.actor, now=timezone.now())
    return redirect("employer:differences")


@hr(Act.WORK)
@or_not_here
@require_POST
def drop(request: SeatRequest, file_id: int) -> HttpResponse:
    """Put an open file away."""
    receiving.drop(file_id, request.seat.employer_code, by=request.actor, now=timezone.now())
    return redirect("employer:own_files")


@hr(Act.WORK)
@or_not_here
@require_safe
def refused(request: SeatRequest, file_id: int) -> HttpResponse:
    """The rows that were refused, to be mended and handed in again."""
    row = queries.one(file_id, request.seat.employer_code)
    content = b"".join(queries.refused_rows(file_id, row.employer_code))
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = quote(f"loi-{Path(row.file_name).stem}.csv")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


routes: list[URLPattern] = [
    path("don-vi/tep", files, name="own_files"),
    path("don-vi/tep/<int:file_id>", file, name="own_file"),
    path("don-vi/tep/<int:file_id>/cot", match, name="own_file_match"),
    path("don-vi/tep/<int:file_id>/dung", take, name="own_file_take"),
    path("don-vi/tep/<int:file_id>/bo", drop, name="own_file_drop"),
    path("don-vi/tep/<int:file_id>/dong-loi", refused, name="own_file_refused"),
]
