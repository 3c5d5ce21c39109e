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
from . import funnel, lists, progress, texts, trend
from . import offices as comparing
from .asked import Asked
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
    "officer:report_texts": (_("Tin nhắn"), texts.sheet),
}


@may(Right.SEE_REPORTS)
@require_safe
@or_not_here
def report(request: VisitRequest) -> HttpResponse:
    """GET the report of this route; days that cannot be read are said beside the field."""
    route = f"officer:{request.resolver_match.url_name}" if request.resolver_match else ""
    asked = asking.read(request.GET, request.actor, local_day(timezone.now()))
    return shown(request, asked, REPORTS[route][1](asked), route=route)


@may(Right.SEE_REPORTS)
@require_safe
@or_not_here
def files(request: VisitRequest) -> HttpResponse:
    """/can-bo/bao-cao/ho-so: the files behind a figure."""
    asked = asking.read(request.GET, request.actor, local_day(timezone.now()))
    return shown(request, asked, lists.files(asked, request.GET), back=asked.at("officer:report"))


@may(Right.SEE_REPORTS)
@require_safe
@or_not_here
def workers(request: VisitRequest) -> HttpResponse:
    """/can-bo/bao-cao/lao-dong: the workers behind a figure of one employer."""
    asked = asking.read(request.GET, request.actor, local_day(timezone.now()))
    made = lists.workers(asked, request.GET)
    return shown(request, asked, made, back=asked.at("officer:report_progress", **{"don-vi": ""}))


def shown(
    request: VisitRequest,
    asked: Asked,
    made: Sheet,
    *,
    route: str = "",
    back: str = "",
    trouble: Words = "",
) -> HttpResponse:
    """A sheet as a page; `trouble`: why a file was not made of it."""
    status = 422 if asked.form.errors or trouble else 200
    context: dict[str, Any] = {
        "sheet": made,
        "asked": asked,
        "route": reverse(route) if route else "",
        "tabs": [(asked.at(name), said) for name, (said, _make) in REPORTS.items()],
        "tab_here": asked.at(route) if route else "",
        "as_of": counting.as_of(),
        "place": offices.office(asked.scope.head),
        "back": back,
        "trouble": trouble,
        "report_name": route.removeprefix("officer:"),
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
    path(f"{HERE}/tin-nhan", report, name="report_texts"),
    path(f"{HERE}/ho-so", files, name="report_files"),
    path(f"{HERE}/lao-dong", workers, name="report_workers"),
]
