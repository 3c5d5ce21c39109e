"""What belongs to the house and to no room: jobs that look after the other jobs.

The rooms' own jobs are found by PROCRASTINATE_AUTODISCOVER_MODULE_NAME (each room's `jobs` module).
"""

from __future__ import annotations

import structlog
from procrastinate import App, JobContext

log = structlog.get_logger(__name__)
STALLED_AFTER = 30  # seconds without a heartbeat of the worker; workers send one every 10


def on_jobs_ready(app: App) -> None:
    """Add the house's jobs; procrastinate calls it once its Django app is ready."""
    app.task(name="house.retry_stalled", pass_context=True)(retry_stalled)
    app.periodic(cron="* * * * *")(app.tasks["house.retry_stalled"])


async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Give the jobs of a killed worker to another; each job re-checks before it acts."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        log.warning("job_of_dead_worker_retried", job_id=job.id, task=job.task_name)
        await manager.retry_job(job)
