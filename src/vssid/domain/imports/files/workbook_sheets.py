"""Excel workbooks (.xlsx) in the process that reads them: rows of a sheet, each cell as text with its type.

What a workbook would unpack to, and how far its cells lie apart, is measured before its reader sees it: that
makes room for every cell between the corners.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

import python_calamine

from ..errors import BadFile
from . import workbook_marks
from .limits import Limits
from .sources import CHUNK, LOOKED_AT, CellType, Row, cell_text, cell_type, letters
from .workbook_marks import Marked, Marks

_NAME = "Excel (.xlsx)"
# A cell that holds something, with its place. Many have only a colour, and take no room.
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^<>]*?\br\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["'][^<>]*(?<!/)>(?!</)""")
_TAIL = 200  # bytes of a chunk in which such a cell may begin that ends in the next
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError)
_BROKEN = (
    zipfile.BadZipFile,
    ElementTree.ParseError,
    expat.ExpatError,
    KeyError,
    IndexError,
    ValueError,
    OSError,
)


def look(path: Path, bounds: Limits) -> dict[str, Any]:
    """Of each sheet its name, height, first rows and merged cells. Raises BadFile."""
    _weigh(path, bounds)
    book = _book(path)
    return {"sheets": [told for at in range(len(book.sheet_names)) if (told := _told(book, at))]}


def _told(book: Any, at: int) -> dict[str, Any] | None:
    try:
        sheet = _sheet(book, at)
    except BadFile:
        if at:
            return None  # a chart
        raise
    rows = [row.as_told() for row in islice(_table(sheet, {}), LOOKED_AT)]
    merged = sheet.merged_cell_ranges or () if not at else ()
    return {"name": book.sheet_names[at], "height": sheet.height, "rows": rows, "merged": list(merged)}


def rows(path: Path, bounds: Limits) -> Iterator[Row]:
    """The rows of the first sheet that are not empty. Raises BadFile."""
    _weigh(path, bounds)
    return _table(_sheet(_book(path), 0), _marks(path))


def _weigh(path: Path, bounds: Limits) -> None:
    """Unpack it once, counting: what a file says of its own size may be wrong."""
    left = bounds.workbook
    try:
        with zipfile.ZipFile(path) as packed:
            if "xl/workbook.xml" not in packed.namelist():
                raise BadFile(reason="not_text", found="ZIP")
            if sum(member.file_size for member in packed.infolist()) > left:
                raise BadFile(reason="too_large", found=_NAME)
            for member in packed.infolist():
                left = _weighed(packed, member, left, bounds)
    except _BROKEN_ZIP:
        raise BadFile(reason="broken", found=_NAME) from None


def _weighed(packed: zipfile.ZipFile, zip_info: zipfile.ZipInfo, left: int, bounds: Limits) -> int:
    """How many bytes are left after this part."""
    zip_info.file_size = left + 1  # read on where the part says that it ends
    corner, tail = _Corner(), b""
    with packed.open(zip_info) as content:
        while chunk := content.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                raise BadFile(reason="too_large", found=_NAME)
            text = tail + chunk
            corner.widen(_CELL.findall(text))
            tail = text[-_TAIL:]
    if corner.cells > bounds.cells:
        raise BadFile(reason="wide", found=corner.name)
    return left


class _Corner:
    """The last row and column that hold something."""

    def __init__(self) -> None:
        self._row, self._column = 0, -1

    def widen(self, places: list[tuple[bytes, bytes]]) -> None:
        """Include these cells."""
        if not places:
            return
        self._row = max(self._row, max(int(row) for _, row in places))
        names = {name for name, _ in places}
        self._column = max(self._column, max(workbook_marks.number(name.decode().upper()) for name in names))

    @property
    def cells(self) -> int:
        """How many cells lie between A1 and here."""
        return self._row * (self._column + 1)

    @property
    def name(self) -> str:
        """`XFD1048576`"""
        return f"{letters(self._column)}{self._row}"


def _table(sheet: Any, marks: Marks) -> Iterator[Row]:
    """Rows that are not empty with their number in the sheet; empty cells at the end are left out."""
    nothing: dict[int, Marked] = {}
    for number, values in enumerate(sheet.iter_rows(), 1):
        types = {at: kind for at, value in enumerate(values) if (kind := cell_type(value))}
        cells = [unicodedata.normalize("NFC", cell_text(value)) for value in values]
        for at, marked in marks.get(number, nothing).items():
            _note(marked, at, cells, types)
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield Row(number, cells, types=types)


def _note(marked: Marked, at: int, cells: list[str], types: dict[int, CellType]) -> None:
    """A number that is shown with zeros at its front is the text it shows; an error's text is its value."""
    cells.extend([""] * (at + 1 - len(cells)))
    if marked.zeros:
        if types.get(at) is CellType.NUMBER and cells[at].isdigit() and len(cells[at]) < marked.zeros:
            cells[at] = cells[at].rjust(marked.zeros, "0")
            del types[at]
        return
    cells[at] = unicodedata.normalize("NFC", marked.text) or cells[at]
    types[at] = marked.type


def _marks(path: Path) -> Marks:
    try:
        with zipfile.ZipFile(path) as packed:
            return workbook_marks.marks(packed, 0)
    except _BROKEN:
        raise BadFile(reason="broken", found=_NAME) from None


def _book(path: Path) -> Any:
    try:
        return python_calamine.CalamineWorkbook.from_path(str(path))
    except python_calamine.CalamineError:
        raise BadFile(reason="broken", found=_NAME) from None


def _sheet(book: Any, at: int) -> Any:
    try:
        return book.get_sheet_by_index(at)
    except (python_calamine.CalamineError, IndexError):
        raise BadFile(reason="broken", found=_NAME) from None
