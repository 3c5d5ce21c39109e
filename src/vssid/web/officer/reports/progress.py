"""The weekly report, with exactly the columns that offices know."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vssid.domain.reports import progress as report
from vssid.domain.reports.progress import ProgressRow
from vssid.web.ui.templatetags.ui import ngay

from ..casework.lists import numbered
from . import words
from .aims import Aims
from .asked import Asked
from .behind.files import OF
from .behind.workers import WAITING
from .sheets import MOST_IN_FILE, PER_PAGE, Cell, Heading, Sheet
from .words import Words

HERE, LIST, FUNNEL = "officer:report_progress", "officer:report_workers", "officer:report"


def sheet(asked: Asked) -> Sheet:
    """One page of it, or all rows."""
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
    size, number = (MOST_IN_FILE, 1) if asked.is_whole else (PER_PAGE, min(asked.page, last))
    skip = (number - 1) * size
    rows, aims = report.progress(asked.scope, day, size=size, skip=skip), Aims(asked.by)
    return Sheet(
        title=title,
        headings=headings,
        rows=[_row(asked, aims, place, row) for place, row in enumerate(rows, skip + 1)],
        total=_total(asked, total),
        notes=(words.PROGRESS_NOTE, *_cut(asked, total.employers)),
        pager=_pager(asked, total.employers, number),
        empty=empty,
        named_by=2,
        facts=[(_("Số liệu của ngày"), Cell(ngay(day)))],
    )


def _cut(asked: Asked, employers: int) -> tuple[Words, ...]:
    """What a file leaves out is said in it."""
    if not asked.is_whole or employers <= MOST_IN_FILE:
        return ()
    said = _("Tệp này chỉ có %(most)s đơn vị đầu trong %(count)s đơn vị; dòng tổng cộng là của tất cả.")
    return (said % {"most": Cell(MOST_IN_FILE).text, "count": Cell(employers).text},)


def _row(asked: Asked, aims: Aims, place: int, row: ProgressRow) -> list[Cell]:
    code, aim = row.employer_code, aims.link(row)
    officer = asked.at(HERE, **{"chuyen-quan": str(row.officer_id)}) if row.officer_id else ""
    return [
        Cell(place),
        Cell(code, asked.at(FUNNEL, **{"don-vi": code})),
        Cell(row.name),
        *_figures(asked, row, {"don-vi": code}),
        Cell(row.target, aim),
        Cell(row.officer_name or words.NO_OFFICER, officer),
        Cell(_note(row), aim),
    ]


def _figures(asked: Asked, line: ProgressRow | report.Total, parts: dict[str, str]) -> list[Cell]:
    """Of an employer, or of all: each opens its workers."""

    def listed(value: float | None, **which: str) -> Cell:
        return Cell(value, asked.at(LIST, **parts, **which) if value else "")

    return [
        listed(line.workers),
        listed(line.sent, buoc="sent"),
        listed(line.approved, buoc="approved"),
        listed(line.waiting, buoc=WAITING),
        listed(line.rate, buoc="approved", **{OF: "lao-dong"}),
    ]


def _note(row: ProgressRow) -> str:
    if row.target is None:
        return _("Chưa có chỉ tiêu")
    missing = row.target - row.approved
    return _("Đạt chỉ tiêu") if missing <= 0 else _("Còn thiếu %(count)s") % {"count": missing}


def _total(asked: Asked, total: report.Total) -> list[Cell]:
    named = _("Tổng cộng: %(count)s đơn vị") % {"count": Cell(total.employers).text}
    return [Cell(""), Cell(""), Cell(named), *_figures(asked, total, {}), Cell(""), Cell(""), Cell("")]


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
