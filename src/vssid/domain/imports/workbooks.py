"""Excel workbooks (.xlsx): the first sheet, read as if it were a CSV."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import python_calamine

from .errors import BadFile
from .sources import FileKind, Look, Row, Source, cell_text

# A workbook is held in memory as a whole; larger tables belong into CSV or Parquet.
LARGEST = 256 << 20  # bytes of the unpacked workbook


def open_workbook(path: Path, look: Look) -> Source:
    """The first row that is not empty is the header. Raises BadFile."""
    _weigh(path)
    sheet = _first_sheet(path)
    _, header = next(_table(sheet), (0, []))
    if not header:
        raise BadFile(reason="empty")
    return Source(path, FileKind.WORKBOOK, replace(look, lines=sheet.height), tuple(header))


def _weigh(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            names, size = packed.namelist(), sum(one.file_size for one in packed.infolist())
    except zipfile.BadZipFile:
        raise BadFile(reason="broken", found="Excel (.xlsx)") from None
    if "xl/workbook.xml" not in names:
        raise BadFile(reason="not_text", found="ZIP")
    if size > LARGEST:
        raise BadFile(reason="too_large", found="Excel (.xlsx)")


def rows(source: Source) -> Iterator[Row]:
    """The rows below the header; empty rows are skipped, cells that the sheet lacks at the end are empty."""
    table = _table(_first_sheet(source.path))
    next(table)
    width = len(source.header)
    for line, cells in table:
        yield Row(line, cells + [""] * (width - len(cells)))


def _table(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty with their number in the sheet; empty cells at the end are left out."""
    for number, values in enumerate(sheet.iter_rows(), 1):
        cells = [unicodedata.normalize("NFC", cell_text(value)) for value in values]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield number, cells


def _first_sheet(path: Path) -> Any:
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        return book.get_sheet_by_index(0)
    except (python_calamine.CalamineError, IndexError):
        raise BadFile(reason="broken", found="Excel (.xlsx)") from None
