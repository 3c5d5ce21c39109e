"""Refuse wrong rows in staging, set by set."""

from __future__ import annotations

from typing import Any

from psycopg import sql

from .importer import Column, Importer
from .staging import table_name


def check(cursor: Any, run_id: int, importer: Importer, *, unread: bool) -> None:
    """Take wrong cells, then rows against the rules, then repeated keys out of staging.

    `unread`: no cell was parsed on its way here (staging.Loaded).
    """
    cells = [
        (column.name, code, bad)
        for column in importer.columns
        if column.parse is None or (unread and column.unread)
        for code, bad in _bad_cell(column)
    ]
    _refuse(cursor, run_id, cells)
    table = f'"{table_name(run_id)}"'
    rules = [
        (rule.field, rule.code, f"({rule.good.replace('{staging}', table)}) IS NOT TRUE")
        for rule in importer.checks
    ]
    _refuse(cursor, run_id, rules)
    _refuse_repeated(cursor, run_id, importer)


def _bad_cell(column: Column) -> list[tuple[str, str]]:
    cell = f's."{column.cell}"'
    bad = []
    if column.good != "true":
        good = column.good.replace("{c}", cell)
        bad = [(column.code, f"{cell} IS NOT NULL AND ({good}) IS NOT TRUE")]
    return [("missing", f"{cell} IS NULL"), *bad] if column.required else bad


def _refuse(cursor: Any, run_id: int, rules: list[tuple[str, str, str]]) -> None:
    if not rules:
        return
    any_bad = sql.SQL(" OR ").join(sql.SQL(f"({bad})") for _, _, bad in rules)
    each = sql.SQL(", ").join(
        sql.SQL("({}, {}, {})").format(sql.Literal(field), sql.Literal(code), sql.SQL(bad))
        for field, code, bad in rules
    )
    cursor.execute(
        sql.SQL(
            "INSERT INTO imports_row_error (run_id, line, field, code) "
            "SELECT {run}, s.line, e.field, e.code FROM {staging} s "
            "CROSS JOIN LATERAL (VALUES {each}) e (field, code, bad) WHERE ({any_bad}) AND e.bad"
        ).format(
            run=sql.Literal(run_id), staging=sql.Identifier(table_name(run_id)), each=each, any_bad=any_bad
        )
    )
    _take_out(cursor, run_id)


def _refuse_repeated(cursor: Any, run_id: int, importer: Importer) -> None:
    key = sql.SQL(", ").join(map(sql.SQL, importer.key.values()))
    cursor.execute(
        sql.SQL(
            "INSERT INTO imports_row_error (run_id, line, field, code) "
            "SELECT {run}, line, {field}, 'duplicate' FROM "
            "(SELECT line, row_number() OVER (PARTITION BY {key} ORDER BY line) AS nth FROM {staging} s) n "
            "WHERE nth > 1"
        ).format(
            run=sql.Literal(run_id),
            field=sql.Literal(next(iter(importer.key))),
            key=key,
            staging=sql.Identifier(table_name(run_id)),
        )
    )
    _take_out(cursor, run_id)


def _take_out(cursor: Any, run_id: int) -> None:
    cursor.execute(
        sql.SQL("DELETE FROM {} s USING imports_row_error e WHERE e.run_id = {} AND e.line = s.line").format(
            sql.Identifier(table_name(run_id)), sql.Literal(run_id)
        )
    )
