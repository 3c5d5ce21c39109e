"""Connections that give up on an answer that does not come.

`statement_timeout` is kept by the server, keepalives by the two ends of a TCP link; a machine between that
takes every packet and passes on none defeats both. So each wait has a limit here too, a little above the
server's. A connection whose limit has passed is closed: nobody knows what it would have said.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg
from django.db import connection as djangos
from django.db import transaction
from psycopg.abc import PQGen
from psycopg_pool import AsyncConnectionPool

from . import limits

Result = TypeVar("Result")
# Whether the server at the other end can write.
WRITES = "SELECT NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off'"
_INTERVAL = 0.1  # seconds between looks for Ctrl-C, as psycopg's own


class NoAnswer(psycopg.OperationalError):
    """The database did not answer in time; what it was told may have happened or not."""


class Connection(psycopg.Connection[Any]):
    """Waits `patience` seconds for each answer; None waits as long as it takes."""

    patience: float | None = limits.ANSWER

    def wait(self, gen: PQGen[Result], interval: float = _INTERVAL, timeout: float | None = None) -> Result:
        """As psycopg's; raises NoAnswer. A caller's own `timeout` goes before ours."""
        if timeout is not None or self.patience is None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self.patience)
        except psycopg.errors._WaitTimeout:
            self.pgconn.finish()
            raise NoAnswer(f"the database did not answer within {self.patience:g} s") from None


class AsyncConnection(psycopg.AsyncConnection[Any]):
    """The same for the worker's own connections, which also listen."""

    patience: float = limits.LISTENING

    async def wait(
        self, gen: PQGen[Result], interval: float = _INTERVAL, timeout: float | None = None
    ) -> Result:
        """As psycopg's; raises NoAnswer. A caller's own `timeout` goes before ours."""
        if timeout is not None:
            return await super().wait(gen, interval, timeout)
        try:
            return await super().wait(gen, interval, self.patience)
        except psycopg.errors._WaitTimeout:
            self.pgconn.finish()
            raise NoAnswer(f"the database did not answer within {self.patience:g} s") from None


def pool(**arguments: Any) -> AsyncConnectionPool[Any]:
    """A pool of patient connections that can write, for procrastinate's worker."""
    return AsyncConnectionPool(connection_class=AsyncConnection, **arguments | {"check": _writes})


async def _writes(link: psycopg.AsyncConnection[Any]) -> None:
    """Asked before a connection is given out; an error has it replaced."""
    await link.set_autocommit(True)
    row = await (await link.execute(WRITES)).fetchone()
    await link.set_autocommit(False)
    if row != (True,):
        raise psycopg.OperationalError("the server only reads")


@contextmanager
def lifted() -> Iterator[None]:
    """Without our own limit on Django's connection: for work that rightly takes minutes.

    A link that is cut is still noticed, by keepalives.
    """
    djangos.ensure_connection()
    ours = djangos.connection
    before, ours.patience = ours.patience, None
    try:
        yield
    finally:
        ours.patience = before


@contextmanager
def unhurried() -> Iterator[Any]:
    """A transaction whose statements, and the pauses between them, may take long."""
    with lifted(), transaction.atomic(), djangos.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('statement_timeout', '0', true),"
            " set_config('idle_in_transaction_session_timeout', '0', true)"
        )
        yield cursor
