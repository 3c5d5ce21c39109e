"""How the texts that files caused arrive: by office, and by kind."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vssid.domain.offices import queries as offices
from vssid.domain.reports import texts as report
from vssid.domain.reports.counting_texts import KEPT
from vssid.domain.reports.texts import Line

from ..delivery import words as delivery
from . import words
from .asked import Asked
from .behind.messages import HERE as LIST
from .behind.messages import KIND, NO_FILE, OUTCOME
from .sheets import Cell, Heading, Sheet
from .words import Words

HERE = "officer:report_texts"


def sheet(asked: Asked) -> Sheet:
    """Of the scope that is asked for; below an office there is none."""
    headings = (
        Heading(_("Cơ quan"), is_name=True),
        Heading(_("Loại tin")),
        Heading(_("Tin"), is_number=True),
        Heading(_("Đã đến"), is_number=True),
        Heading(_("Không đến"), is_number=True),
        Heading(_("Đang gửi"), is_number=True),
        Heading(_("Trung vị"), is_number=True),
    )
    note = _(
        "Tin nhắn SMS đếm theo ngày tạo tin, tại cơ quan nhận hồ sơ mà tin nói đến; thời gian đến làm tròn "
        "lên chục giây. Số liệu được giữ %(days)s ngày."
    ) % {"days": KEPT.days}
    if asked.scope.is_narrow:
        only = _("Tin nhắn không đếm theo chuyên quản, đơn vị. Hãy bỏ lọc đó.")
        return Sheet(_("Tin nhắn SMS"), headings, [], notes=(note,), empty=only)
    told = report.texts(asked.scope, offices.office(asked.scope.head).name)
    return Sheet(
        title=_("Tin nhắn SMS"),
        headings=headings,
        rows=[
            *(_of_office(asked, line) for line in told.offices),
            *([_of_no_file(asked, told.of_no_file)] if told.of_no_file else []),
            *(_of_kind(asked, line) for line in told.kinds),
        ],
        total=_row(asked, (Cell(_("Tổng cộng")), Cell(words.ALL_KINDS)), told.whole, {}),
        notes=(note, *_of_both(told)),
        empty=_("Không có tin nhắn nào trong những ngày này."),
    )


def _of_both(told: report.Texts) -> tuple[Words, ...]:
    if not told.offices:
        return ()
    return (_("Mỗi tin được tính một lần ở phần theo cơ quan và một lần ở phần theo loại tin."),)


def _of_office(asked: Asked, line: Line) -> list[Cell]:
    parts = {"co-quan": line.code, "rieng": "1" if line.code == asked.scope.head else ""}
    return _row(asked, (Cell(line.name, asked.at(HERE, **parts)), Cell(words.ALL_KINDS)), line, parts)


def _of_no_file(asked: Asked, line: Line) -> list[Cell]:
    return _row(asked, (Cell(words.NO_FILE), Cell(words.ALL_KINDS)), line, {NO_FILE: "1"})


def _of_kind(asked: Asked, line: Line) -> list[Cell]:
    first = (Cell(_("Toàn phạm vi")), Cell(delivery.kind(line.code)))
    return _row(asked, first, line, {KIND: line.code})


def _row(asked: Asked, first: tuple[Cell, Cell], line: Line, parts: dict[str, str]) -> list[Cell]:
    def listed(count: int, outcome: str = "") -> Cell:
        return Cell(count, asked.at(LIST, **parts, **{OUTCOME: outcome}) if count else "")

    came = listed(line.delivered, "delivered")
    return [
        *first,
        listed(line.total),
        came,
        listed(line.lost, "lost"),
        listed(line.under_way, "under_way"),
        Cell(delivery.seconds(line.median), came.link),
    ]
