"""The report as a PDF, set like an administrative report, with the anchor of the log printed on it.

Layout after Decree 30/2020/NĐ-CP as offices use it [M]: national title, names of the offices, number and
place, title, table, receivers and signature. Number and signature are left for the office to fill in.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from vssid.domain.audit import anchors
from vssid.infra import blobs
from vssid.infra.documents import pdf, pdf_letters
from vssid.kernel.calendar import VIETNAM, local_day

from .printed import Printed, text_of
from .tables import lines, told

TEMPLATE = Path(__file__).with_name("report.typ")
PDF = "application/pdf"
# A longer table is read in a workbook; a page of it takes a printer and nobody reads it.
MOST_ROWS = 2000
# From so many columns on the page lies on its side.
WIDE = 7


class TooLong(ValueError):
    """More than MOST_ROWS rows."""


def as_pdf(report: Printed) -> bytes:
    """The PDF. Raises TooLong."""
    if len(report.rows) > MOST_ROWS:
        raise TooLong
    head, day = report.head, local_day(report.head.made_at)
    data = {
        "title": report.title,
        "office": head.office,
        "superior": head.superior,
        "place": head.place,
        "day": f"ngày {day:%d} tháng {day:%m} năm {day:%Y}",
        "told": told(report),
        "headings": list(report.headings),
        "numbers": list(report.numbers),
        "rows": [[text_of(value) for value in row] for row in lines(report)],
        "has_total": bool(report.total),
        "notes": list(report.notes),
        "facts": [list(fact) for fact in report.facts],
        "demo": head.is_synthetic,
        "wide": len(report.headings) > WIDE,
        "anchor": anchor_line(),
        "printed": _moment(head.made_at),
    }
    marked, _unprinted = pdf_letters.marked(data)
    return pdf.render(TEMPLATE, marked)


def anchor_line() -> str:
    """The newest anchor of the log: its name, day and mark; the log is checked against it."""
    try:
        anchor = anchors.latest()
    except (blobs.Away, blobs.NotStored):
        return "không đọc được kho lưu khi lập báo cáo"
    if anchor is None:
        return "chưa có (lập mỗi đêm)"
    return f"{anchor.name}, lúc {_moment(anchor.at)}; mã {anchor.mark}"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M, %d/%m/%Y}"
