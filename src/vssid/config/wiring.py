"""What belongs to the house and to no room: jobs that look after the other jobs.

The rooms' own jobs are found by PROCRASTINATE_AUTODISCOVER_MODULE_NAME (each room's `jobs` module).
"""

from __future__ import annotations

import structlog
from procrastinate import App, JobContext

from vssid.infra.queue import pruning

log = structlog.get_logger(__name__)
STALLED_AFTER = 30  # seconds without a heartbeat of the worker; workers send one every 10


def on_jobs_ready(app: App) -> None:
    """Add the house's jobs; procrastinate calls it once its Django app is ready."""
    app.task(name="house.retry_stalled", pass_context=True)(retry_stalled)
    app.periodic(cron="* * * * *")(app.tasks["house.retry_stalled"])
    app.task(name="house.prune_jobs")(prune_jobs)
    app.periodic(cron="*/5 * * * *")(app.tasks["house.prune_jobs"])


def prune_jobs(timestamp: int) -> None:
    """Every five minutes: jobs that ended long ago."""
    pruning.prune()


async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Give the jobs of a killed worker to another; each job re-checks before it acts.

    After an outage of the database every worker looks dead until it has come back, so they get some time.
    """
    connected_seconds = context.additional_context.get("connected_seconds")
    if connected_seconds is not None and connected_seconds() < STALLED_AFTER:
        return
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        log.warning("job_of_dead_worker_retried", job_id=job.id, task=job.task_name)
        await manager.retry_job(job)
