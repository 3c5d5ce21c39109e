"""Empty files to fill in, made from an importer: its header as CSV, or as a workbook of text."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from .check.messages import row_sentence
from .importer import Column, Importer

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_AS_TEXT = "@"
_YELLOW = "FFF2CC"


def as_csv(importer: Importer) -> bytes:
    """The header line in UTF-8 with a mark, so that a spreadsheet opens it as such."""
    text = io.StringIO(newline="")
    csv.writer(text).writerow([column.name for column in _filled_in(importer)])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(importer: Importer) -> bytes:
    """A workbook: the first sheet to fill in, every column text; the second says what goes where."""
    from openpyxl import Workbook  # few processes write workbooks, and it takes long to import
    from openpyxl.worksheet.worksheet import Worksheet

    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = importer.kind[:31]
    _header(sheet, importer)
    _explain(book.create_sheet(_("Giải thích")), importer)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


MAKERS: Mapping[str, Callable[[Importer], bytes]] = {"csv": as_csv, "xlsx": as_xlsx}


def _filled_in(importer: Importer) -> list[Column]:
    """Columns that are read; those a file may hold and nobody reads are left out."""
    return [column for column in importer.columns if column.parse is None or column.gives]


def _header(sheet: Worksheet, importer: Importer) -> None:
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    needed = PatternFill("solid", fgColor=_YELLOW)
    for place, column in enumerate(_filled_in(importer), 1):
        shape = sheet.column_dimensions[get_column_letter(place)]
        shape.number_format = _AS_TEXT
        shape.width = max(14, len(column.name) + 4)
        cell = sheet.cell(1, place, column.name)
        cell.number_format = _AS_TEXT
        if column.required:
            cell.font, cell.fill = Font(bold=True), needed
    sheet.freeze_panes = "A2"


def _explain(sheet: Worksheet, importer: Importer) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.append([_("Cột"), _("Bắt buộc điền"), _("Thông báo khi dòng bị từ chối")])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column in _filled_in(importer):
        sheet.append([column.name, _("có") if column.required else "", _said(column, importer)])
    sheet.append([])
    for line in (
        _("Cột bắt buộc có tên in đậm trên nền vàng."),
        _("Không đổi tên cột; cột không bắt buộc có thể bỏ."),
        _("Mọi cột ở dạng Văn bản để giữ số 0 ở đầu. Trang tính này không được nạp."),
    ):
        sheet.append([line])
    for place, width in enumerate((28, 12, 90), 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"


def _said(column: Column, importer: Importer) -> str:
    """What a wrong cell is answered with tells how to write it; free columns have no such answer."""
    if column.good == "true" and column.parse is None:
        return ""
    return row_sentence(column.code, importer.messages)
