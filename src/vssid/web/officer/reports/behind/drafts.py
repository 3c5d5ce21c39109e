"""What was started, and what of it was not sent: how old and how far, and nothing of whose it is."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.registration.draft import steps
from vssid.domain.reports import funnel as report
from vssid.domain.reports import lists, scope
from vssid.domain.reports.funnel import DraftRow
from vssid.domain.reports.scope import NOWHERE

from .. import words
from ..asked import Asked
from ..sheets import Cell, Heading, Sheet
from ..words import Words
from . import paging

HERE, FILES = "officer:report_drafts", "officer:report_files"
UNPLACED = "chua-chon"
REACHED: dict[str, Words] = {
    "": gettext_lazy("Mới mở tờ khai"),
    steps.WHO.name: gettext_lazy("Đã điền bản thân"),
    steps.CONTACT.name: gettext_lazy("Đã điền liên hệ"),
    steps.OFFICE.name: gettext_lazy("Đã chọn nơi nộp"),
    steps.REVIEW.name: gettext_lazy("Đã xem lại, chưa xác nhận"),
}


def sheet(asked: Asked) -> Sheet:
    """A line for all that was sent, and one for each day, office and step of what was not."""
    only = asked.given.get(UNPLACED, "") == "1"
    rows = [row for row in report.drafts(asked.scope) if not only or row.office_code == NOWHERE]
    asks = {UNPLACED: "1" if only else ""}
    page = paging.of_rows(asked, rows, HERE, asks)
    names = dict(scope.choices(asked.by))
    sent = 0 if only else lists.files(asked.scope, lists.Asked(), today=asked.today).count()
    begun = sum(row.files for row in rows)
    return Sheet(
        title=_("Tờ khai đã bắt đầu điền"),
        headings=(
            Heading(_("Ngày bắt đầu")),
            Heading(_("Số ngày"), is_number=True),
            Heading(_("Cơ quan"), is_name=True),
            Heading(_("Đã đến bước")),
            Heading(_("Số tờ khai"), is_number=True),
        ),
        rows=[*_sent(asked, sent), *(_row(asked, row, names.get(row.office_code)) for row in page.rows)],
        total=[Cell(_("Tổng cộng")), Cell(""), Cell(""), Cell(""), Cell(sent + begun)],
        notes=(words.DRAFT_NOTE,),
        pager=page.pager,
        facts=[(_("Số tờ khai"), Cell(sent + begun)), (_("Đang điền, chưa gửi"), Cell(begun))],
        asks=asks,
        empty=_("Không có tờ khai nào như vậy."),
    )


def _sent(asked: Asked, count: int) -> list[list[Cell]]:
    """All that was sent, which has a list of its own; on the first page."""
    if not count or asked.page > 1:
        return []
    link = asked.at(FILES, buoc="sent")
    return [[Cell(words.STAGES["sent"]), Cell(None), Cell(None), Cell(None), Cell(count, link)]]


def _row(asked: Asked, row: DraftRow, office: str | None) -> list[Cell]:
    return [
        Cell(row.day),
        Cell((asked.today - row.day).days),
        Cell(office or words.NO_OFFICE_YET),
        Cell(REACHED.get(row.step, row.step)),
        Cell(row.files),
    ]
