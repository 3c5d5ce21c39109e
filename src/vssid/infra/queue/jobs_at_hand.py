"""The queue's statements, where the library's own would touch millions of rows or lose a job."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol, cast

import structlog
from procrastinate import exceptions, jobs, manager

from vssid.infra.database import clock

log = structlog.get_logger()

# Deleting the row of a worker makes PostgreSQL write every job it ever finished (ON DELETE SET NULL), so
# rows stay until their jobs have gone. One that says it ended long ago counts as dead at once.
ENDED = "UPDATE procrastinate_workers SET last_heartbeat = to_timestamp(0) WHERE id = %(worker_id)s"
BEAT = (
    "UPDATE procrastinate_workers SET last_heartbeat = now() WHERE id = %(worker_id)s"
    " RETURNING extract(epoch FROM clock_timestamp())::float8 AS theirs"
)
TAKE_BACK = (
    "UPDATE procrastinate_jobs SET worker_id = %(worker_id)s"
    " WHERE id = ANY(%(ids)s) AND status = 'doing' AND worker_id IS NULL"
)
IN_HAND = (
    "SELECT id, status, task_name, priority, lock, queueing_lock, args, scheduled_at, queue_name, attempts,"
    " worker_id FROM procrastinate_jobs WHERE status = 'doing' AND worker_id = %(worker_id)s"
)


class Gate(Protocol):
    """Whether jobs may be done here at all: asked of the database before each one."""

    statement: str

    def opens(self, row: Mapping[str, Any]) -> bool:
        """Judge what the statement answered."""

    def shuts_on(self, error: BaseException | None) -> bool:
        """Whether an error in place of an answer means that none may be done now."""


class Queue(manager.JobManager):
    """The queue as one worker process sees it."""

    def __init__(
        self, connector: Any, gate: Gate | None = None, tell_clock: Callable[[float], None] | None = None
    ) -> None:
        """`tell_clock` hears, in a thread, by how many seconds our clock is wrong when it turns out to be."""
        super().__init__(connector)
        self.gate, self._open = gate, True
        self.tell_clock = tell_clock
        # Held while a job changes hands, so that nobody takes a job under way to its owner for a lost one.
        self.handing_over = asyncio.Lock()
        self.clock = clock.Watch()

    async def fetch_job(self, queues: Any, worker_id: int) -> jobs.Job | None:
        """The next job, which then is this worker's; none while the gate is shut or its clock is wrong.

        What jobs do is decided by the clock, and much of it cannot be undone.
        """
        if not self.clock.is_certain:
            await self.beat(worker_id)
        if not self.clock.agrees:
            return None
        if self.gate is not None and not await self._opens(self.gate):
            return None
        async with self.handing_over:
            return await super().fetch_job(queues, worker_id)

    async def _opens(self, gate: Gate) -> bool:
        try:
            opens = gate.opens(await self.connector.execute_query_one_async(query=gate.statement))
        except exceptions.ConnectorException as error:
            if not gate.shuts_on(error.__cause__):
                raise
            opens = False
        if opens is not self._open:
            self._open = opens
            log.log(logging.INFO if opens else logging.ERROR, "jobs_done_again" if opens else "jobs_held")
        return opens

    async def prune_stalled_workers(self, seconds_since_heartbeat: float) -> list[int]:
        """Nothing at the start of a worker; `tending` does it."""
        return []

    async def unregister_worker(self, worker_id: int) -> None:
        """Say that this worker is at its end; other workers take what it had in hand."""
        try:
            await self.connector.execute_query_async(query=ENDED, worker_id=worker_id)
        except exceptions.ConnectorException:
            log.info("worker_ended_without_saying_so", worker=worker_id)

    async def beat(self, worker_id: int) -> bool:
        """Say that the worker lives, and compare clocks; False when its row is gone."""
        before = time.time()
        rows = await self.connector.execute_query_all_async(query=BEAT, worker_id=worker_id)
        if rows and self.clock.compare(before, rows[0]["theirs"], time.time()) and self.tell_clock:
            await asyncio.to_thread(self.tell_clock, self.clock.away or 0.0)
        return bool(rows)

    async def take_back(self, ids: list[int], worker_id: int) -> None:
        """Jobs under way whose worker's row went away get the new one, unless somebody else has them."""
        await self.connector.execute_query_async(query=TAKE_BACK, ids=ids, worker_id=worker_id)

    async def in_hand(self, worker_id: int) -> list[jobs.Job]:
        """What the database thinks that the worker is doing."""
        rows = await self.connector.execute_query_all_async(query=IN_HAND, worker_id=worker_id)
        return [jobs.Job.from_row(cast(Any, row)) for row in rows]

    async def retry_job(
        self,
        job: jobs.Job,
        retry_at: datetime | None = None,
        priority: int | None = None,
        queue: str | None = None,
        lock: str | None = None,
    ) -> None:
        """Put the job back into the queue; where its twin waits there already, the twin stands for it."""
        try:
            await super().retry_job(job, retry_at, priority, queue, lock)
        except exceptions.UniqueViolation:
            log.info("job_has_a_twin_waiting", job_id=job.id, task=job.task_name)
            await self.finish_job(job, jobs.Status.ABORTED, delete_job=False)
