"""/can-bo/bao-cao: the reports, each a page of the same make."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from vssid.domain.offices import queries as offices
from vssid.domain.offices.rights import Right
from vssid.domain.reports import counting
from vssid.kernel.calendar import local_day
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..errors import or_not_here
from . import asked as asking
from . import campaigns, funnel, progress, texts, trend
from . import offices as comparing
from .asked import Asked
from .behind import drafts, files, messages, workers
from .sheets import Sheet
from .words import Words

# Route → what it is called among the others, and who makes its sheet.
REPORTS: dict[str, tuple[Words, Callable[[Asked], Sheet]]] = {
    "officer:report": (_("Phễu đăng ký"), funnel.sheet),
    "officer:report_progress": (_("Tiến độ theo đơn vị"), progress.sheet),
    "officer:report_trend": (_("Xu hướng"), trend.sheet),
    "officer:report_ranking": (_("Xếp hạng"), comparing.rank),
    "officer:report_ageing": (_("Đang tồn"), comparing.age),
    "officer:report_refusals": (_("Lý do từ chối"), comparing.refused),
    "officer:report_deciding": (_("Thời gian giải quyết"), comparing.time_taken),
    "officer:report_campaigns": (_("Chiến dịch"), campaigns.sheet),
    "officer:report_texts": (_("Tin nhắn"), texts.sheet),
}


# Route → the report to which it leads back, and who makes its sheet.
LISTS: dict[str, tuple[str, Callable[[Asked], Sheet]]] = {
    drafts.HERE: ("officer:report", drafts.sheet),
    messages.HERE: ("officer:report_texts", messages.sheet),
    files.HERE: ("officer:report", files.sheet),
    workers.HERE: ("officer:report_progress", workers.sheet),
}


@may(Right.SEE_REPORTS)
@require_safe
@or_not_here
def report(request: VisitRequest) -> HttpResponse:
    """GET the report, or the list behind a figure, of this route; days that cannot be read are said beside
    the field.
    """
    route = f"officer:{request.resolver_match.url_name}" if request.resolver_match else ""
    asked = asking.read(request.GET, request.actor, local_day(timezone.now()))
    return shown(request, asked, made(route, asked), route=route)


def made(route: str, asked: Asked) -> Sheet:
    """The sheet of a route."""
    return (REPORTS.get(route) or LISTS[route])[1](asked)


def shown(
    request: VisitRequest, asked: Asked, sheet: Sheet, *, route: str, trouble: Words = ""
) -> HttpResponse:
    """A sheet as a page; `trouble`: why a file was not made of it."""
    status = 422 if asked.form.errors or trouble else 200
    is_list = route in LISTS
    context: dict[str, Any] = {
        "sheet": sheet,
        "asked": asked,
        "route": reverse(route),
        "tabs": [(asked.at(name), said) for name, (said, _make) in REPORTS.items()],
        "tab_here": asked.at(route),
        "as_of": counting.as_of(),
        "place": offices.office(asked.scope.head),
        "back": asked.at(LISTS[route][0], **{"don-vi": ""}) if is_list else "",
        "trouble": trouble,
        "report_name": route.removeprefix("officer:"),
        "forms": ("xlsx", "csv") if is_list else ("pdf", "xlsx", "csv"),
        **asking.choices(asked),
    }
    return frame.page(request, "officer/reports/report.html", context, status=status)


HERE = "can-bo/bao-cao"
routes = [
    path(HERE, report, name="report"),
    path(f"{HERE}/tien-do", report, name="report_progress"),
    path(f"{HERE}/xu-huong", report, name="report_trend"),
    path(f"{HERE}/xep-hang", report, name="report_ranking"),
    path(f"{HERE}/dang-ton", report, name="report_ageing"),
    path(f"{HERE}/tu-choi", report, name="report_refusals"),
    path(f"{HERE}/thoi-gian", report, name="report_deciding"),
    path(f"{HERE}/chien-dich", report, name="report_campaigns"),
    path(f"{HERE}/tin-nhan", report, name="report_texts"),
    path(f"{HERE}/dang-dien", report, name="report_drafts"),
    path(f"{HERE}/ho-so", report, name="report_files"),
    path(f"{HERE}/tin-nhan/danh-sach", report, name="report_messages"),
    path(f"{HERE}/lao-dong", report, name="report_workers"),
]
