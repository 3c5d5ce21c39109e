"""Excel workbooks (.xlsx): the first sheet, as the process that reads it tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..errors import BadFile
from ..read.headings import Matcher
from . import child_process
from .limits import Limits
from .sources import FileKind, Look, Row, Source, letters


def open_workbook(path: Path, look: Look, matcher: Matcher, bounds: Limits) -> Source:
    """Find the header of the first sheet. Raises BadFile, also for merged cells and data on another sheet."""
    first, *others = child_process.look(FileKind.WORKBOOK, path, bounds)["sheets"]
    rows = list(map(Row.of, first["rows"]))
    _refuse_other_sheets(others, matcher)
    if not rows:
        raise BadFile(reason="empty")
    header = rows[matcher.best([row.cells for row in rows])]
    _refuse_merged(first["merged"], header)
    told = replace(look, lines=first["height"])
    return Source(path, FileKind.WORKBOOK, told, tuple(header.cells), header_line=header.line)


def _refuse_other_sheets(sheets: list[Any], matcher: Matcher) -> None:
    """Only the first is loaded, so data on another would be lost; our own explanation is none."""
    for sheet in sheets:
        rows = list(map(Row.of, sheet["rows"]))
        if not _is_explanation(rows) and any(_is_data(row, matcher) for row in rows):
            raise BadFile(reason="second_sheet", found=sheet["name"])


def _is_explanation(rows: list[Row]) -> bool:
    """Is it the second sheet of our template?"""
    return bool(rows) and len(rows[0].cells) == 3 and rows[0].cells[0].strip() in ("Cột", "Column")


def _is_data(row: Row, matcher: Matcher) -> bool:
    return len(list(filter(str.strip, row.cells))) > 2 or matcher.fits(row.cells)


def _refuse_merged(ranges: list[Any], header: Row) -> None:
    """Of merged cells only the first holds the value, and nobody can tell whether it is meant for all."""
    width = len(header.cells)
    merged = [
        f"{letters(left)}{top + 1}:{letters(right)}{bottom + 1}"
        for (top, left), (bottom, right) in ranges
        if bottom >= header.line and left < width
    ]
    if merged:
        raise BadFile(reason="merged", found=", ".join(sorted(merged)[:5]))


def rows(source: Source, bounds: Limits) -> Iterator[Row]:
    """The rows below the header; empty rows are skipped, cells that the sheet lacks at the end are empty."""
    width = len(source.header)
    for row in child_process.rows(FileKind.WORKBOOK, source.path, bounds):
        if row.line > source.header_line:
            yield replace(row, cells=row.cells + [""] * (width - len(row.cells)))
