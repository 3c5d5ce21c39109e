"""/can-bo/tin-nhan: people's messages to the own office, what is due first."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from vssid.domain.offices.rights import Right
from vssid.domain.support import queries
from vssid.domain.support.models import Ticket
from vssid.kernel.calendar import local_day
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..casework import scope
from ..casework.lists import PER_PAGE, address, numbered, pager
from ..casework.words import Words
from . import lists, words

TABS: dict[str, Words] = {
    "": _("Chờ trả lời"),
    "qua-han": _("Quá hạn"),
    "hom-nay": _("Hạn hôm nay"),
    "da-tra-loi": _("Đã trả lời"),
    "da-dong": _("Đã đóng"),
}


@may(Right.SEE_MESSAGES)
@require_safe
def tickets(request: VisitRequest) -> HttpResponse:
    """/can-bo/tin-nhan?xem=da-tra-loi&trang=2"""
    now, asked_tab = timezone.now(), request.GET.get("xem", "")
    tab = asked_tab if asked_tab in TABS else ""
    offices = scope.read(request, Right.SEE_MESSAGES)
    page = Paginator(_rows(offices.at, tab, now), PER_PAGE).get_page(request.GET.get("trang"))
    context: dict[str, Any] = {
        "counts": queries.counts(offices.at, now),
        "scope": offices,
        "kept": [("xem", tab)],
        "tabs": [(_address(name, offices.word), said) for name, said in TABS.items()],
        "tab_here": _address(tab, offices.word),
        "rows": lists.all_listed(page, request.actor, now, offices.names),
        "done": words.DONE.get(request.GET.get("xong", ""), ""),
        "page": pager(page, lambda number: _address(tab, offices.word, number)),
    }
    return frame.page(request, "officer/support/queue.html", context)


def _rows(at: str | Collection[str], tab: str, now: datetime) -> QuerySet[Ticket]:
    if tab == "qua-han":
        return queries.overdue_at(at, on=local_day(now))
    if tab == "hom-nay":
        return queries.due_at(at, on=local_day(now))
    return queries.queue(at, {"": "waiting", "da-tra-loi": "answered", "da-dong": "closed"}[tab])


def _address(tab: str, office: str, number: int = 1) -> str:
    return address("officer:tickets", xem=tab, trang=numbered(number), **{"co-quan": office})
