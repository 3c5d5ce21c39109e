"""A cell as people and spreadsheets write it, in the form that its column takes, or refused.

What a cell is (text, number, day, error, formula) counts up to here. What may be another value than the one
that was meant is refused, never guessed: a code from a number cell may have lost its zeros, an error is not
an empty cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType

from vssid.kernel.text import fold, narrow, visible

from ..check import strange_text
from ..errors import BadCell
from ..files.sources import CellType
from ..importer import Column, Holds
from . import written_money
from .written_days import Order, birth, day, minute, month

# What spreadsheets write into a cell that they cannot compute.
_BROKEN = re.compile(
    r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|ERROR!|GETTING_DATA)|Err:\d{3}",
    re.IGNORECASE,
)
# Spreadsheets write an apostrophe in front of what is to stay text; we do before what would be a formula.
FORMULA_SIGNS = tuple("=+-@\t\r＝＋－＠")
_TEXT_MARK = re.compile(f"'(?=[{re.escape(''.join(FORMULA_SIGNS))}])")
_POWER = re.compile(r"\d([.,]\d+)?E\+?\d{1,3}", re.IGNORECASE)
_SPACE = re.compile(r"\s*[\r\n]+\s*|[\u00a0\u2000-\u200a\u202f\u3000]")
DOUBTED = "?"  # our error file puts it before a code whose zeros may be lost
_BETWEEN = re.compile(r"[\s.]+")  # not the dash, which a tax code has for a reason
_MOST_DIGITS = 15  # that a spreadsheet keeps of a number
_CODES = (Holds.CODE, Holds.KEY)
_PLAIN_TEXT = (Holds.TEXT, Holds.NAME, Holds.KEY)


def read(column: Column, cell: str, kind: CellType | None = None, order: Order = Order.UNSAID) -> str:
    """The cell as its column takes it; empty stays empty. Raises BadCell.

    What is in no usual form is given back for the column's own rule to refuse. Of a day cell in doubt the
    caller turns day and month before.
    """
    if kind is None and cell.isascii() and cell.isalnum() and not column.means:
        return _bare(column, cell, order)
    cell = _tidy(cell)
    if not cell:
        return ""
    if kind is CellType.ERROR or _BROKEN.fullmatch(cell):
        raise BadCell("broken_cell")
    if kind is CellType.FORMULA:
        raise BadCell("formula")
    if kind is not None:
        return _typed(column, cell, kind, order)
    return _text(column, without_mark(cell), order)


def without_mark(cell: str) -> str:
    """Without the apostrophe in front of what a spreadsheet would take for a formula."""
    return cell[1:] if _TEXT_MARK.match(cell) else cell


def _tidy(cell: str) -> str:
    text = unicodedata.normalize("NFC", visible(cell))
    return _SPACE.sub(" ", text.strip()).strip()


def _bare(column: Column, cell: str, order: Order) -> str:
    """Letters and digits only: nothing to take off or to be read in two ways but a code or a day."""
    if column.holds in _PLAIN_TEXT or column.holds is Holds.AMOUNT:
        return cell
    return _text(column, cell, order)


def _typed(column: Column, cell: str, kind: CellType, order: Order) -> str:
    match kind:
        case CellType.DAY:
            return _from_day(column, cell, order)
        case CellType.TRUTH:
            if column.holds is Holds.WORD:
                return cell
            raise BadCell("odd_cell")
        case CellType.PERCENT:
            return _from_percent(column, cell)
        case _:
            return _from_number(column, cell, order)


def _from_day(column: Column, cell: str, order: Order) -> str:
    """A day in another column is what a spreadsheet made of something like 1/2 or 3-4."""
    if column.holds in (Holds.DAY, Holds.BIRTH, Holds.MONTH, Holds.MINUTE):
        return _text(column, cell, order)
    raise BadCell("day_cell")


def _from_percent(column: Column, cell: str) -> str:
    if column.holds is not Holds.PERCENT:
        raise BadCell("percent_cell")
    return written_money.from_share(cell)


def _from_number(column: Column, cell: str, order: Order) -> str:
    if column.digits is not None and column.digits.is_whole(cell) and cell.isdigit():
        return cell
    if column.holds in _CODES:
        raise BadCell("lost_zero")
    if column.holds in _PLAIN_TEXT and len(re.sub(r"\D", "", cell)) > _MOST_DIGITS:
        raise BadCell("lost_digits")
    if column.holds is Holds.PHONE and len(cell) in (9, 10) and not cell.startswith("84"):
        return f"0{cell}"  # each number of the country has one zero at its front
    return cell if column.holds in (Holds.AMOUNT, Holds.PERCENT) else _text(column, cell, order)


def _text(column: Column, cell: str, order: Order) -> str:
    if column.means:
        cell = column.means.get(fold(cell), cell)
    if reads := _READERS.get(column.holds):
        return reads(column, cell)
    if in_order := _DAYS.get(column.holds):
        return in_order(narrow(cell).lstrip("'"), order)
    if column.holds in _PLAIN_TEXT and (
        wrong := strange_text.wrong(cell, is_name=column.holds is Holds.NAME)
    ):
        raise BadCell(wrong)
    return cell


def _code(column: Column, cell: str) -> str:
    cell = narrow(cell).lstrip("'")
    if cell.startswith(DOUBTED) and cell[1:2].isdigit():
        raise BadCell("lost_zero")
    if column.digits is None:
        return cell
    if _POWER.fullmatch(cell):
        raise BadCell("power")
    digits = _BETWEEN.sub("", cell)
    if not (digits.isascii() and digits.isdigit()):
        return cell
    if column.digits.lacks_zero(digits):
        raise BadCell("lost_zero")
    return digits


_READERS: Mapping[Holds, Callable[[Column, str], str]] = MappingProxyType(
    {
        Holds.CODE: _code,
        Holds.AMOUNT: lambda _, cell: written_money.amount(narrow(cell)),
        Holds.PERCENT: lambda _, cell: written_money.percent(narrow(cell)),
        Holds.PHONE: lambda _, cell: narrow(cell).lstrip("'"),
        Holds.COUNT: lambda _, cell: written_money.amount(narrow(cell)),
    }
)
_DAYS: Mapping[Holds, Callable[[str, Order], str]] = MappingProxyType(
    {Holds.DAY: day, Holds.BIRTH: birth, Holds.MONTH: month, Holds.MINUTE: minute}
)
