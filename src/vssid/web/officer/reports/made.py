"""/can-bo/bao-cao/da-lap: reports made for the post each week or month, and which are."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from vssid.domain.offices.rights import Right
from vssid.domain.reports import makers, schedules
from vssid.domain.reports.models import Made
from vssid.domain.reports.paper import letter, tables
from vssid.kernel.errors import Invalid
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..casework.lists import address, numbered, pager
from ..errors import or_not_here
from ..security.asking import asks_again
from . import pages
from .words import Words

PER_PAGE = 50
RHYTHMS: dict[str, Any] = {
    "weekly": _("Mỗi tuần, thứ Hai đến Chủ nhật"),
    "monthly": _("Mỗi tháng"),
}
KINDS = {"pdf": letter.PDF, "xlsx": tables.XLSX}
WRONG: dict[tuple[str, str], Any] = {
    ("report", "already"): _("Vị trí này đã có lịch lập báo cáo này."),
    ("report", "bad_choice"): _("Hãy chọn báo cáo trong danh sách."),
    ("rhythm", "bad_choice"): _("Hãy chọn lập mỗi tuần hay mỗi tháng."),
}


class ScheduleForm(forms.Form):
    """Which report, how often."""

    report = forms.ChoiceField(
        label=_("Báo cáo"),
        error_messages={
            "required": WRONG["report", "bad_choice"],
            "invalid_choice": WRONG["report", "bad_choice"],
        },
    )
    rhythm = forms.ChoiceField(
        label=_("Lập khi nào"),
        choices=list(RHYTHMS.items()),
        error_messages={
            "required": WRONG["rhythm", "bad_choice"],
            "invalid_choice": WRONG["rhythm", "bad_choice"],
        },
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["report"].choices = [(name, title(name)) for name in makers.names()]  # type: ignore[attr-defined]


def title(report: str) -> Words:
    """What a report is called; its name where nobody makes it any more."""
    made = pages.REPORTS.get(f"officer:{report}")
    return made[0] if made else report


@may(Right.SEE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: VisitRequest) -> HttpResponse:
    """GET what was made; POST asks for a report each week or month."""
    by = request.actor
    form = ScheduleForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            schedules.ask(form.cleaned_data["report"], form.cleaned_data["rhythm"], by=by, now=timezone.now())
        except Invalid as invalid:
            for name, code in invalid.fields.items():
                form.add_error(name, str(WRONG[name, code]))
        else:
            return HttpResponseRedirect(address("officer:reports_made", da="lich"))
    page = Paginator(schedules.made(by), PER_PAGE).get_page(request.GET.get("trang", "1")[:6])
    context = {
        "rows": list(page),
        "own": [(row, title(row.report), RHYTHMS[row.rhythm]) for row in schedules.own(by)],
        "form": form,
        "page": pager(page, lambda number: address("officer:reports_made", trang=numbered(number))),
        "done": request.GET.get("da") == "lich",
        "months": schedules.KEPT.days // 30,
    }
    return frame.page(request, "officer/reports/made.html", context, status=422 if form.errors else 200)


@may(Right.SEE_REPORTS)
@require_POST
@or_not_here
def end(request: VisitRequest, schedule_id: int) -> HttpResponse:
    """…/lich/<number>/thoi: it is made no more."""
    schedules.end(schedule_id, by=request.actor, now=timezone.now())
    return HttpResponseRedirect(reverse("officer:reports_made"))


@may(Right.SEE_REPORTS)
@require_POST
@asks_again
@or_not_here
def take(request: VisitRequest, made_id: int) -> HttpResponse:
    """…/<number>: POST `dang`, pdf or xlsx, gives the file as it was made."""
    form = request.POST.get("dang", "")
    row, content = schedules.take(made_id, form, by=request.actor, now=timezone.now())
    response = HttpResponse(content, content_type=KINDS[form])
    response["Content-Disposition"] = f'attachment; filename="{_name(row)}.{form}"'
    return response


def _name(row: Made) -> str:
    return f"bao-cao-{row.office_code}-{row.since:%Y%m%d}-{row.until:%Y%m%d}-{row.id}"


HERE = "can-bo/bao-cao/da-lap"
routes = [
    path(HERE, listed, name="reports_made"),
    path(f"{HERE}/<int:made_id>", take, name="report_made_take"),
    path(f"{HERE}/lich/<int:schedule_id>/thoi", end, name="schedule_end"),
]
