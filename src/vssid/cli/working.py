"""The worker process: runs the jobs that actions left in the database, and the periodic ones."""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress

from vssid.cli.keys import refingerprinting

from . import boot, database

STOP_SECONDS = 10
# Messages wait in those of their way out; imports, which take long, in one of their own.
QUEUES = frozenset({"sms", "email", "push", "imports", "default"})


def run(*, concurrency: int, queues: str = "") -> None:
    """Work until SIGTERM or SIGINT; jobs under way get some seconds to finish, then go to another worker.

    With names in `queues`, separated by commas, jobs of those only; an unknown one is refused.

    A database that is not there, at the start or later, is waited for; one that waiting does not
    mend (a wrong password) is told in a sentence. Any other error ends the process too, with a status that is
    not 0.
    """
    boot.django()
    if os.environ.get("VSSID_DIE_WITH_PARENT"):
        threading.Thread(target=_end_after_parent, args=[os.getppid()], daemon=True).start()
    from procrastinate.contrib.django import app

    from vssid.domain.installation.gate import OwnJobs
    from vssid.infra.database.start import Unfit
    from vssid.infra.queue import running

    chosen = [name.strip() for name in queues.split(",") if name.strip()]
    if unknown := set(chosen) - QUEUES:
        raise SystemExit(f"Không có hàng việc {', '.join(sorted(unknown))}; có: {', '.join(sorted(QUEUES))}.")
    try:
        running.run(
            app,
            gate=OwnJobs(),
            begin=_begin,
            tell_clock=_note_clock,
            queues=chosen or None,
            concurrency=concurrency,
            shutdown_graceful_timeout=STOP_SECONDS,
            fetch_job_polling_interval=5,
        )
    except Unfit as unfit:
        raise SystemExit(database.sentence(unfit)) from None
    except refingerprinting.Refused as refused:
        raise SystemExit(str(refused)) from None


def _begin() -> None:
    from django.utils import timezone

    from vssid.domain.installation import actions as installation

    refingerprinting.must_fit()
    installation.begin(now=timezone.now())


def _note_clock(seconds: float) -> None:
    """In a thread of its own: so that metrics and `./vssid check` say that a worker waits."""
    from django.db import Error, connection

    from vssid.domain.audit import clock_faults

    with suppress(Error):
        clock_faults.note(seconds)
    connection.close()


def _end_after_parent(parent: int) -> None:
    """When the demo was killed its database is gone too, and an orderly stop would wait for it for ever."""
    while os.getppid() == parent:
        time.sleep(1)
    time.sleep(STOP_SECONDS)
    os._exit(1)
