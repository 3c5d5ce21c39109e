"""What time does to statements: their files go after a term."""

from __future__ import annotations

import structlog
from procrastinate.contrib.django import app

from vssid.infra import clock
from vssid.infra.database.away import reraise_lost

from . import files

log = structlog.get_logger()


@app.periodic(cron="55 19 * * *")
@app.task(name="statements.nightly", queue="default", queueing_lock="statements.nightly", pass_context=False)
def nightly(timestamp: int) -> None:
    """At 02:55 in Việt Nam: files past their term, files nobody names."""
    now = clock.of_database()
    for work in (files.erase_old, files.sweep_orphans):
        try:
            work(now)
        except Exception as error:
            reraise_lost(error)
            log.exception("nightly_work_failed", work=work.__name__)
