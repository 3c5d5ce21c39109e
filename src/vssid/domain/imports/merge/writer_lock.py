"""One writer of a kind at a time: a run over a file, or a row written by hand."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import connection

from ..errors import AlreadyRunning
from ..importer import Importer

LOCK_SPACE = 7_113
_PAUSE = 0.2  # seconds


@contextmanager
def for_a_run(importer: Importer, wait: timedelta) -> Iterator[None]:
    """Hold the kind's lock; the server frees it when this process dies. Raises AlreadyRunning."""
    with connection.cursor() as cursor:
        # Of the session and not of a transaction, since a run commits after each batch.
        _take(cursor, "pg_try_advisory_lock", importer, wait)
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", [LOCK_SPACE, _name(importer)])


def for_this_transaction(cursor: Any, importer: Importer, wait: timedelta) -> None:
    """Hold the kind's lock until the transaction ends. Raises AlreadyRunning."""
    _take(cursor, "pg_try_advisory_xact_lock", importer, wait)


def _name(importer: Importer) -> str:
    return importer.alone_with or importer.kind


def _take(cursor: Any, function: str, importer: Importer, wait: timedelta) -> None:
    deadline = time.monotonic() + wait.total_seconds()
    while True:
        cursor.execute(f"SELECT {function}(%s, hashtext(%s))", [LOCK_SPACE, _name(importer)])
        if cursor.fetchone()[0]:
            return
        if time.monotonic() > deadline:
            raise AlreadyRunning(kind=_name(importer))
        time.sleep(_PAUSE)
