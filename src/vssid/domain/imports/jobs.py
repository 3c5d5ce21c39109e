"""The import of an upload, and the clean-up after uploads."""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from vssid.infra import clock
from vssid.infra.database.away import reraise_lost

from . import confirming, undoing, upload_retention, upload_work
from .errors import AlreadyRunning

log = structlog.get_logger()
_RETRY = RetryStrategy(max_attempts=10, wait=30, retry_exceptions={upload_work.TryAgain})


@app.task(name="imports.run_upload", queue="imports", retry=_RETRY)
def run_upload(upload_id: int) -> None:
    """Load one upload; may be repeated at any point."""
    close_old_connections()  # a connection that broke under the attempt before
    upload_work.work(upload_id, clock=timezone.now)


@app.task(name="imports.undo_run", queue="imports", retry=_RETRY)
def undo_run(run_id: int) -> None:
    """Undo what an officer asked to have undone, when no run of its kind is at work; may be repeated."""
    close_old_connections()
    try:
        undoing.do(run_id, now=clock.of_database(), wait=timedelta(0))
    except AlreadyRunning:
        undoing.defer(run_id, at=clock.of_database() + upload_work.LATER)
    except (OperationalError, InterfaceError):
        raise upload_work.TryAgain from None


@app.periodic(cron="25 * * * *")
@app.task(name="imports.sweep", queue="default", queueing_lock="imports.sweep")
def sweep(timestamp: int) -> None:
    """Every hour: error files past their term, uploads given up, blobs nobody names, files left in clear."""
    now = clock.of_database()
    for work in (
        confirming.forget_unconfirmed,
        upload_retention.forget_errors,
        upload_retention.give_up_lost,
        upload_retention.sweep_orphans,
        upload_retention.sweep_clear_files,
        undoing.forget_before,
    ):
        try:
            work(now)
        except Exception as error:
            reraise_lost(error)
            # One that fails must not keep the others from deleting what is over.
            log.error("sweep_of_uploads_failed", work=work.__name__, error=type(error).__name__)
