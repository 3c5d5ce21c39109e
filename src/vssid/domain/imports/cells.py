"""Columns that many files share, checked in SQL.

Days are written 2025-01-31 or 31/01/2025, months 2025-01 or 01/2025.
"""

from __future__ import annotations

from .importer import Column

_DAY = r"'^(\d{4}-\d{2}-\d{2}|\d{2}/\d{2}/\d{4})$'"
_MONTH = r"'^(\d{4}-(0[1-9]|1[0-2])|(0[1-9]|1[0-2])/\d{4})$'"


def iso_day(cell: str) -> str:
    """SQL text of a day in ISO order, from either way of writing."""
    turned = f"substr({cell}, 7, 4) || '-' || substr({cell}, 4, 2) || '-' || substr({cell}, 1, 2)"
    return f"CASE WHEN substr({cell}, 3, 1) = '/' THEN {turned} ELSE {cell} END"


def as_day(cell: str) -> str:
    """SQL date of a checked day."""
    return f"({iso_day(cell)})::date"


def as_month(cell: str) -> str:
    """SQL date, the first of a checked month."""
    return (
        f"(CASE WHEN substr({cell}, 3, 1) = '/' THEN substr({cell}, 4, 4) || '-' || substr({cell}, 1, 2) "
        f"ELSE {cell} END || '-01')::date"
    )


def day(name: str, about: str, *, required: bool = False) -> Column:
    """A calendar day."""
    good = f"CASE WHEN {{c}} ~ {_DAY} THEN pg_input_is_valid({iso_day('{c}')}, 'date') ELSE false END"
    return Column(name, about, required, good, "bad_day")


def month(name: str, about: str, *, required: bool = False) -> Column:
    """A month of the years 1900 to 2199."""
    good = f"{{c}} ~ {_MONTH} AND {{c}} ~ '(^|/)(19|20|21)'"
    return Column(name, about, required, good, "bad_month")


def pattern(name: str, about: str, regex: str, code: str, *, required: bool = False) -> Column:
    """A code of a fixed form; `regex` is anchored at both ends."""
    return Column(name, about, required, f"{{c}} ~ '{regex}'", code)


def text(name: str, about: str, longest: int, *, required: bool = False) -> Column:
    """Free text up to `longest` characters."""
    return Column(name, about, required, f"length({{c}}) <= {longest}", "too_long")


def choice(name: str, about: str, *values: str, required: bool = False) -> Column:
    """One of a few words."""
    listed = ", ".join(f"'{value}'" for value in values)
    return Column(name, about, required, f"{{c}} IN ({listed})", "bad_choice")


def yes_no(name: str, about: str) -> Column:
    """1 or 0; empty means 0."""
    return choice(name, about, "0", "1")
