"""Refuse wrong rows in staging, set by set."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from psycopg import sql

from ..importer import Check, Column, Importer
from ..read.staging import table_name

_OF_REGISTER = re.compile(r"\{(was|held)\.(\w+)\}")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a run may do: blank cells of the staging columns `erases` erase; `reach` is the code of the office
    at or below which it may change rows, empty where it may change all.
    """

    erases: frozenset[str] = frozenset()
    reach: str = ""


def check(cursor: Any, run_id: int, importer: Importer, bounds: Bounds, *, cells: bool = True) -> None:
    """Take wrong cells, then rows against the rules out of staging.

    Without `cells` where every cell is known to be good.
    """
    if cells:
        _refuse(cursor, run_id, _bad_cells(importer, unread=False))
    table = f'"{table_name(run_id)}"'
    checks = (*importer.checks, *(importer.reach if bounds.reach else ()))
    rules = [
        (rule.field, rule.code, f"({_rule(rule, importer, table, bounds)}) IS NOT TRUE") for rule in checks
    ]
    of_file = any("{staging}" in rule.good for rule in checks)
    # A line may be good only with another one, which has just been refused.
    while _refuse(cursor, run_id, rules) and of_file:
        pass


def _rule(rule: Check, importer: Importer, staging: str, bounds: Bounds) -> str:
    """The rule's SQL, with the office, the staging table and what the register holds put in."""

    def current_value(match: re.Match[str]) -> str:
        return _current_value(importer, match[2], bounds.erases if match[1] == "was" else frozenset())

    reach = sql.Literal(bounds.reach).as_string(None)
    return _OF_REGISTER.sub(current_value, rule.good).replace("{staging}", staging).replace("{reach}", reach)


def _current_value(importer: Importer, column: str, erases: frozenset[str]) -> str:
    """What the row of the same key holds in a column, as SQL; null where a blank erases it."""
    table = importer.table
    assert table is not None, "only what is merged as usual has a row to look at"
    if erases and erases.issuperset(table.cells(column)):
        return "NULL"
    match = " AND ".join(
        f"t.{name} {'IS NOT DISTINCT FROM' if name in table.may_lack else '='} ({table.columns[name]})"
        for name in table.key
    )
    # The joins start from s, which stands outside.
    joined = f"FROM (SELECT 1) one {table.joins} JOIN {table.name} t ON true"
    return f"(SELECT t.{column} {joined} WHERE {match})"


def has_bad_cell(cursor: Any, run_id: int, importer: Importer) -> bool:
    """Is there a cell in staging, copied unread, that its column does not take as it stands?"""
    bad = [sql.SQL(f"({bad})") for _, _, bad in _bad_cells(importer, unread=True)]
    if not bad:
        return False
    cursor.execute(
        sql.SQL("SELECT EXISTS (SELECT 1 FROM {} s WHERE {})").format(
            sql.Identifier(table_name(run_id)), sql.SQL(" OR ").join(bad)
        )
    )
    return bool(cursor.fetchone()[0])


def _bad_cells(importer: Importer, *, unread: bool) -> list[tuple[str, str, str]]:
    return [
        (column.name, code, bad)
        for column in importer.columns
        if column.parse is None or (unread and column.unread)
        for code, bad in _bad_cell(column)
    ]


def _bad_cell(column: Column) -> list[tuple[str, str]]:
    cell = f's."{column.cell}"'
    bad = []
    if column.good != "true":
        good = column.good.replace("{c}", cell)
        bad = [(column.code, f"{cell} IS NOT NULL AND ({good}) IS NOT TRUE")]
    return [("missing", f"{cell} IS NULL"), *bad] if column.required else bad


def _refuse(cursor: Any, run_id: int, rules: list[tuple[str, str, str]]) -> bool:
    """Take rows against the rules out of staging; were there any?"""
    if not rules:
        return False
    any_bad = sql.SQL(" OR ").join(sql.SQL(f"({bad})") for _, _, bad in rules)
    each = sql.SQL(", ").join(
        sql.SQL("({}, {}, {})").format(sql.Literal(field), sql.Literal(code), sql.SQL(bad))
        for field, code, bad in rules
    )
    cursor.execute(
        sql.SQL(
            "INSERT INTO imports_row_error (run_id, line, field, code) "
            "SELECT DISTINCT {run}, s.line, e.field, e.code FROM {staging} s "
            "CROSS JOIN LATERAL (VALUES {each}) e (field, code, bad) WHERE ({any_bad}) AND e.bad"
        ).format(
            run=sql.Literal(run_id), staging=sql.Identifier(table_name(run_id)), each=each, any_bad=any_bad
        )
    )
    any_refused = bool(cursor.rowcount)
    _take_out(cursor, run_id)
    return any_refused


def _take_out(cursor: Any, run_id: int) -> None:
    cursor.execute(
        sql.SQL("DELETE FROM {} s USING imports_row_error e WHERE e.run_id = {} AND e.line = s.line").format(
            sql.Identifier(table_name(run_id)), sql.Literal(run_id)
        )
    )
