"""The import of an upload, and the clean-up after uploads."""

from __future__ import annotations

import structlog
from django.db import close_old_connections
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from . import upload_retention, upload_work

log = structlog.get_logger()
_RETRY = RetryStrategy(max_attempts=10, wait=30, retry_exceptions={upload_work.TryAgain})


@app.task(name="imports.run_upload", queue="default", retry=_RETRY)
def run_upload(upload_id: int) -> None:
    """Load one upload; may be repeated at any point."""
    close_old_connections()  # a connection that broke under the attempt before
    upload_work.work(upload_id, clock=timezone.now)


@app.periodic(cron="25 * * * *")
@app.task(name="imports.sweep", queue="default", queueing_lock="imports.sweep")
def sweep(timestamp: int) -> None:
    """Every hour: error files past their term, uploads given up, blobs nobody names, files left in clear."""
    now = timezone.now()
    for work in (
        upload_retention.forget_errors,
        upload_retention.give_up_lost,
        upload_retention.sweep_orphans,
        upload_retention.sweep_clear_files,
    ):
        try:
            work(now)
        except Exception as error:
            # One that fails must not keep the others from deleting what is over.
            log.error("sweep_of_uploads_failed", work=work.__name__, error=type(error).__name__)
