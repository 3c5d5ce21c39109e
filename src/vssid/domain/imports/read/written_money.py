"""Amounts and percents as people write them: `5.310.000 đ`, `5,310,000`, `2,34`, `8 %`."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_CURRENCY = re.compile(r"\s*(đ|₫|đồng|vnđ|vnd)\.?$", re.IGNORECASE)
# Groups of three by one and the same sign, then a fraction by the other.
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:(?P<by>[., ])\d{3})(?:(?P=by)\d{3})*(?:(?!(?P=by))[.,]\d{1,2})?")
_FRACTION = re.compile(r"\d+,\d{1,2}")


def amount(cell: str) -> str:
    """A number with a point before its fraction; what has no such form stays as it is.

    Three digits after a single sign are a group, as people here write: `5.310` is 5310.
    """
    bare = _CURRENCY.sub("", cell).strip()
    if match := _GROUPED.fullmatch(bare):
        return bare.replace(match["by"], "").replace(",", ".")
    return bare.replace(",", ".") if _FRACTION.fullmatch(bare) else bare


def percent(cell: str) -> str:
    """Without its sign and with a point."""
    bare = cell.removesuffix("%").strip()
    return bare.replace(",", ".") if _FRACTION.fullmatch(bare) else bare


def from_share(cell: str) -> str:
    """A cell that a spreadsheet shows as percent: 0.08 is 8; what is no share stays as it is."""
    try:
        hundred = (Decimal(cell) * 100).quantize(Decimal("0.000001")).normalize()
    except InvalidOperation:
        return cell
    return f"{hundred:f}"
