"""/can-bo/dich-vu: the requests of the own office, by due day."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from vssid.domain.procedures import queries
from vssid.domain.procedures.models import Request
from vssid.web.ui.access import VisitRequest, officer

from .. import frame as console
from . import frame

HERE = "/can-bo/dich-vu"
PER_PAGE = 50
TABS: dict[str, str | Promise] = {
    "": _("Đang mở"),
    "qua-han": _("Quá hạn"),
    "da-xong": _("Đã xong"),
}


def _address(tab: str, page: int = 1) -> str:
    parts = [f"xem={tab}"] if tab else []
    parts += [f"trang={page}"] if page > 1 else []
    return HERE + ("?" + "&".join(parts) if parts else "")


@officer
@require_safe
def queue(request: VisitRequest) -> HttpResponse:
    """The open requests, the overdue ones or those that ended; odd values fall back to the usual."""
    now, office = timezone.now(), request.actor.office
    tab = request.GET.get("xem", "")
    tab = tab if tab in TABS else ""
    rows = {
        "": queries.waiting_at(office),
        "qua-han": queries.overdue_at(office, now=now),
        "da-xong": queries.waiting_at(office, "closed"),
    }[tab]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang", "1")[:6])
    context = {
        "counts": queries.counts_at(office, now=now),
        "rows": frame.all_listed(page, request.actor, now),
        "tabs": [(_address(one), words) for one, words in TABS.items()],
        "tab_here": _address(tab),
        "page": _pager(page, tab),
        "tab": tab,
        "closed": tab == "da-xong",
    }
    return console.page(request, "officer/procedures/queue.html", context)


def _pager(page: Page[Request], tab: str) -> dict[str, Any] | None:
    if page.paginator.num_pages == 1:
        return None
    return {
        "number": page.number,
        "pages": page.paginator.num_pages,
        "count": page.paginator.count,
        "previous": _address(tab, page.number - 1) if page.has_previous() else "",
        "next": _address(tab, page.number + 1) if page.has_next() else "",
    }
