"""Defer a job as part of the database transaction that is open, in the web and inside a worker alike."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import DEFAULT_PRIORITY, DEFAULT_QUEUE
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task


def defer(
    task: str,
    *,
    at: datetime | None = None,
    queue: str = DEFAULT_QUEUE,
    priority: int = DEFAULT_PRIORITY,
    lock: str | None = None,
    **ids: Any,
) -> None:
    """Queue a job by its full name (`room.task`); `ids` are its arguments, never personal data.
    Jobs with the same `lock` are done one at a time.

    The row goes through Django's own connection, so it commits or vanishes with what the caller wrote.
    `task.defer()` does not promise that inside a worker: there the app holds a pool of its own.
    """
    deferrer = configure_task(
        name=task,
        job_manager=JobManager(connector=DjangoConnector()),
        schedule_at=at,
        queue=queue,
        priority=priority,
        lock=lock,
    )
    deferrer.defer(**ids)
