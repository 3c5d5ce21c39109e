"""After a test with real commits the database is as its template was; only what was written is emptied."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

Row = tuple[Any, ...]
LANES = "audit_lane"
# A file without a byte holds no row: of two hundred tables a test has written to a few.
EVER_WRITTEN = """
SELECT relname FROM pg_class
WHERE relname = ANY(%s) AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0
"""
# The job queue's tables are not Django's, so its flush would leave one test's jobs to the next.
QUEUE = (
    "procrastinate_jobs",
    "procrastinate_events",
    "procrastinate_periodic_defers",
    "procrastinate_workers",
)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Once there is a database: put what follows in the place of `flush`, which ends a test with commits."""
    from django.core.management.commands import flush
    from django.db import connection

    with django_db_blocker.unblock():
        tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
        if LANES not in tables:  # no test that was asked for uses this database, so none was made
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {LANES} ORDER BY lane")
            lanes = list(cursor.fetchall())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", lambda self, **_: empty([*tables, *QUEUE], lanes))
        yield


def empty(tables: list[str], lanes: list[Row]) -> None:
    """Empty those of the tables that hold anything, trying again when it met a request that still ran.

    A browser may still be asking for something when its test ends; when that request and the emptying wait
    for each other, PostgreSQL gives one of them up.
    """
    from django.db import OperationalError

    waited = (psycopg.errors.DeadlockDetected, psycopg.errors.LockNotAvailable)
    for left in (3, 2, 1, 0):
        try:
            return _empty(tables, lanes)
        except OperationalError as error:
            if not left or not isinstance(error.__cause__, waited):
                raise
    return None


def _empty(tables: list[str], lanes: list[Row]) -> None:
    """Lock all, so that a request on its way has ended and its rows are seen; then empty and lay the lanes.

    The log refuses that by a trigger, and foreign keys, triggers too, want an order: they are stepped past.
    Without its lanes, which a migration laid once, the log would take nothing. DELETE and not TRUNCATE, which
    makes new files for every table and index: ten times as long for the few rows of a test.
    """
    from django.db import connection, transaction

    names = {table: connection.ops.quote_name(table) for table in tables}
    row = f"({', '.join(['%s'] * len(lanes[0]))})"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(names.values())}")
        cursor.execute(EVER_WRITTEN, [tables])
        asked = [
            f"SELECT '{table}' WHERE EXISTS (SELECT FROM {names[table]})" for (table,) in cursor.fetchall()
        ]
        cursor.execute(" UNION ALL ".join(asked))
        written = {str(row[0]) for row in cursor.fetchall()} | {LANES}
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("; ".join(f"DELETE FROM {names[table]}" for table in sorted(written)))
        values = [value for lane in lanes for value in lane]
        cursor.execute(f"INSERT INTO {LANES} VALUES {', '.join([row] * len(lanes))}", values)
