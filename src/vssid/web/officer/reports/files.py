"""/can-bo/bao-cao/tep: a report, or the list behind a figure, taken away as a file, in Vietnamese whoever
reads the page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from django.http import Http404, HttpResponse
from django.urls import path
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vssid.domain.audit import actions as audit
from vssid.domain.offices.rights import Right
from vssid.domain.reports import counting, scope
from vssid.domain.reports.paper import letter, tables
from vssid.domain.reports.paper.printed import Head, Printed, Value
from vssid.kernel.calendar import local_day
from vssid.web.ui.access import VisitRequest, may

from ..errors import or_not_here
from ..security.asking import asks_again
from . import asked as asking
from . import pages
from .asked import Asked
from .sheets import MOST_IN_FILE, Cell, TooMany

FORMS: dict[str, tuple[str, Callable[[Printed], bytes]]] = {
    "csv": (tables.CSV, tables.as_csv),
    "xlsx": (tables.XLSX, tables.as_xlsx),
    "pdf": (letter.PDF, letter.as_pdf),
}


@may(Right.SEE_REPORTS)
@require_POST
@asks_again
@or_not_here
def take(request: VisitRequest, report: str) -> HttpResponse:
    """POST the question of a report or list and `dang` (csv, xlsx; of a report also pdf); that it was taken
    is an event.
    """
    route, form, now = f"officer:{report}", request.POST.get("dang", ""), timezone.now()
    if form not in FORMS or not (route in pages.REPORTS or (route in pages.LISTS and form != "pdf")):
        raise Http404
    asked = asking.read(request.POST, request.actor, local_day(now))
    if asked.form.errors:
        return pages.shown(request, asked, pages.made(route, asked), route=route)
    kind, write = FORMS[form]
    try:
        written = printed(route, asked, now=now)
        content = write(written)
    except (letter.TooLong, TooMany) as too_long:
        said = _said(too_long)
        return pages.shown(request, asked, pages.made(route, asked), route=route, trouble=said)
    facts = {"report": report, "form": form, "rows": len(written.rows), "of": asked.scope.head}
    audit.record("report.taken", subject=request.actor.id or 0, by=request.actor, now=now, facts=facts)
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name(written)}.{form}"'
    return response


def _said(too_long: ValueError) -> str:
    if isinstance(too_long, TooMany):
        most = Cell(MOST_IN_FILE).text
        said = _(
            "Danh sách dài quá %(most)s dòng nên không lập thành tệp được. Hãy thu hẹp số ngày hoặc cơ quan."
        )
    else:
        most = Cell(letter.MOST_ROWS).text
        said = _("Báo cáo dài quá %(most)s dòng nên không lập thành PDF được. Hãy tải XLSX hoặc thu hẹp lại.")
    return said % {"most": most}


def name(written: Printed) -> str:
    """What the file is called, without marks."""
    with translation.override("vi"):
        said = slugify(written.title.replace("đ", "d").replace("Đ", "D"))
    return f"bao-cao-{said}-{written.head.since:%Y%m%d}-{written.head.until:%Y%m%d}"


def printed(route: str, asked: Asked, *, now: datetime) -> Printed:
    """The whole report as plain values."""
    with translation.override("vi"):
        sheet = pages.made(route, replace(asked, is_whole=True))
        return Printed(
            title=str(sheet.title),
            head=_head(asked, now),
            headings=tuple(str(heading.words) for heading in sheet.headings),
            numbers=tuple(heading.is_number for heading in sheet.headings),
            rows=tuple(tuple(map(_value, row)) for row in sheet.rows),
            total=tuple(map(_value, sheet.total or ())),
            notes=tuple(map(str, sheet.notes)),
            facts=tuple((str(said), str(value.text)) for said, value in sheet.facts),
        )


def _head(asked: Asked, now: datetime) -> Head:
    office = scope.place(asked.scope.head)
    return Head(
        office=office.name,
        superior=office.superior,
        place=office.province,
        since=asked.scope.since,
        until=asked.scope.until,
        as_of=counting.as_of(),
        made_at=now,
        is_synthetic=office.is_synthetic,
    )


def _value(cell: Cell) -> Value:
    """Words become text of the file's language."""
    value = cell.value
    return value if value is None or isinstance(value, (int, float, date)) else str(value)


routes = [path("can-bo/bao-cao/tep/<slug:report>", take, name="report_take")]
