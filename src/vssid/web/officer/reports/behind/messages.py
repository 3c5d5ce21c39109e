"""The texts behind a figure: what became of each, never what it says; to whom only for who sees
deliveries.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vssid.domain.notifications.delivery.finding import number_of
from vssid.domain.notifications.models.messages import Message
from vssid.domain.offices.rights import Right, rights_of
from vssid.domain.reports import texts as report
from vssid.web.ui.templatetags.ui import ngay_gio

from ...delivery import words as delivery
from .. import words
from ..asked import Asked
from ..sheets import Cell, Heading, Sheet
from . import paging

HERE = "officer:report_messages"
KIND, OUTCOME, NO_FILE = "loai", "ket-qua", "khong-ho-so"


def sheet(asked: Asked) -> Sheet:
    """Those of an outcome and kind, as they are now."""
    which = read(asked.given)
    asks = {KIND: which.kind, OUTCOME: which.outcome, NO_FILE: "1" if which.of_no_file else ""}
    page = paging.of_table(asked, report.listed(asked.scope, which), HERE, asks)
    sees = Right.SEE_DELIVERY in rights_of(asked.by.role)
    return Sheet(
        title=_title(which),
        headings=(
            Heading(_("Số tin")),
            Heading(_("Loại tin")),
            Heading(_("Gửi đến")),
            Heading(_("Tạo lúc")),
            Heading(_("Đến sau, giây"), is_number=True),
            Heading(_("Tình trạng")),
        ),
        rows=[_row(row, sees=sees) for row in page.rows],
        notes=(
            _("Tình trạng từng tin là của lúc %(now)s, có thể mới hơn số liệu của báo cáo.")
            % {"now": ngay_gio(timezone.now())},
            *(() if sees else (words.PHONES_HIDDEN,)),
        ),
        pager=page.pager,
        facts=[(_("Tin"), Cell(page.count))],
        asks=asks,
        empty=_("Không có tin nhắn nào như vậy."),
    )


def read(given: Mapping[str, str]) -> report.Asked:
    """Which texts an address asks for; what it does not know is as not asked."""
    outcome = given.get(OUTCOME, "")
    known = outcome if outcome in report.OUTCOMES else ""
    return report.Asked(given.get(KIND, "")[:40], known, given.get(NO_FILE, "") == "1")


def _row(row: Message, *, sees: bool) -> list[Cell]:
    link = reverse("officer:delivery_message", args=[row.subject_id, row.id]) if sees else ""
    took = (row.delivered_at - row.created_at).total_seconds() if row.delivered_at else None
    return [
        Cell(number_of(row.id), link),
        Cell(delivery.kind(row.kind)),
        Cell(row.to_masked if sees else words.NOT_TOLD),
        Cell(ngay_gio(row.created_at)),
        Cell(None if took is None else -int(-max(took, 0.0) // 1)),
        Cell(delivery.STATES[row.state][0]),
    ]


def _title(which: report.Asked) -> str:
    if which.of_no_file:
        return _("Tin nhắn không gắn với hồ sơ")
    what = delivery.kind(which.kind) if which.kind else words.ALL_KINDS
    return _("Tin nhắn: %(what)s") % {"what": what}
