"""Do columns of days that went into staging unread give a reason to look at each cell?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from psycopg import sql

from ..check.evidence import MANY, of_days
from ..importer import Column
from .staging import table_name

# A column of both ways of writing, or of ISO days of which none is after the 12th.
_ASKED = """
count(*) FILTER (WHERE {c} ~ '^../') > 0 AND count(*) FILTER (WHERE {c} ~ '^....-') > 0
OR count(*) FILTER (WHERE {c} ~ '^....-') >= {many} AND coalesce(
  max(substr({c}, 9, 2)) FILTER (WHERE {c} ~ '^....-') BETWEEN '02' AND '12', false)
"""


def may_be_turned(cursor: Any, run_id: int, columns: Iterable[Column]) -> bool:
    """Is there such a column? Then `evidence` is to judge, which hears each cell."""
    asked = [
        sql.SQL(_ASKED).format(c=sql.Identifier(column.cell), many=sql.Literal(MANY))
        for column in columns
        if of_days(column)
    ]
    if not asked:
        return False
    table = sql.Identifier(table_name(run_id))
    cursor.execute(sql.SQL("SELECT {} FROM {}").format(sql.SQL(" OR ").join(asked), table))
    return bool(cursor.fetchone()[0])
