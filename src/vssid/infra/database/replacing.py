"""Make a table say what another one says, writing only the rows that differ."""

from __future__ import annotations

from typing import Any

# Both tables by their whole keys.
_DELETE = "DELETE FROM {table} t WHERE {scope} NOT EXISTS (SELECT 1 FROM {fresh} n WHERE ({key}) = ({new}))"
_WRITE = """
INSERT INTO {table} AS t ({columns}) SELECT {columns} FROM {fresh}
ON CONFLICT ({names}) DO UPDATE SET {sets} WHERE {changed}
"""


def replace(
    cursor: Any, table: str, fresh: str, key: tuple[str, ...], values: tuple[str, ...], *, scope: str = ""
) -> None:
    """Make `table` say what the temporary table `fresh` does, which is dropped; `scope`: SQL over `t`, where
    only some rows of it are meant. All names are the caller's own.
    """
    names = {
        "table": table,
        "fresh": fresh,
        "scope": f"{scope} AND" if scope else "",
        "key": ", ".join(f"t.{name}" for name in key),
        "new": ", ".join(f"n.{name}" for name in key),
        "names": ", ".join(key),
        "columns": ", ".join(dict.fromkeys((*key, *values))),
        "sets": ", ".join(f"{name} = excluded.{name}" for name in values),
        "changed": " OR ".join(f"t.{name} IS DISTINCT FROM excluded.{name}" for name in values),
    }
    cursor.execute(f"ANALYZE {fresh}")
    cursor.execute(_DELETE.format(**names))
    cursor.execute(_WRITE.format(**names))
    cursor.execute(f"DROP TABLE {fresh}")
