"""CSV and XLSX. A text that a spreadsheet would take for a formula stays a text in both."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any

from vssid.domain.imports.read.written_text import FORMULA_SIGNS
from vssid.kernel.calendar import VIETNAM

from .printed import Printed, Value

CSV, XLSX = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_csv(report: Printed) -> bytes:
    """The headings and rows alone, in UTF-8 with the mark of it; the moment in the last line."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_harmless(heading) for heading in report.headings])
    for row in report.rows:
        writer.writerow([_harmless(_plain(value)) for value in row])
    writer.writerow([f"{report.title}; {told(report)}"])
    return "\ufeff".encode() + out.getvalue().encode()


def as_xlsx(report: Printed) -> bytes:
    """A workbook: title, office and moment above, then the table; numbers are numbers, all else is text."""
    from openpyxl import Workbook  # few processes write workbooks, and it takes long to import

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Báo cáo")
    for text in (report.head.office, report.title.upper(), told(report)):
        sheet.append([_cell(sheet, text, bold=text == report.title.upper())])
    sheet.append([])
    sheet.append([_cell(sheet, heading, bold=True) for heading in report.headings])
    for row in report.rows:
        sheet.append([_cell(sheet, value) for value in row])
    if report.total:
        sheet.append([_cell(sheet, value, bold=True) for value in report.total])
    for text in report.notes:
        sheet.append([_cell(sheet, text)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def told(report: Printed) -> str:
    """Which days, and as of when."""
    head = report.head
    days = f"từ ngày {head.since:%d/%m/%Y} đến hết ngày {head.until:%d/%m/%Y}"
    if head.as_of is None:
        return f"{days}; chưa có số liệu"
    return f"{days}; số liệu tính đến {head.as_of.astimezone(VIETNAM):%H:%M, %d/%m/%Y}"


def _plain(value: Value) -> str:
    if isinstance(value, float):
        return f"{value:.1f}"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _cell(sheet: Any, value: Value, *, bold: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(sheet, "")
    if isinstance(value, (int, float)):
        cell.value = round(value, 1) if isinstance(value, float) else value
        cell.number_format = "0.0" if isinstance(value, float) else "0"
    else:
        cell.value, cell.data_type, cell.number_format = _dated(value), "s", "@"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _dated(value: Any) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else value or ""


def lines(report: Printed) -> Iterator[tuple[Value, ...]]:
    """The rows, and the total as the last."""
    yield from report.rows
    if report.total:
        yield report.total
