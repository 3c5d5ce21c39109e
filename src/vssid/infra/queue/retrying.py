"""A job that failed because the database went away is done again; nobody gives up on it."""

from __future__ import annotations

from procrastinate import App, RetryDecision
from procrastinate.exceptions import JobRetry
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy

from vssid.infra.database.away import is_lost

FIRST_WAIT, LONGEST_WAIT = 5, 600  # seconds


class AfterOutage(BaseRetryStrategy):
    """What the task itself wants, and another try after a lost connection."""

    def __init__(self, own: BaseRetryStrategy | None) -> None:
        self.own = own

    def get_retry_exception(self, exception: BaseException, job: Job) -> JobRetry | None:
        """When to try again, or None."""
        retry = self.own.get_retry_exception(exception, job) if self.own else None
        if retry is None and is_lost(exception):
            wait = min(FIRST_WAIT * 2 ** min(job.attempts, 10), LONGEST_WAIT)
            return JobRetry(RetryDecision(retry_in={"seconds": wait}))
        return retry


def every_task(app: App) -> None:
    """Let every task of the app be tried again after an outage."""
    for task in app.tasks.values():
        if not isinstance(task.retry_strategy, AfterOutage):
            task.retry_strategy = AfterOutage(task.retry_strategy)
