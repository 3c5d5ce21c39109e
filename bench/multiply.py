"""A larger register made of a smaller one inside PostgreSQL, as importing millions takes hours.

Each person of the first block is copied with a number, BHXH code, document keys and row numbers of its own;
everything else stays as it is, so that the records keep their shape. What was sealed for the first person
cannot be opened by the copy's number: good for reading records, for nothing else.
"""

from __future__ import annotations

from typing import Any

from psycopg import sql

from bench import place
from bench.place import Place

DONE = "bench_grown"
# What makes a copy `b` of the block's row its own; the rest is copied as it is.
CHANGED = {
    "person_id": "b.person_id + {shift}",
    "subject_id": "b.subject_id + {shift}",
    "id": "b.id + {k} * {ids}",
    "bhxh_code": "(b.bhxh_code::bigint + {shift})::text",
    "key": "CASE b.kind WHEN 'bhxh' THEN (b.key::bigint + {shift})::text"
    " ELSE encode(sha256(convert_to(b.key || {k}, 'UTF8')), 'hex') END",
}
# The tables of the register with a person in each row, and the people's data keys.
TABLES = """
SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relkind = 'r' AND ((c.relname LIKE 'participants%' AND a.attname = 'person_id')
    OR (c.relname = 'vault_subject_key' AND a.attname = 'subject_id'))
ORDER BY c.relname <> 'participants_person', c.relname
"""
COLUMNS = """
SELECT attname FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
"""


def grown(small: Place, folder: Any, *, by: int, block: int) -> Place:
    """A register `by` times as large as `small`; `block`: the size of the one that was imported."""
    with small.connect() as connection:
        count, _ = size(connection)
    name = f"growth_{count * by}"
    made = Place(small.server, name, folder / name)
    made.folder.mkdir(exist_ok=True)
    if not _is_done(made):
        _drop(made)
        _copy(small, made)
        with made.connect() as connection:
            _multiply(connection, first=count // block, copies=count * by // block, block=block)
    return place.prepare(small.server, folder, name)


def size(connection: Any) -> tuple[int, int]:
    """People, and the bytes of the tables and indexes that speak of them."""
    count = connection.execute("SELECT count(*) FROM participants_person").fetchone()[0]
    total = sum(
        connection.execute("SELECT pg_total_relation_size(%s::regclass)", [table]).fetchone()[0]
        for table, _ in connection.execute(TABLES).fetchall()
    )
    return int(count), int(total)


def _maintenance(here: Place) -> Any:
    return Place(here.server, "postgres", here.folder).connect()


def _is_done(here: Place) -> bool:
    with _maintenance(here) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [here.name]).fetchone():
            return False
    with here.connect() as connection:
        return bool(connection.execute("SELECT to_regclass(%s) IS NOT NULL", [DONE]).fetchone()[0])


def _drop(here: Place) -> None:
    with _maintenance(here) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(here.name)))


def _copy(small: Place, made: Place) -> None:
    with _maintenance(made) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(made.name), sql.Identifier(small.name)
            )
        )


def _multiply(connection: Any, *, first: int, copies: int, block: int) -> None:
    """Copies number `first` to `copies` of the block, table by table, in the order of their people."""
    connection.execute(f"DROP TABLE IF EXISTS {DONE}")
    connection.execute("SET session_replication_role = replica")  # no look-up of each foreign key
    connection.execute("SET maintenance_work_mem = '512MB'")
    ids = connection.execute("SELECT last_value FROM participants_record_seq").fetchone()[0]
    lowest = connection.execute("SELECT min(person_id) FROM participants_person").fetchone()[0]
    for table, owner in connection.execute(TABLES).fetchall():
        statement = _statement(connection, table, owner)
        made = set()
        for k in range(first, copies):
            values = {"k": k, "shift": k * block, "ids": ids, "low": lowest, "high": lowest + block - 1}
            made.add(connection.execute(statement.format(**values)).rowcount)
        assert len(made) == 1, f"{table}: a copy is not whole: {made}"
    connection.execute(f"CREATE TABLE {DONE} ()")
    connection.execute("VACUUM ANALYZE")
    connection.execute("CHECKPOINT")


def _statement(connection: Any, table: str, owner: str) -> str:
    columns = [name for (name,) in connection.execute(COLUMNS, [table]).fetchall()]
    values = [CHANGED.get(name, f'b."{name}"') for name in columns]
    order = [owner, *(["id"] if "id" in columns else [])]
    by = ", ".join(f"b.{column}" for column in order)
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} b"  # noqa: S608
        f" WHERE b.{owner} BETWEEN {{low}} AND {{high}} ORDER BY {by}"
    )
