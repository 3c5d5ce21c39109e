"""The import of an upload, and the clean-up after uploads."""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from vssid.infra.database import clock
from vssid.infra.database.away import reraise_lost

from .errors import AlreadyRunning
from .merge import undo
from .uploads import confirming, loading, retention

log = structlog.get_logger()
_RETRY = RetryStrategy(max_attempts=10, wait=30, retry_exceptions={loading.TryAgain})


@app.task(name="imports.run_upload", queue="imports", retry=_RETRY)
def run_upload(upload_id: int) -> None:
    """Load one upload; may be repeated at any point."""
    close_old_connections()  # a connection that broke under the attempt before
    loading.work(upload_id, clock=timezone.now)


@app.task(name="imports.undo_run", queue="imports", retry=_RETRY)
def undo_run(run_id: int) -> None:
    """Undo what an officer asked to have undone, when no run of its kind is at work; may be repeated."""
    close_old_connections()
    try:
        undo.do(run_id, now=clock.of_database(), wait=timedelta(0))
    except AlreadyRunning:
        undo.defer(run_id, at=clock.of_database() + loading.LATER)
    except (OperationalError, InterfaceError):
        raise loading.TryAgain from None


@app.periodic(cron="25 * * * *")
@app.task(name="imports.sweep", queue="default", queueing_lock="imports.sweep")
def sweep(timestamp: int) -> None:
    """Every hour: error files past their term, uploads given up, blobs nobody names, files left in clear."""
    now = clock.of_database()
    for work in (
        confirming.forget_unconfirmed,
        retention.forget_errors,
        retention.give_up_lost,
        retention.sweep_orphans,
        retention.sweep_clear_files,
        undo.forget_before,
    ):
        try:
            work(now)
        except Exception as error:
            reraise_lost(error)
            # One that fails must not keep the others from deleting what is over.
            log.error("sweep_of_uploads_failed", work=work.__name__, error=type(error).__name__)
