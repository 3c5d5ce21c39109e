"""One outage of the database at a time: told once when it begins and once when it is over."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import psycopg
import structlog
from psycopg_pool import PoolTimeout

from vssid.infra.database import patience
from vssid.infra.database.away import cause

log = structlog.get_logger()
FIRST_PAUSE = 0.2
# Half-way to the time after which other workers think that this one is dead.
LONGEST_PAUSE = 5.0
REMIND_AFTER = 600.0
ANSWER_SECONDS = 10.0


class Outage:
    """Waits for a database that can be written to; whoever notices the loss waits here."""

    def __init__(
        self, connection: dict[str, Any], *, pool_seconds: float, back: Callable[[], Awaitable[None]]
    ) -> None:
        """`connection`: parameters of psycopg. `back` is called before those who wait go on, each time.

        `pool_seconds`: how long the pool lets somebody wait for a connection.
        """
        self._connection = connection
        self._pool_seconds = pool_seconds
        self._back = back
        self._stopped = asyncio.Event()
        self._under_way: asyncio.Task[bool] | None = None
        self._connected_at = time.monotonic()

    def stop(self) -> None:
        """Wait no longer."""
        self._stopped.set()

    @property
    def is_stopped(self) -> bool:
        """Somebody asked to stop."""
        return self._stopped.is_set()

    def connected_seconds(self) -> float:
        """How long the database has been there without an outage, as far as this process noticed."""
        return 0.0 if self._under_way else time.monotonic() - self._connected_at

    @property
    def is_under_way(self) -> bool:
        """Somebody is waiting for the database."""
        return self._under_way is not None

    async def over(self, error: BaseException | None = None) -> bool:
        """Wait until the database is back; False when asked to stop meanwhile."""
        if self._under_way is None and self._is_echo(error):
            return not self.is_stopped
        if self._under_way is None:
            self._under_way = asyncio.create_task(self._wait(error), name="outage")
            self._under_way.add_done_callback(self._ended)
        return await asyncio.shield(self._under_way)

    def _is_echo(self, error: BaseException | None) -> bool:
        """Who asked the pool for a connection during the outage before gives up when it is already over."""
        return isinstance(cause(error), PoolTimeout) and self.connected_seconds() < self._pool_seconds

    def _ended(self, task: asyncio.Task[bool]) -> None:
        self._under_way = None
        self._connected_at = time.monotonic()

    async def _wait(self, error: BaseException | None) -> bool:
        began, pause = time.monotonic(), FIRST_PAUSE
        told: float | None = None
        if error is not None:
            told = self._tell("database_lost", began, error)
        while not self._stopped.is_set():
            try:
                await asyncio.wait_for(self._probe(), ANSWER_SECONDS)
                await self._back()
            except (psycopg.Error, OSError, TimeoutError, Unwritable) as still:
                if told is None or time.monotonic() - told >= REMIND_AFTER:
                    told = self._tell("database_unreachable", began, still)
            else:
                if told is not None:
                    log.info("database_back", seconds=round(time.monotonic() - began, 1))
                return True
            await self._pause(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        return False

    def _tell(self, event: str, began: float, error: BaseException) -> float:
        now = time.monotonic()
        log.warning(event, seconds=round(now - began, 1), error=type(error).__name__, reason=_first(error))
        return now

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopped.wait(), seconds)

    async def _probe(self) -> None:
        async with await patience.AsyncConnection.connect(**self._connection, autocommit=True) as connection:
            if await (await connection.execute(patience.WRITES)).fetchone() != (True,):
                raise Unwritable


class Unwritable(Exception):
    """The server answers, but only reads."""


def _first(error: BaseException) -> str:
    """The first line of what the driver said; procrastinate hides it behind an error of its own."""
    return str(cause(error) or error).strip().split("\n", 1)[0]
