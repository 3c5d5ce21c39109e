"""A worker that outlives its database: it waits, comes back, and sets right what the outage left."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import psycopg
import structlog
from procrastinate import exceptions, job_context, jobs, retry
from procrastinate.worker import Worker

from vssid.infra.database.away import is_lost

from .catching_up import CatchingUp
from .jobs_at_hand import Queue
from .outage import Outage

log = structlog.get_logger()


class SteadyWorker(Worker):
    """procrastinate's worker, except that a lost connection pauses it instead of ending it."""

    failure: BaseException | None = None

    def __init__(
        self, *, queue: Queue, connection: dict[str, Any], pool_seconds: float, **options: Any
    ) -> None:
        """`connection`: parameters of psycopg, for the probe whether the database is back.

        `pool_seconds`: how long the pool lets somebody wait for a connection.
        """
        super().__init__(install_signal_handlers=False, **options)
        self.queue = queue
        self.outage = Outage(connection, pool_seconds=pool_seconds, back=self._set_right)
        # The heartbeat and the deferrer both find out that the row is gone; one of them makes a new one.
        self._registering = asyncio.Lock()
        self.additional_context = {"connected_seconds": self.outage.connected_seconds}

    def end(self) -> None:
        """Stop for good: jobs under way get some seconds."""
        self.outage.stop()
        self.stop()  # type: ignore[no-untyped-call]

    async def run(self) -> None:
        """Work until `end`. Raises what only a mistake in the program can have caused."""
        while await self.outage.over() and not self.outage.is_stopped:
            try:
                await super().run()  # type: ignore[no-untyped-call]
                break
            except exceptions.ConnectorException as error:
                # Before it was registered; later losses are ridden out below.
                if not is_lost(error):
                    raise
                await self.outage.over(error)
        if self.failure is not None:
            raise self.failure

    async def _set_right(self) -> None:
        """The database is back: say that this worker lives, and return what it never learned it was given."""
        if self.worker_id is None:
            return
        try:
            async with self.queue.handing_over:
                await self._be_known()
                assert self.worker_id is not None
                mine = {context.job.id for context in self._running_jobs.values()}
                for job in await self.queue.in_hand(self.worker_id):
                    if job.id not in mine:
                        log.warning("job_lost_on_its_way", job_id=job.id, task=job.task_name)
                        await self.queue.retry_job(job)
        except exceptions.ConnectorException as error:
            raise (error.__cause__ if is_lost(error) and error.__cause__ else error) from None

    async def _be_known(self) -> None:
        async with self._registering:
            assert self.worker_id is not None
            if await self.queue.beat(self.worker_id):
                return
            self.worker_id = await self.queue.register_worker()
            ids = [context.job.id for context in self._running_jobs.values() if context.job.id]
            await self.queue.take_back(ids, self.worker_id)

    def _start_side_tasks(self) -> list[asyncio.Task[Any]]:
        sides: dict[str, Callable[[], Awaitable[None]]] = {
            "heartbeat": self._update_heartbeat,
            "deferrer": self._periodic_deferrer,
            "listener": self._listen,
        }
        return [asyncio.create_task(self._steadily(run), name=name) for name, run in sides.items()]

    async def _steadily(self, run: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await run()
                return
            except exceptions.ConnectorException as error:
                if not is_lost(error):
                    raise
                if not await self.outage.over(error):
                    return

    async def _periodic_deferrer(self) -> None:
        if not self.queue.clock.is_certain:
            await self._be_known()
        await CatchingUp(self.app.periodic_registry, lambda: self.queue.clock.agrees).worker()

    async def _listen(self) -> None:
        await self.queue.listen_for_jobs(on_notification=self._handle_notification, queues=self.queues)

    async def _update_heartbeat(self) -> None:
        while True:
            await self._be_known()
            await asyncio.sleep(self.update_heartbeat_interval)

    async def _monitor_side_tasks(self, side_tasks: list[asyncio.Task[Any]]) -> None:
        done, _ = await asyncio.wait(side_tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            if not self.outage.is_stopped:
                self.failure = task.exception() or RuntimeError(f"{task.get_name()} ended")
        self.stop()  # type: ignore[no-untyped-call]

    async def _fetch_and_process_jobs(self) -> None:
        if self.outage.is_under_way:
            await self.outage.over()
        try:
            await super()._fetch_and_process_jobs()  # type: ignore[no-untyped-call]
        except exceptions.ConnectorException as error:
            if isinstance(error.__cause__, psycopg.errors.ForeignKeyViolation):
                await self._be_known()  # the row of this worker went away
            elif not is_lost(error):
                raise
            elif not await self.outage.over(error):
                return
            self._new_job_event.set()

    def _log_job_outcome(
        self, status: jobs.Status, context: job_context.JobContext, *rest: Any, **more: Any
    ) -> None:
        if is_lost(more.get("exc_info") or None):
            # The outage has its own line; a traceback for each job would only bury it.
            log.warning("job_lost_the_database", job_id=context.job.id, task=context.job.task_name)
        else:
            super()._log_job_outcome(status, context, *rest, **more)

    async def _persist_job_status(
        self,
        job: jobs.Job,
        status: jobs.Status,
        retry_decision: retry.RetryDecision | None,
        context: job_context.JobContext,
        job_result: job_context.JobResult | None,
    ) -> None:
        """Write down how the job ended, however long that takes: what is not written down is done again."""
        while True:
            try:
                await super()._persist_job_status(job, status, retry_decision, context, job_result)
                return
            except exceptions.ConnectorException as error:
                if not is_lost(error):
                    # Somebody else has it: this worker was silent for too long.
                    log.warning("job_is_not_ours_any_more", job_id=job.id, task=job.task_name)
                    return
                if not await self.outage.over(error):
                    return
            if not await self._is_still_ours(job):
                return  # it was written, only the answer was lost

    async def _is_still_ours(self, job: jobs.Job) -> bool:
        while True:
            try:
                assert self.worker_id is not None
                in_hand = await self.queue.in_hand(self.worker_id)
                return any(claimed.id == job.id and claimed.attempts == job.attempts for claimed in in_hand)
            except exceptions.ConnectorException as error:
                if not is_lost(error) or not await self.outage.over(error):
                    return False
