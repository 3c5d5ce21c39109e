"""Rows of dated tables: what holds from a day on, until another, from which text of law, how sure.

A table is CSV with the columns `from` and `to` (ISO days, both included; empty = no bound known), others of
its own, and `mark`: [S] seen in a source, [C] computed, [M] from memory, [?] unknown. Codes in it are text.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date

Row = Mapping[str, str]
WEAKEST_FIRST = ("[?]", "[M]", "[C]", "[S]")


def rows(lines: Iterable[str]) -> tuple[Row, ...]:
    """The rows in order. Raises ValueError for one without a mark, or that ends before it begins."""
    table = tuple(csv.DictReader(lines))
    for row in table:
        if row["mark"] not in WEAKEST_FIRST or (row["from"] and row["to"] and row["to"] < row["from"]):
            raise ValueError(row)
    return table


def holds(row: Row, day: date) -> bool:
    """Is the row in force on the day?"""
    return (not row["from"] or row["from"] <= day.isoformat()) and (
        not row["to"] or day.isoformat() <= row["to"]
    )


def on(table: Iterable[Row], day: date, **key: str) -> Row | None:
    """The row of a key that is in force on the day, None where there is none.

    Of several the one that began last counts, and of those the one that stands later in the table.
    """
    in_force = [row for row in table if holds(row, day) and all(row[name] == key[name] for name in key)]
    return max(enumerate(in_force), key=lambda pair: (pair[1]["from"], pair[0]))[1] if in_force else None
