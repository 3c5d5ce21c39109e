"""Work that time brings, and a database that goes away in the middle: the job says so, and is done again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection

from vssid.domain.casework import batches
from vssid.domain.families import jobs as families
from vssid.domain.imports import jobs as imports
from vssid.domain.procedures import jobs as procedures
from vssid.domain.registration import jobs as registration
from vssid.domain.statements import jobs as statements
from vssid.domain.support import jobs as support
from vssid.infra.database.away import is_lost


def lose_the_database(*_ignored: Any, **_too: Any) -> None:
    """As when PostgreSQL restarts under a statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


lose_the_database.__name__ = "lose_the_database"
NIGHTS: list[tuple[Any, str, Callable[[], object]]] = [
    (registration, "erase_images", lambda: registration.nightly(0)),
    (procedures, "erase_files", lambda: procedures.nightly(0)),
    (support, "remove_old", lambda: support.nightly(0)),
    (statements.files, "erase_old", lambda: statements.nightly(0)),
    (families, "erase_papers", lambda: families.nightly(0)),
    (imports.retention, "give_up_lost", lambda: imports.sweep(0)),
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("module", "work", "job"), NIGHTS, ids=[night[1] for night in NIGHTS])
def test_a_night_that_lost_the_database_is_not_taken_for_done(module, work, job, monkeypatch):
    monkeypatch.setattr(module, work, lose_the_database)
    try:
        with pytest.raises(OperationalError) as lost:
            job()
    finally:
        connection.close()
    assert is_lost(lost.value)


@pytest.mark.django_db(transaction=True)
def test_a_batch_stops_where_the_database_went_away():
    tried = []
    try:
        with pytest.raises(OperationalError):
            batches.each([1, 2, 3], lambda number: (tried.append(number), lose_the_database()), job="work")
    finally:
        connection.close()
    assert tried == [1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql", ["SELECT 1/0", "SELECT FROM nowhere", "SET statement_timeout = 10; SELECT pg_sleep(1)"]
)
def test_a_statement_that_fails_is_no_lost_connection(sql):
    from django.db import DatabaseError, transaction

    with pytest.raises(DatabaseError) as failed, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert not is_lost(failed.value)
    assert not is_lost(ConnectionRefusedError())
