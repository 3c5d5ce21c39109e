"""Days, months and minutes as people write them, in the form that their columns take; day before month."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

_THREE = re.compile(r"(\d{1,2})([/.\- ])(\d{1,2})\2(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_EIGHT = re.compile(r"\d{8}")
_MONTH = re.compile(r"(?:tháng|thg|t)?\s*(\d{1,2})\s*[/.\-]\s*(\d{4})", re.IGNORECASE)
_YEAR_MONTH = re.compile(r"(\d{4})[/.\-](\d{1,2})")
_CLOCK = re.compile(r"(.+?)[ T](\d{1,2}):(\d{2})(?::\d{2}(?:\.0+)?)?")
_MIDNIGHT = re.compile(r"[ T]0{1,2}:00(:00(\.0+)?)?$")


class Order(StrEnum):
    """How the days of a file are meant, when it was said.

    `as_shown`: each day cell is the day it shows, text is day first. `turned`: where a spreadsheet has turned
    day and month of some cells, turn them back. `month_first`: text has the month first.
    """

    UNSAID = ""
    AS_SHOWN = "as-shown"
    TURNED = "turned"
    MONTH_FIRST = "month-first"


def parts(cell: str) -> tuple[int, int, int] | None:
    """First and second number and the year of a day that is written with the year last."""
    match = _THREE.fullmatch(_MIDNIGHT.sub("", cell))
    return (int(match[1]), int(match[3]), int(match[4])) if match else None


def day(cell: str, order: Order = Order.UNSAID) -> str:
    """ISO, or as it is when it is no day."""
    cell = _MIDNIGHT.sub("", cell)
    if match := _THREE.fullmatch(cell):
        first, second = int(match[1]), int(match[3])
        if order is Order.MONTH_FIRST:
            first, second = second, first
        return _iso(int(match[4]), second, first) or cell
    if match := _YEAR_FIRST.fullmatch(cell):
        return _iso(int(match[1]), int(match[2]), int(match[3])) or cell
    return _packed(cell) if _EIGHT.fullmatch(cell) else cell


def birth(cell: str, order: Order = Order.UNSAID) -> str:
    """A day, a month as `1990-05`, or a year."""
    return month(cell) if _MONTH.fullmatch(cell) or _YEAR_MONTH.fullmatch(cell) else day(cell, order)


def month(cell: str, _: Order = Order.UNSAID) -> str:
    """`2002-03`, or as it is."""
    cell = _MIDNIGHT.sub("", cell)
    if match := _MONTH.fullmatch(cell):
        return f"{match[2]}-{int(match[1]):02}"
    if match := _YEAR_MONTH.fullmatch(cell):
        return f"{match[1]}-{int(match[2]):02}"
    if re.fullmatch(r"\d{6}", cell):
        readings = {
            day: f"{day[:4]}-{day[5:7]}"
            for day in (_iso(int(cell[:4]), int(cell[4:]), 1), _iso(int(cell[2:]), int(cell[:2]), 1))
            if day
        }
        return next(iter(readings.values())) if len(readings) == 1 else cell
    return cell


def minute(cell: str, order: Order = Order.UNSAID) -> str:
    """`2025-01-31 08:30`, or as it is."""
    if match := _CLOCK.fullmatch(cell):
        iso = day(match[1], order)
        return f"{iso} {int(match[2]):02}:{match[3]}" if _ISO.fullmatch(iso) else cell
    return cell if re.fullmatch(r"\d{12}", cell) else day(cell, order)


def turned(iso: str) -> str:
    """Day and month of a day or minute in ISO order change places where both may be a month."""
    return f"{iso[:4]}-{iso[8:10]}-{iso[5:7]}{iso[10:]}" if is_loose(iso) else iso


def is_loose(iso: str) -> bool:
    """May day and month have changed places, and would it be another day?"""
    return bool(_ISO.match(iso)) and int(iso[8:10]) <= 12 and iso[8:10] != iso[5:7]


def _packed(cell: str) -> str:
    """Eight digits, when only one of year first and day first makes a day."""
    readings = {
        _iso(int(cell[:4]), int(cell[4:6]), int(cell[6:])),
        _iso(int(cell[4:]), int(cell[2:4]), int(cell[:2])),
    } - {""}
    return readings.pop() if len(readings) == 1 else cell


def _iso(year: int, month: int, day: int) -> str:
    """Empty for what is no day of 1800 to 2199."""
    if not 1800 <= year < 2200:
        return ""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
