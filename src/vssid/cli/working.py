"""The worker process: runs the jobs that actions left in the database, and the periodic ones."""

from __future__ import annotations

import os
import threading
import time

from . import boot

STOP_SECONDS = 10


def run(*, concurrency: int) -> None:
    """Work until SIGTERM or SIGINT; jobs under way get some seconds to finish, then go to another worker."""
    boot.django()
    if os.environ.get("VSSID_DIE_WITH_PARENT"):
        threading.Thread(target=_end_after_parent, args=[os.getppid()], daemon=True).start()
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    assert isinstance(app.connector, DjangoConnector)
    with app.replace_connector(app.connector.get_worker_connector()) as ready:
        ready.run_worker(
            concurrency=concurrency,
            shutdown_graceful_timeout=STOP_SECONDS,
            fetch_job_polling_interval=5,
            stalled_worker_timeout=30,
        )


def _end_after_parent(parent: int) -> None:
    """When the demo was killed its database is gone too, and an orderly stop would wait for it for ever."""
    while os.getppid() == parent:
        time.sleep(1)
    time.sleep(STOP_SECONDS)
    os._exit(1)
