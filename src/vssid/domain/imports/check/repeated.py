"""A key may stand in a file once: a row that says the same again counts as one with the first, another is
refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from psycopg import sql

from vssid.infra import keys

from ..importer import Importer
from ..read.staging import table_name

_PAGE = 5000  # pairs of rows whose sealed cells are compared at a time
_PAIRS = sql.Identifier("imports_repeated")


def settle(cursor: Any, run_id: int, importer: Importer, secret: bytes) -> int:
    """Take rows with the key of a row above out of staging; how many said the same as that one.

    The others are noted as refused (`duplicate`). `secret` is the key of the run's sealed cells.
    """
    staging = sql.Identifier(table_name(run_id))
    if not _pair(cursor, staging, importer):
        return 0
    _drop_unlike(cursor, staging, importer, secret)
    cursor.execute(
        sql.SQL(
            "INSERT INTO imports_row_error (run_id, line, field, code) "
            "SELECT {}, line, {}, 'duplicate' FROM {} WHERE NOT same"
        ).format(sql.Literal(run_id), sql.Literal(next(iter(importer.key))), _PAIRS)
    )
    cursor.execute(sql.SQL("SELECT count(*) FROM {} WHERE same").format(_PAIRS))
    same = int(cursor.fetchone()[0])
    cursor.execute(sql.SQL("DELETE FROM {} s USING {} r WHERE r.line = s.line").format(staging, _PAIRS))
    cursor.execute(sql.SQL("DROP TABLE {}").format(_PAIRS))
    return same


def _pair(cursor: Any, staging: sql.Identifier, importer: Importer) -> bool:
    """Each row whose key stands above with the first of that key, as if alike; were there any?"""
    key = sql.SQL(", ").join(map(sql.SQL, importer.key.values()))
    cursor.execute(
        sql.SQL(
            "CREATE TEMP TABLE {} ON COMMIT DROP AS SELECT line, first, true AS same FROM ("
            "SELECT line, first_value(line) OVER (PARTITION BY {} ORDER BY line) AS first FROM {} s"
            ") n WHERE line <> first"
        ).format(_PAIRS, key, staging)
    )
    if not cursor.rowcount:
        cursor.execute(sql.SQL("DROP TABLE {}").format(_PAIRS))
        return False
    cursor.execute(sql.SQL("ANALYZE {}").format(_PAIRS))
    return True


def _drop_unlike(cursor: Any, staging: sql.Identifier, importer: Importer, secret: bytes) -> None:
    """Compare the cells; what is sealed after it was opened, as equal cells differ when sealed."""
    staged = importer.staged()
    unlike = sql.SQL(" OR ").join(
        sql.SQL("s.{0} IS DISTINCT FROM f.{0}").format(sql.Identifier(name))
        for name, kind in staged.items()
        if kind != "bytea"
    )
    cursor.execute(
        sql.SQL(
            "UPDATE {} r SET same = false FROM {} s, {} f WHERE s.line = r.line AND f.line = r.first AND ({})"
        ).format(_PAIRS, staging, staging, unlike)
    )
    sealed = [name for name, kind in staged.items() if kind == "bytea"]
    if sealed:
        lines = [
            line for line, *cells in _sealed(cursor, staging, sealed) if not _same(sealed, cells, secret)
        ]
        cursor.execute(sql.SQL("UPDATE {} SET same = false WHERE line = ANY(%s)").format(_PAIRS), [lines])


def _sealed(cursor: Any, staging: sql.Identifier, names: list[str]) -> Iterator[tuple[Any, ...]]:
    """Line, then the cells of the row and of the first one, page by page."""
    cells = sql.SQL(", ").join(sql.SQL("s.{0}, f.{0}").format(sql.Identifier(name)) for name in names)
    page = sql.SQL(
        "SELECT r.line, {} FROM {} r JOIN {} s ON s.line = r.line JOIN {} f ON f.line = r.first "
        "WHERE r.same AND r.line > %s ORDER BY r.line LIMIT {}"
    ).format(cells, _PAIRS, staging, staging, sql.Literal(_PAGE))
    after = 0
    while True:
        cursor.execute(page, [after])
        rows = cursor.fetchall()
        yield from rows
        if len(rows) < _PAGE:
            return
        after = rows[-1][0]


def _same(names: list[str], cells: list[Any], secret: bytes) -> bool:
    """Are the cells of both rows equal once opened? They come in pairs, in the order of the names."""
    return all(
        _open(name, cell, secret) == _open(name, other, secret)
        for name, cell, other in zip(names, cells[::2], cells[1::2], strict=True)
    )


def _open(name: str, cell: Any, secret: bytes) -> str | None:
    return None if cell is None else keys.unseal(secret, bytes(cell), name.encode()).decode()
