"""How texts arrive: the figures of the delivery console over seven days, by kind."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vssid.domain.notifications.delivery import board
from vssid.domain.offices import queries as offices
from vssid.domain.offices.rights import Right, rights_of

from ..delivery import words as delivery
from .asked import Asked
from .sheets import Cell, Heading, Sheet

HOURS = 168


def sheet(asked: Asked) -> Sheet:
    """Of the whole country: messages are counted by no office, so only its head reads them here."""
    headings = (
        Heading(_("Loại tin")),
        Heading(_("Tin"), is_number=True),
        Heading(_("Đã đến"), is_number=True),
        Heading(_("Không đến"), is_number=True),
        Heading(_("Đang gửi"), is_number=True),
        Heading(_("Trung vị")),
    )
    note = _("Tin nhắn SMS của cả nước trong 7 ngày gần nhất, đếm theo giờ tạo tin; không chia theo cơ quan.")
    if not offices.is_head(asked.by.office):
        only = _("Tin nhắn không đếm theo cơ quan, nên báo cáo này chỉ có ở cơ quan trung ương.")
        return Sheet(_("Tin nhắn SMS"), headings, [], notes=(note,), empty=only)
    shown = board.board("sms", hours=HOURS, now=timezone.now())
    sees = Right.SEE_DELIVERY in rights_of(asked.by.role)
    link = f"{reverse('officer:delivery')}?ky=7-ngay" if sees else ""
    return Sheet(
        title=_("Tin nhắn SMS"),
        headings=headings,
        rows=[_row(delivery.kind(line.name), line, link) for line in shown.kinds],
        total=_row(_("Tổng cộng"), shown.whole, link),
        notes=(note,),
        empty=_("Không có tin nhắn nào trong 7 ngày."),
    )


def _row(name: delivery.Words, line: board.Line, link: str) -> list[Cell]:
    figures = (line.total, line.delivered, line.lost, line.under_way)
    return [Cell(name), *(Cell(figure, link) for figure in figures), Cell(delivery.seconds(line.median))]
