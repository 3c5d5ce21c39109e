"""/can-bo/dich-vu: the requests of the own office, by due day."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from vssid.domain.offices.rights import Right
from vssid.domain.procedures import queries
from vssid.kernel.calendar import local_day
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..casework import scope
from ..casework.lists import PER_PAGE, address, numbered, pager
from . import lists

TABS: dict[str, str | Promise] = {
    "": _("Đang mở"),
    "den-luot": _("Đến lượt cơ quan"),
    "qua-han": _("Quá hạn"),
    "hom-nay": _("Hạn hôm nay"),
    "da-xong": _("Đã xong"),
}


def _address(tab: str, office: str, number: int = 1) -> str:
    return address("officer:requests", xem=tab, trang=numbered(number), **{"co-quan": office})


@may(Right.SEE_FILES)
@require_safe
def queue(request: VisitRequest) -> HttpResponse:
    """The open requests, the overdue ones or those that ended; odd values fall back to the usual."""
    now, offices = timezone.now(), scope.read(request, Right.SEE_FILES)
    tab = request.GET.get("xem", "")
    tab = tab if tab in TABS else ""
    rows = {
        "": queries.waiting_at(offices.at),
        "den-luot": queries.with_office_at(offices.at),
        "qua-han": queries.overdue_at(offices.at, on=local_day(now)),
        "hom-nay": queries.due_at(offices.at, on=local_day(now)),
        "da-xong": queries.waiting_at(offices.at, "closed"),
    }[tab]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang", "1")[:6])
    context = {
        "counts": queries.counts_at(offices.at, now=now),
        "scope": offices,
        "kept": [("xem", tab)],
        "rows": lists.all_listed(page, request.actor, now, offices.names),
        "tabs": [(_address(slug, offices.word), words) for slug, words in TABS.items()],
        "tab_here": _address(tab, offices.word),
        "page": pager(page, lambda number: _address(tab, offices.word, number)),
        "tab": tab,
        "closed": tab == "da-xong",
    }
    return frame.page(request, "officer/procedures/queue.html", context)
