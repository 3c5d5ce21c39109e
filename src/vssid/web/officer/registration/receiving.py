"""/can-bo/nhan-to-khai: forms of a pile, scanned one after the other; comparing comes later."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from vssid.domain.offices import queries as offices
from vssid.domain.offices.rights import Right
from vssid.domain.registration.desk import receiving
from vssid.domain.registration.desk.receiving import Outcome, Receipt
from vssid.domain.registration.handover import lists
from vssid.web.ui.access import VisitRequest, may

from .. import frame

Words = str | Promise
# What the officer reads: colour, what it is, what to do with the sheet.
WORDS: dict[Outcome, tuple[str, Words, Words]] = {
    Outcome.RECEIVED: ("good", _("Đã nhận"), _("Xếp vào chồng chờ đối chiếu.")),
    Outcome.TWICE: ("info", _("Quét lần nữa"), _("Tờ khai này đã được nhận trước đó; không ghi thêm gì.")),
    Outcome.LATE: (
        "bad",
        _("Quá hạn nộp"),
        _("Hồ sơ đã hết hạn nộp tờ khai. Trả lại tờ khai; người dân gửi hồ sơ mới."),
    ),
    Outcome.CLOSED: (
        "bad",
        _("Hồ sơ đã đóng"),
        _("Hồ sơ đã được quyết định hoặc người dân đã rút. Để riêng tờ khai."),
    ),
    Outcome.ELSEWHERE: ("warn", _("Cơ quan khác"), _("Hồ sơ thuộc cơ quan khác. Chuyển tờ khai đến đó.")),
    Outcome.IN_HANDS: (
        "warn",
        _("Đồng nghiệp đang xử lý"),
        _("Chưa ghi được. Đưa tờ khai cho đồng nghiệp đang mở hồ sơ, hoặc quét lại sau."),
    ),
    Outcome.OWN: (
        "warn",
        _("Hồ sơ của bạn hoặc người thân"),
        _("Đồng nghiệp phải nhận tờ khai này."),
    ),
    Outcome.UNSIGNED: ("bad", _("Chưa ký"), _("Chưa nhận. Trả lại để người dân ký và ghi rõ họ tên.")),
    Outcome.UNKNOWN: (
        "bad",
        _("Không có trong hệ thống"),
        _("Không có hồ sơ nào mang số này. Quét lại, hoặc gõ số in dưới mã vạch."),
    ),
}
LIST = ("info", _("Bảng kê"), _("Đang mở bảng kê."))
LIST_ELSEWHERE = _("Bảng kê lập cho cơ quan khác. Người nộp mang cả chồng đến đó.")


@may(Right.CHECK_PAPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def pile(request: VisitRequest) -> HttpResponse:
    """The page; without a script each scan is a form of its own, and a list's code opens the list."""
    line = _scanned(request) if request.method == "POST" else None
    if line is not None and line["open"]:
        return HttpResponseRedirect(line["open"])
    today = receiving.of_today(by=request.actor, now=timezone.now())
    context = {"line": line, "lines": [line_of(receipt) for receipt in today], "count": len(today)}
    return frame.page(request, "officer/registration/receiving.html", context)


@may(Right.CHECK_PAPERS)
@require_POST
def scan(request: VisitRequest) -> HttpResponse:
    """One scan of a pile, as the line to be shown."""
    return render(request, "officer/registration/receipt.html", {"line": _scanned(request)})


def _scanned(request: VisitRequest) -> dict[str, Any]:
    scanned, by = request.POST.get("ma", ""), request.actor
    if (list_id := lists.by_number(scanned, by=by)) is not None:
        pill, title, text = LIST
        return {
            "receipt": Receipt(Outcome.RECEIVED, scanned.strip()),
            "pill": pill,
            "title": title,
            "text": text,
            "sound": "list",
            "is_news": True,
            "open": reverse("officer:handover", args=[list_id]),
        }
    if office := lists.office_of(scanned):
        return line_of(Receipt(Outcome.ELSEWHERE, scanned.strip(), office=office)) | {"text": LIST_ELSEWHERE}
    receipt = receiving.receive(scanned, by=by, now=timezone.now(), again="lai" in request.POST)
    return line_of(receipt)


def line_of(receipt: Receipt) -> dict[str, Any]:
    """A scan as it is shown. `sound`: which it makes; `open`: the page that it leads to."""
    pill, title, text = WORDS[receipt.outcome]
    elsewhere = receipt.outcome is Outcome.ELSEWHERE
    return {
        "receipt": receipt,
        "pill": pill,
        "title": title,
        "text": text,
        "office": offices.office(receipt.office).name if elsewhere else "",
        "sound": receipt.outcome.value,
        "is_news": receipt.outcome is not Outcome.RECEIVED,
        "open": "",
    }


routes = [
    path("can-bo/nhan-to-khai", pile, name="pile"),
    path("can-bo/nhan-to-khai/quet", scan, name="pile_scan"),
]
