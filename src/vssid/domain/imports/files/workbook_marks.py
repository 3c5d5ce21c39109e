"""What a workbook says of its cells beside their values: errors, formulas without a value, how numbers show.

The reader of values gives an error and a formula that was never computed as empty, and a number without its
format. One pass over the XML of the sheet finds those cells; all others are left to the reader.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from typing import IO
from xml.etree import ElementTree
from xml.parsers import expat

from .sources import CHUNK, CellType

_BOOK, _BOOK_LINKS, _STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_LINK = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_PERCENT_FORMATS = frozenset({9, 10})  # the built-in ones
_ZEROS = re.compile(r"(0{2,})(;.*)?")
_PLACE = re.compile(r"([A-Z]+)(\d+)")


@dataclass(slots=True)
class Marked:
    """One such cell. `text` is that of an error or formula, `zeros` the fewest digits a number shows."""

    type: CellType
    text: str = ""
    zeros: int = 0


Marks = dict[int, dict[int, Marked]]


@dataclass(slots=True)
class _Style:
    is_percent: bool = False
    zeros: int = 0


def marks(packed: zipfile.ZipFile, sheet: int) -> Marks:
    """The marked cells of a sheet by its place: row (from 1) → column (from 0).

    Raises what readers of ZIP and XML raise, and KeyError, IndexError or ValueError for an odd workbook.
    """
    finder = _Finder(_styles(packed))
    with packed.open(_sheet_name(packed, sheet)) as content:
        finder.read(content)
    return finder.marks


def _sheet_name(packed: zipfile.ZipFile, at: int) -> str:
    links = {link.get("Id"): link.get("Target", "") for link in _root(packed, _BOOK_LINKS)}
    sheets = [element for element in _root(packed, _BOOK).iter() if _local(element.tag) == "sheet"]
    target = links[sheets[at].get(_LINK) or sheets[at].get(_STRICT_LINK)]
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _root(packed: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(packed.read(name))  # noqa: S314 - expat refuses what grows without end


def _styles(packed: zipfile.ZipFile) -> list[_Style]:
    if _STYLES not in packed.namelist():
        return []
    root = _root(packed, _STYLES)
    codes = {
        element.get("numFmtId"): element.get("formatCode", "")
        for element in root.iter()
        if _local(element.tag) == "numFmt"
    }
    used = next((element for element in root if _local(element.tag) == "cellXfs"), ())
    return [
        _style(cell_format.get("numFmtId", "0"), codes.get(cell_format.get("numFmtId"), ""))
        for cell_format in used
    ]


def _style(number: str, code: str) -> _Style:
    bare = re.sub(r'"[^"]*"|\\.', "", code)
    zeros = _ZEROS.fullmatch(bare)
    is_builtin = number.isdigit() and int(number) in _PERCENT_FORMATS
    return _Style(is_builtin or "%" in bare, len(zeros[1]) if zeros else 0)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


@dataclass(slots=True)
class _Cell:
    row: int
    column: int
    type: str
    style: int
    has_formula: bool = False
    formula: list[str] = field(default_factory=list)
    value: list[str] = field(default_factory=list)


class _Finder:
    """Hears the elements of a sheet; a prefix of their names does not matter."""

    def __init__(self, styles: list[_Style]) -> None:
        self.marks: Marks = {}
        self._styles, self._row, self._column = styles, 0, -1
        self._cell: _Cell | None = None
        self._text: list[str] | None = None

    def read(self, content: IO[bytes]) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._heard
        while chunk := content.read(CHUNK):
            parser.Parse(chunk)
        parser.Parse(b"", True)

    def _start(self, name: str, given: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "row":
            self._row, self._column = int(given.get("r", self._row + 1)), -1
        elif name == "c":
            self._begin(given)
        elif self._cell is not None and name == "f":
            self._cell.has_formula, self._text = True, self._cell.formula
        elif self._cell is not None and name == "v":
            self._text = self._cell.value

    def _begin(self, given: dict[str, str]) -> None:
        place = _PLACE.fullmatch(given.get("r", ""))
        self._column = number(place[1]) if place else self._column + 1
        self._cell = _Cell(self._row, self._column, given.get("t", "n"), int(given.get("s", "0")))

    def _heard(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name in ("f", "v"):
            self._text = None
        elif name == "c" and self._cell is not None:
            if (marked := self._marked(self._cell)) is not None:
                self.marks.setdefault(self._cell.row, {})[self._cell.column] = marked
            self._cell = None

    def _marked(self, cell: _Cell) -> Marked | None:
        value = "".join(cell.value)
        if cell.type == "e":
            return Marked(CellType.ERROR, value or "#N/A")
        if cell.has_formula and not value and cell.type not in ("str", "inlineStr"):
            return Marked(CellType.FORMULA, "=" + "".join(cell.formula))
        style = self._styles[cell.style] if cell.style < len(self._styles) else None
        if style is None or cell.type != "n" or not value:
            return None
        if style.is_percent:
            return Marked(CellType.PERCENT)
        return Marked(CellType.NUMBER, zeros=style.zeros) if style.zeros else None


def number(letters: str) -> int:
    """A column by its name: `A` is 0, `AA` is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
