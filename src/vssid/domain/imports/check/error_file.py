"""The file of refused rows: the same columns plus line, field, code and a sentence.

It opens in a spreadsheet without running anything: what a spreadsheet would take for a formula has its text
mark in front, which comes off when the corrected file is loaded. As a workbook every cell is text.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..files.reading import rows
from ..files.sources import REPORT_COLUMNS, Row, Source
from ..importer import Importer
from ..models import ImportRun, RowError
from ..read.day_order import Meant
from ..read.headings import in_vietnamese
from ..read.written_days import Order
from ..read.written_text import DOUBTED as DOUBT
from ..read.written_text import FORMULA_SIGNS, without_mark
from .messages import row_sentence

DOUBTED = ("lost_zero", "near_lost_zero", "power")
_MARK = "'"
_SHOWN = 40  # characters of a cell that its message repeats
_DELIMITERS = ",;"  # that a spreadsheet tells by itself


def write(path: Path, run_id: int, source: Source, importer: Importer) -> None:
    """Write the refused rows of a run as they were given.

    Days are written as the run was told that they are meant.
    """
    reasons: dict[int, list[tuple[str, str]]] = {}
    row_errors = RowError.objects.filter(run_id=run_id).order_by("line", "field", "code")
    for line, field, code in row_errors.values_list("line", "field", "code"):
        reasons.setdefault(line, []).append((field, code))
    order = Order(ImportRun.objects.values_list("day_order", flat=True).get(id=run_id))
    write_rows(path, reasons, source, importer, order)


def write_rows(
    path: Path,
    reasons: Mapping[int, Sequence[tuple[str, str]]],
    source: Source,
    importer: Importer,
    order: Order,
    *,
    titled: bool = False,
) -> None:
    """Write the lines that have reasons (field, code), readable by the owner only: they hold personal data.

    The header has the names of the columns or, `titled`, what people call them; both are known when it comes
    back.
    """
    rewriter = _Rewriter(source, importer, Meant(importer, source, order))
    called = [in_vietnamese(importer.called(name)) if titled else name for name in rewriter.names]
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    delimiter = source.delimiter if source.delimiter in _DELIMITERS else ","
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow([*called, *REPORT_COLUMNS])
        for row in rows(source):
            if row.line in reasons:
                writer.writerow(map(_harmless, rewriter.row(row, reasons[row.line])))


def as_xlsx(chunks: Iterable[bytes]) -> bytes:
    """An error file as a workbook in which every cell is text, to be corrected and loaded as it is."""
    from openpyxl import Workbook  # few processes write workbooks, and it takes long to import

    text = b"".join(chunks).decode("utf-8-sig")
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        sheet.append([_text_cell(sheet, without_mark(cell)) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text_cell(sheet: Any, value: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, "")
    cell.value, cell.data_type, cell.number_format = value, "s", "@"
    return cell


def _harmless(cell: str) -> str:
    return f"{_MARK}{cell}" if cell.startswith(FORMULA_SIGNS) else cell


class _Rewriter:
    """Makes a refused row of the file a row of the error file."""

    def __init__(self, source: Source, importer: Importer, meant: Meant) -> None:
        self._kept = [(at, name) for at, name in enumerate(source.header) if name]
        self.names = [name for _, name in self._kept]
        self._source, self._importer, self._meant = source, importer, meant

    def row(self, row: Row, reasons: Sequence[tuple[str, str]]) -> list[str]:
        """Its cells and why it was refused.

        Codes that may lack zeros get a sign, so that nobody sends them again as they are without a look.
        """
        doubted = {field for field, code in reasons if code in DOUBTED}
        given = dict(zip(self.names, self._given(row), strict=True))
        cells = [
            f"{DOUBT}{cell}" if name in doubted and not cell.startswith(DOUBT) else cell
            for name, cell in given.items()
        ]
        return [*cells, *self._why(row.line, reasons, given)]

    def _given(self, row: Row) -> list[str]:
        """The cells of the columns that are kept; of a row with too many, the last holds what is beyond."""
        cells = row.cells
        given = [
            self._meant.rewritten(name, cells[at], row.types.get(at)) if at < len(cells) else ""
            for at, name in self._kept
        ]
        beyond = [cell for cell in cells[len(self._source.header) :] if cell.strip()]
        return [*given[:-1], self._source.delimiter.join([given[-1], *beyond])] if beyond else given

    def _why(self, line: int, reasons: Sequence[tuple[str, str]], given: dict[str, str]) -> list[str]:
        fields = ", ".join(dict.fromkeys(field for field, _ in reasons))
        codes = ", ".join(dict.fromkeys(code for _, code in reasons))
        sentences = (self._sentence(field, code, given.get(field, "")) for field, code in reasons)
        return [str(line), fields, codes, " ".join(dict.fromkeys(sentences))]

    def _sentence(self, field: str, code: str, cell: str) -> str:
        """By the name of the column that people use, and with what stands in the cell."""
        sentence = row_sentence(code, self._importer.messages)
        if not field:
            return sentence
        value = " ".join(cell.split())
        shown = f" “{value[:_SHOWN]}{'…' if len(value) > _SHOWN else ''}”" if value else ""
        return f"{self._importer.called(field)}{shown}: {sentence}"
