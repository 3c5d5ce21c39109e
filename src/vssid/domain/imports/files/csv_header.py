"""The header of a CSV: below a title, blank lines and `sep=;`, and what stands between its cells."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass

from ..read.headings import Matcher
from .sources import LOOKED_AT

_SAID = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class Header:
    """Its cells, the line it ends in, and the delimiter of the file."""

    cells: tuple[str, ...]
    line: int
    delimiter: str


def find(start: str, matcher: Matcher) -> Header | None:
    """The header in the first part of a text; None when there is nothing."""
    lines = start.splitlines(keepends=True)
    said = _SAID.fullmatch(lines[0].lstrip("\ufeff")) if lines else None
    tried = _DELIMITERS if said is None else (said[1],)
    headers: list[Header] = []
    for delimiter in tried:
        header = _find(lines, delimiter, matcher, skip=said is not None)
        headers += [header] if header else []
    return max(headers, key=lambda candidate: _how_good(candidate, matcher)) if headers else None


def _how_good(header: Header, matcher: Matcher) -> tuple[bool, int, int]:
    return matcher.fits(header.cells), matcher.score(header.cells), len(header.cells)


def _find(lines: list[str], delimiter: str, matcher: Matcher, *, skip: bool) -> Header | None:
    """The best row as this delimiter would have it."""
    rows, ends = [], []
    reader = csv.reader(lines[skip:], delimiter=delimiter)
    try:
        for row in reader:
            if any(cell.strip(" \t\ufeff") for cell in row):
                rows.append(row)
                ends.append(reader.line_num + skip)
            if len(rows) == LOOKED_AT:
                break
    except csv.Error:
        pass  # longer than any cell may be: what was read before that is looked at
    if not rows:
        return None
    at = matcher.best(rows)
    return Header(tuple(rows[at]), ends[at], delimiter)
