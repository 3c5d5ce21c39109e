"""Run a worker in this process until a signal."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import Error
from django.db import connection as djangos
from procrastinate import App
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector
from psycopg_pool import AsyncConnectionPool

from vssid.infra.database import patience, start

from . import retrying
from .jobs_at_hand import Gate, Queue
from .outage import Outage
from .worker import SteadyWorker

POOL_SECONDS = 5.0
LOOK_AGAIN = 0.3


def run(
    app: App,
    *,
    gate: Gate,
    begin: Callable[[], object],
    tell_clock: Callable[[float], None] | None = None,
    **options: Any,
) -> None:
    """Work until SIGTERM or SIGINT; `options` are those of procrastinate's worker, `tell_clock` Queue's.

    `begin` is called once the database can be used, `gate` asked before each job.
    """
    # The pool tells each try of each of its connections; the outage itself is one event.
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)
    asyncio.run(_work(app, partial(Queue, gate=gate, tell_clock=tell_clock), begin, options))


async def _work(
    app: App, queue_of: Callable[[Any], Queue], begin: Callable[[], object], options: dict[str, Any]
) -> None:
    connection = connector_params()
    connector = PsycopgConnector()
    app.perform_import_paths()  # type: ignore[no-untyped-call]
    retrying.every_task(app)
    pool = patience.pool(
        kwargs=connection,
        open=False,
        check=AsyncConnectionPool.check_connection,
        timeout=POOL_SECONDS,
        reconnect_timeout=POOL_SECONDS,
    )
    with app.replace_connector(connector):
        app.job_manager = queue = queue_of(connector)
        options = app.worker_defaults | options
        worker = SteadyWorker(
            app=app, queue=queue, connection=connection, pool_seconds=POOL_SECONDS, **options
        )
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, worker.end)
        if not await _usable(worker.outage, begin):
            return
        await pool.open(wait=False)
        await connector.open_async(pool)
        try:
            await worker.run()
        finally:
            await pool.close()


async def _usable(outage: Outage, begin: Callable[[], object]) -> bool:
    """Wait for a database that can be used; False when asked to stop. Raises Unfit when waiting is no use."""
    while not outage.is_stopped:
        try:
            await asyncio.to_thread(_look, begin)
            return True
        except start.Unfit as unfit:
            if unfit.code not in start.PASSING:
                raise
            await asyncio.sleep(LOOK_AGAIN)
            await outage.over()
    return False


def _look(begin: Callable[[], object]) -> None:
    try:
        start.look()
        try:
            begin()
        except Error as error:
            raise start.cause_of(error) from error
    finally:
        djangos.close()
