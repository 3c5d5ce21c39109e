"""/can-bo/gia-dinh: requests for children at the own office, by due day."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from vssid.domain.families import queries
from vssid.domain.offices.rights import Right
from vssid.kernel.calendar import local_day
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..casework import scope
from ..casework.lists import PER_PAGE, address, numbered, pager
from ..casework.words import Words
from . import lists

TABS: dict[str, Words] = {
    "": _("Chờ duyệt"),
    "qua-han": _("Quá hạn"),
    "hom-nay": _("Hạn hôm nay"),
    "da-xong": _("Đã xong"),
}


def _address(tab: str, office: str, number: int = 1) -> str:
    return address("officer:families", xem=tab, trang=numbered(number), **{"co-quan": office})


@may(Right.SEE_FILES)
@require_safe
def queue(request: VisitRequest) -> HttpResponse:
    """The open requests, the overdue ones, those due today, or those that are closed."""
    now, tab = timezone.now(), request.GET.get("xem", "")
    tab = tab if tab in TABS else ""
    offices = scope.read(request, Right.SEE_FILES)
    rows = {
        "": queries.waiting_at(offices.at),
        "qua-han": queries.overdue_at(offices.at, on=local_day(now)),
        "hom-nay": queries.due_at(offices.at, on=local_day(now)),
        "da-xong": queries.waiting_at(offices.at, closed=True),
    }[tab]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang", "1"))
    context = {
        "rows": lists.all_listed(page, request.actor, now, offices.names),
        "scope": offices,
        "kept": [("xem", tab)],
        "tab": tab,
        "closed": tab == "da-xong",
        "tabs": [(_address(slug, offices.word), words) for slug, words in TABS.items()],
        "tab_here": _address(tab, offices.word),
        "page": pager(page, lambda number: _address(tab, offices.word, number)),
    }
    return frame.page(request, "officer/families/queue.html", context)
