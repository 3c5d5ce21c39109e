"""/can-bo/tin-nhan: people's messages to the own office, what is due first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from vssid.domain.support import queries
from vssid.domain.support.models import Ticket
from vssid.domain.support.queries import Row
from vssid.kernel.actor import Actor
from vssid.web.ui import ticket_words
from vssid.web.ui.access import VisitRequest, officer

from .. import frame
from ..casework.hand import held
from ..registration import words

HERE = "/can-bo/tin-nhan"
PER_PAGE = 50
SIDE_ROWS = 40
TABS: dict[str, tuple[str, words.Words]] = {
    "": ("waiting", _("Chờ trả lời")),
    "da-tra-loi": ("answered", _("Đã trả lời")),
    "da-dong": ("closed", _("Đã đóng")),
}
DONE: dict[str, words.Words] = {
    "nhan": _("Đã nhận. Người gửi thấy cơ quan đang xem."),
    "tra-loi": _("Đã gửi trả lời. Người gửi được báo."),
    "dong": _("Đã đóng phản ánh."),
    "chuyen": _("Đã chuyển phản ánh. Cơ quan mới thấy ngay; người gửi thấy tên cơ quan đang xử lý."),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A message as lists show it."""

    row: Row
    topic: words.Words
    state: words.Words
    pill: str
    waited: str
    holder: str


def all_listed(tickets: Iterable[Ticket], by: Actor, now: datetime) -> list[Listed]:
    """Lines of a list, with who has which in hand; opens no text, so nothing is audited."""
    rows = list(tickets)
    names = held("tin-nhan", [ticket.id for ticket in rows], by=by, now=now)
    return [_listed(ticket, names.get(ticket.id, ""), now) for ticket in rows]


def _listed(ticket: Ticket, holder: str, now: datetime) -> Listed:
    row = queries.row_of(ticket, now)
    state, pill = ticket_words.STATES[row.state]
    waited = words.waiting(row.waiting_since, row.closed_at or now)
    return Listed(row, ticket_words.TOPICS[row.topic], state, pill, waited, holder)


def side(by: Actor, now: datetime) -> list[Listed]:
    """The left column of a conversation: what waits, the most urgent first."""
    return all_listed(queries.queue(by.office, "waiting")[:SIDE_ROWS], by, now)


@officer
@require_safe
def tickets(request: VisitRequest) -> HttpResponse:
    """/can-bo/tin-nhan?xem=da-tra-loi&trang=2"""
    now, wanted = timezone.now(), request.GET.get("xem", "")
    tab = wanted if wanted in TABS else ""
    page = Paginator(queries.queue(request.actor.office, TABS[tab][0]), PER_PAGE).get_page(
        request.GET.get("trang")
    )
    context: dict[str, Any] = {
        "counts": queries.counts(request.actor.office, now),
        "tabs": [(_address(name), said) for name, (_tab, said) in TABS.items()],
        "tab_here": _address(tab),
        "rows": all_listed(page, request.actor, now),
        "done": DONE.get(request.GET.get("xong", ""), ""),
        "page": {
            "number": page.number,
            "pages": page.paginator.num_pages,
            "count": page.paginator.count,
            "previous": _address(tab, page.number - 1) if page.has_previous() else "",
            "next": _address(tab, page.number + 1) if page.has_next() else "",
        }
        if page.paginator.num_pages > 1
        else None,
    }
    return frame.page(request, "officer/support/queue.html", context)


def _address(tab: str, number: int = 1) -> str:
    parts = [f"xem={tab}"] * bool(tab) + [f"trang={number}"] * (number > 1)
    return f"{HERE}?{'&'.join(parts)}" if parts else HERE
