"""Columns that many files share, checked in SQL.

Days are written 2025-01-31 or 31/01/2025, months 2025-01, 01/2025 or as their first day 2025-01-01 (so Excel
keeps them), minutes 2025-01-31 08:30, 31/01/2025 08:30 or 202501310830; a day alone is its first minute, as
XML1 writes an unknown time (QĐ 4750/QĐ-BYT). `as_written` brings other ways of writing into these.
"""

from __future__ import annotations

from collections.abc import Mapping

from vssid.kernel.text import fold

from ..importer import Column, Digits, Holds, Seal

_DAY = r"'^(\d{4}-\d{2}-\d{2}|\d{2}/\d{2}/\d{4})$'"
_MONTH = r"'^(\d{4}-(0[1-9]|1[0-2])(-01)?|(0[1-9]|1[0-2])/\d{4})$'"
_MINUTE = r"'^(\d{12}|(\d{4}-\d{2}-\d{2}|\d{2}/\d{2}/\d{4})([ T]\d{2}:\d{2})?)$'"


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
        f"ELSE left({cell}, 7) END || '-01')::date"
    )


def _iso_minute(cell: str) -> str:
    parts = "-".join((f"' || substr({cell}, {at}, {long}) || '") for at, long in ((1, 4), (5, 2), (7, 2)))
    packed = f"'{parts} ' || substr({cell}, 9, 2) || ':' || substr({cell}, 11, 2)"
    day = iso_day(f"left({cell}, 10)")
    minute = f"CASE WHEN length({cell}) = 10 THEN '00:00' ELSE right({cell}, 5) END"
    return f"CASE WHEN length({cell}) = 12 THEN {packed} ELSE {day} || ' ' || {minute} END"


def as_time(cell: str) -> str:
    """SQL timestamptz of a checked minute, told in Vietnamese time."""
    return f"(({_iso_minute(cell)})::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')"


def day(name: str, about: str, *, required: bool = False) -> Column:
    """A calendar day of the years 1900 to 2199."""
    iso = iso_day("{c}")
    real = f"pg_input_is_valid({iso}, 'date') AND {iso} ~ '^(19|20|21)'"
    good = f"CASE WHEN {{c}} ~ {_DAY} THEN {real} ELSE false END"
    return Column(name, about, required, good, "bad_day", holds=Holds.DAY)


def month(name: str, about: str, *, required: bool = False) -> Column:
    """A month of the years 1900 to 2199."""
    good = f"{{c}} ~ {_MONTH} AND {{c}} ~ '(^|/)(19|20|21)'"
    return Column(name, about, required, good, "bad_month", holds=Holds.MONTH)


def minute(name: str, about: str, *, required: bool = False) -> Column:
    """A day with hour and minute."""
    iso = f"({_iso_minute('{c}')})"
    good = f"CASE WHEN {{c}} ~ {_MINUTE} THEN pg_input_is_valid({iso}, 'timestamp') ELSE false END"
    return Column(name, about, required, good, "bad_minute", holds=Holds.MINUTE)


def passed_over(name: str) -> Column:
    """A column that may stand in the file and is not read: it never reaches the database."""

    def nothing(_cell: str, _seal: Seal) -> tuple[object, ...]:
        return ()

    return Column(name, "not read", parse=nothing)


def pattern(
    name: str,
    about: str,
    regex: str,
    code: str,
    *,
    required: bool = False,
    holds: Holds = Holds.CODE,
    digits: Digits | None = None,
) -> Column:
    """A code of a fixed form, or what else `holds` says; `regex` is anchored at both ends."""
    return Column(name, about, required, f"{{c}} ~ '{regex}'", code, holds=holds, digits=digits)


def exactly(*lengths: int) -> Digits:
    """Codes of so many digits, which are no rest of longer ones."""
    return Digits(frozenset(lengths))


def amount(name: str, about: str, regex: str, code: str, *, required: bool = False) -> Column:
    """A number of đồng or the like."""
    return pattern(name, about, regex, code, required=required, holds=Holds.AMOUNT)


def text(name: str, about: str, longest: int, *, required: bool = False, holds: Holds = Holds.TEXT) -> Column:
    """Free text up to `longest` characters; a `KEY` tells rows apart, so it is read to the letter."""
    return Column(name, about, required, f"length({{c}}) <= {longest}", "too_long", holds=holds)


def texts(name: str, about: str, longest: int, longest_of_one: int) -> Column:
    """Some texts with bars between, up to `longest` characters together and `longest_of_one` each."""
    parts = r"regexp_split_to_table({c}, '\s*\|\s*') part"
    each = f"(SELECT bool_and(length(part) <= {longest_of_one}) FROM {parts})"  # noqa: S608 - a number and words of ours
    return Column(name, about, False, f"length({{c}}) <= {longest} AND {each}", "too_long")


def choice(
    name: str, about: str, *values: str, required: bool = False, means: Mapping[str, str] | None = None
) -> Column:
    """One of a few words; `means` are other words for them, without marks and in small letters."""
    listed = ", ".join(f"'{value}'" for value in values)
    known = {fold(value): value for value in values} | dict(means or {})
    good = f"{{c}} IN ({listed})"
    return Column(name, about, required, good, "bad_choice", holds=Holds.WORD, means=known)


_TRUTHS = {"co": "1", "x": "1", "dung": "1", "true": "1", "khong": "0", "sai": "0", "false": "0"}


def yes_no(name: str, about: str) -> Column:
    """1 or 0; empty means 0."""
    return choice(name, about, "0", "1", means=_TRUTHS)
