"""The office's queue: counts, tabs, sorting, pages; search and scan."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Func, IntegerField, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from vssid.domain.offices.rights import Right
from vssid.domain.registration import queries
from vssid.domain.registration.desk import counts, search
from vssid.domain.registration.handover import lists as lists_of_forms
from vssid.domain.registration.models import Application
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..casework import scope
from ..casework.lists import PER_PAGE, address, numbered, pager
from . import lists

FOUND = 100
COMPUTED = {
    "finding_count": Func("findings", function="jsonb_array_length", output_field=IntegerField()),
    "waiting_since": Coalesce("form_received_at", "submitted_at"),
}
LONGEST = 600  # the QR of an ID card

TABS: dict[str, tuple[str, str | Promise]] = {
    "mo": ("open", _("Đang mở")),
    "da-nhan": ("received", _("Đã nhận tờ khai")),
    "cho-nop": ("submitted", _("Chờ tờ khai")),
    "cho-hai": ("second", _("Chờ cán bộ thứ hai")),
    "da-xong": ("closed", _("Đã xong")),
}
# column: (address name, words, fields of the row to sort by)
COLUMNS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "tinh-trang": (_("Tình trạng"), ("state", "due_at")),
    "so": (_("Số hồ sơ"), ("submitted_at", "number")),
    "ten": (_("Họ và tên"), ("name_folded", "submitted_at")),
    "han": (_("Hạn nộp"), ("due_at", "submitted_at")),
    "cho": (_("Đến lượt"), ("waiting_since",)),
    "khac": (_("Nội dung cần kiểm tra"), ("finding_count", "due_at")),
}
FILTERS: dict[str, str | Promise] = {
    "": _("Tất cả"),
    "co": _("Có nội dung cần kiểm tra"),
    "khong": _("Không có"),
}


@dataclass(frozen=True, slots=True)
class View:
    """What the address asks for; odd values fall back to the usual."""

    tab: str
    sort: str
    down: bool
    findings: str
    number: int
    office: str = ""

    def address(self, **other: Any) -> str:
        """The same view with something else; a new tab or order starts at the first page."""
        tab, sort, down = (
            other.get("tab", self.tab),
            other.get("sort", self.sort),
            other.get("down", self.down),
        )
        return address(
            "officer:queue",
            xem=tab if tab != "mo" else "",
            sap=f"{'-' if down else ''}{sort}" if sort else "",
            khac=other.get("findings", self.findings),
            **{"co-quan": self.office},
            trang=numbered(other.get("number", 1)),
        )


def read_view(request: VisitRequest, office: str = "") -> View:
    """The view of a request, at the office that stands in the address."""
    sort = request.GET.get("sap", "")
    number = request.GET.get("trang", "1")
    tab, findings = request.GET.get("xem", "mo"), request.GET.get("khac", "")
    return View(
        tab=tab if tab in TABS else "mo",
        sort=sort.lstrip("-") if sort.lstrip("-") in COLUMNS else "",
        down=sort.startswith("-"),
        findings=findings if findings in FILTERS else "",
        number=int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1,
        office=office,
    )


@may(Right.SEE_FILES)
@require_safe
def queue(request: VisitRequest) -> HttpResponse:
    """/can-bo/ho-so: the files of the own office."""
    now, offices = timezone.now(), scope.read(request, Right.SEE_FILES)
    view = read_view(request, offices.word)
    page = Paginator(rows_of(offices.at, view), PER_PAGE).get_page(view.number)
    return frame.page(
        request,
        "officer/registration/queue.html",
        {
            "counts": counts.at(offices.at, now=now),
            "scope": offices,
            "kept": [("xem", view.tab if view.tab != "mo" else ""), ("khac", view.findings)],
            "view": view,
            "rows": lists.all_listed(page, request.actor, now, offices.names),
            "tabs": [
                (view.address(tab=tab, sort="", down=False), words) for tab, (_state, words) in TABS.items()
            ],
            "tab_here": view.address(sort="", down=False),
            "columns": _columns(view),
            "filters": [
                (view.address(findings=code), words, code == view.findings) for code, words in FILTERS.items()
            ],
            "tab_all": view.address(findings=""),
            "page": pager(page, lambda number: view.address(number=number)),
            "closed": view.tab == "da-xong",
            "now": now,
        },
    )


def rows_of(at: str | Collection[str], view: View) -> QuerySet[Application]:
    """The rows of a view in its order."""
    rows = queries.waiting_at(at, state=TABS[view.tab][0])
    if view.findings == "co":
        rows = rows.exclude(findings=[])
    elif view.findings == "khong":
        rows = rows.filter(findings=[])
    if view.sort:
        sign = "-" if view.down else ""
        fields = ("closed_at",) if (view.sort, view.tab) == ("han", "da-xong") else COLUMNS[view.sort][1]
        rows = rows.annotate(**COMPUTED).order_by(*(f"{sign}{field}" for field in (*fields, "id")))
    return rows


def _columns(view: View) -> list[dict[str, Any]]:
    return [
        {
            "words": _("Ngày kết thúc") if (name, view.tab) == ("han", "da-xong") else words,
            "url": view.address(sort=name, down=view.sort == name and not view.down),
            "order": ("descending" if view.down else "ascending") if view.sort == name else "",
        }
        for name, (words, _fields) in COLUMNS.items()
    ]


@may(Right.SEE_FILES)
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: VisitRequest) -> HttpResponse:
    """/can-bo/tim: a whole number at this office opens its file; anything else lists what fits.

    Only a POST is read: names and BHXH codes do not belong in addresses and their logs.
    """
    if request.method != "POST":
        return redirect("officer:queue")
    # The scan box of the queue has the focus: a "/" pressed to reach it lands in front of the text.
    what = search.read_scan(request.POST.get("q", "").strip().lstrip("/")[:LONGEST])
    offices, now = scope.whole(request, Right.SEE_FILES), timezone.now()
    if not what.text:
        return redirect("officer:queue")
    if (list_id := lists_of_forms.by_number(what.text, by=request.actor)) is not None:
        return redirect("officer:handover", list_id)
    application_id = queries.by_number(offices, what.text) or search.only_open(offices, what, now=now)
    if application_id is not None:
        return redirect("officer:file", application_id)
    return _matches(request, what, now)


def _matches(request: VisitRequest, what: search.Scan, now: datetime) -> HttpResponse:
    at = scope.whole(request, Right.SEE_FILES)
    rows = search.find(at, what, now=now, at_most=FOUND + 1)
    context = {
        "counts": counts.at(request.actor.office, now=now),
        # Of a card's QR only its number is shown again.
        "text": what.code,
        "is_number": what.is_number,
        "number": queries.normal_number(what.text) if what.is_number else "",
        "rows": lists.all_listed(rows[:FOUND], request.actor, now),
        "found_columns": [{"words": words} for words, _fields in COLUMNS.values()],
        "more": len(rows) > FOUND,
        "limit": FOUND,
        "garbled": what.is_garbled and not rows,
        "now": now,
    }
    return frame.page(
        request,
        "officer/registration/found.html",
        context,
        status=404 if what.is_number and not rows else 200,
    )
