"""The weekly report, with exactly the columns that offices know."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vssid.domain.reports import progress as report
from vssid.domain.reports.progress import ProgressRow
from vssid.web.ui.templatetags.ui import ngay

from ..casework.lists import numbered
from . import words
from .asked import Asked
from .sheets import Cell, Heading, Sheet

PER_PAGE, MOST_IN_FILE = 50, 20_000
HERE, LIST, FUNNEL = "officer:report_progress", "officer:report_workers", "officer:report"


def sheet(asked: Asked, *, every: bool = False) -> Sheet:
    """One page of it; `every`: all rows."""
    day = report.day_for(asked.scope.until)
    headings = (
        Heading(_("STT"), is_number=True),
        Heading(_("Mã đơn vị")),
        Heading(_("Tên đơn vị"), is_name=True),
        Heading(_("Số lao động"), is_number=True),
        Heading(_("Đã gửi tờ khai"), is_number=True),
        Heading(_("Đã duyệt"), is_number=True),
        Heading(_("Chưa duyệt"), is_number=True),
        Heading(_("Tỷ lệ %"), is_number=True),
        Heading(_("Chỉ tiêu"), is_number=True),
        Heading(_("Chuyên quản"), is_name=True),
        Heading(_("Ghi chú")),
    )
    title, empty = _("Tiến độ theo đơn vị"), _("Không có đơn vị nào có người lao động.")
    if day is None:
        return Sheet(title, headings, [], notes=(words.PROGRESS_NOTE,), empty=empty)
    total = report.total(asked.scope, day)
    last = -(-total.employers // PER_PAGE) or 1
    size, number = (MOST_IN_FILE, 1) if every else (PER_PAGE, min(asked.page, last))
    skip = (number - 1) * size
    rows = report.progress(asked.scope, day, size=size, skip=skip)
    return Sheet(
        title=title,
        headings=headings,
        rows=[_row(asked, place, row) for place, row in enumerate(rows, skip + 1)],
        total=_total(total),
        notes=(words.PROGRESS_NOTE,),
        pager=_pager(asked, total.employers, number),
        empty=empty,
        named_by=2,
        facts=[(_("Số liệu của ngày"), ngay(day))],
    )


def whole(asked: Asked) -> Sheet:
    """All rows, for a file."""
    return sheet(asked, every=True)


def _row(asked: Asked, place: int, row: ProgressRow) -> list[Cell]:
    def listed(value: int, **which: str) -> Cell:
        return Cell(value, asked.at(LIST, **{"don-vi": row.employer_code, **which}) if value else "")

    officer = asked.at(HERE, **{"chuyen-quan": str(row.officer_id)}) if row.officer_id else ""
    return [
        Cell(place),
        Cell(row.employer_code, asked.at(FUNNEL, **{"don-vi": row.employer_code})),
        Cell(row.name),
        listed(row.workers),
        listed(row.sent, buoc="sent"),
        listed(row.approved, buoc="approved"),
        listed(row.waiting, buoc="cho"),
        Cell(row.rate),
        Cell(row.target),
        Cell(row.officer_name or words.NO_OFFICER, officer),
        Cell(_note(row)),
    ]


def _note(row: ProgressRow) -> str:
    if row.target is None:
        return _("Chưa có chỉ tiêu")
    missing = row.target - row.approved
    return _("Đạt chỉ tiêu") if missing <= 0 else _("Còn thiếu %(count)s") % {"count": missing}


def _total(total: report.Total) -> list[Cell]:
    rate = report.rate(total.approved, total.workers)
    figures = (total.workers, total.sent, total.approved, total.sent - total.approved, rate)
    named = _("Tổng cộng: %(count)s đơn vị") % {"count": Cell(total.employers).text}
    return [Cell(""), Cell(""), Cell(named), *map(Cell, figures), Cell(""), Cell(""), Cell("")]


def _pager(asked: Asked, count: int, number: int) -> dict[str, object] | None:
    pages = -(-count // PER_PAGE)
    if pages <= 1:
        return None

    def at(page: int) -> str:
        return asked.at(HERE, trang=numbered(page)) if 1 <= page <= pages else ""

    return {
        "number": number,
        "pages": pages,
        "count": count,
        "previous": at(number - 1),
        "next": at(number + 1),
    }
