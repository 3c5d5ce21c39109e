"""The funnel: how far the files that were sent came, and the same for each part below."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vssid.domain.reports import funnel as report
from vssid.domain.reports.funnel import STAGES, Line

from . import words
from .asked import NONE, Asked
from .behind.drafts import HERE as DRAFTS
from .behind.drafts import UNPLACED
from .behind.files import OF
from .pictures import Picture, steps_down
from .sheets import Cell, Heading, Sheet
from .words import Words

LIST, HERE = "officer:report_files", "officer:report"


def sheet(asked: Asked) -> Sheet:
    """Of the scope that is asked for."""
    told = report.funnel(asked.scope)
    notes = [words.FUNNEL_NOTE, words.STARTED_UNKNOWN if told.level != "office" else words.STARTED_NOTE]
    if told.level == "officer":
        notes.append(words.STARTED_NOTE)
    if told.level == "employer":
        notes.append(words.EMPLOYER_NOTE)
    return Sheet(
        title=_("Phễu đăng ký"),
        headings=(
            Heading(_heading(told.level), is_name=True),
            Heading(words.STARTED, is_number=True),
            *(Heading(said, is_number=True) for said in words.STAGES.values()),
            Heading(_("Tỷ lệ duyệt %"), is_number=True),
        ),
        rows=[*(_row(asked, told.level, part) for part in told.parts), *_unplaced(asked, told.unplaced)],
        total=_cells(asked, told.whole, Cell(_("Tổng cộng")), {}),
        notes=tuple(notes),
        picture=_picture(told.whole),
        empty=_("Không có hồ sơ nào được gửi trong những ngày này."),
    )


def _unplaced(asked: Asked, count: int) -> list[list[Cell]]:
    """Drafts in which no office is chosen yet."""
    if not count:
        return []
    begun = Cell(count, asked.at(DRAFTS, **{UNPLACED: "1"}))
    return [[Cell(words.NO_OFFICE_YET), begun, *(Cell(0) for _stage in STAGES), Cell(None)]]


def _picture(whole: Line) -> Picture | None:
    counts = [getattr(whole, stage) for stage in STAGES]
    caption = _("Từ trên xuống: đã gửi, đã nộp, đã duyệt, đã đăng nhập, đã dùng thẻ.")
    if whole.started is not None:
        counts = [whole.started, *counts]
        caption = _("Từ trên xuống: đã bắt đầu điền, đã gửi, đã nộp, đã duyệt, đã đăng nhập, đã dùng thẻ.")
    shapes = steps_down(counts)
    return Picture(shapes, caption, ()) if shapes else None


def _heading(level: str) -> str:
    return {"office": _("Cơ quan"), "officer": _("Chuyên quản"), "employer": _("Đơn vị")}[level]


def _row(asked: Asked, level: str, part: Line) -> list[Cell]:
    """A part: its name leads one step down, each figure to its files."""
    narrowed = {"office": "co-quan", "officer": "chuyen-quan", "employer": "don-vi"}[level]
    parts = {narrowed: part.code or NONE}
    if level == "office" and part.code == asked.scope.head:
        # What lies at the office itself, beside those below it.
        parts["rieng"] = "1"
    leads_down = level != "employer" or part.code
    place = asked.at(HERE, **parts) if leads_down and asked.parts["don-vi"] != part.code else ""
    return _cells(asked, part, Cell(_name(level, part), place), parts)


def _name(level: str, part: Line) -> Words:
    if part.code:
        return f"{part.name} ({part.code})" if level == "employer" else part.name
    return words.NO_OFFICER if level == "officer" else words.NO_EMPLOYER


def _cells(asked: Asked, line: Line, first: Cell, parts: dict[str, str]) -> list[Cell]:
    def listed(value: float | None, stage: str, **more: str) -> Cell:
        return Cell(value, asked.at(LIST, buoc=stage, **parts, **more) if value else "")

    begun = Cell(line.started, asked.at(DRAFTS, **parts) if line.started else "")
    rate = 100 * line.approved / line.sent if line.sent else None
    figures = (listed(getattr(line, stage), stage) for stage in STAGES)
    return [first, begun, *figures, listed(rate, "approved", **{OF: "sent"})]
