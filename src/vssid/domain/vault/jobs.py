"""After a new master key: wrap every data key under it, a batch at a time, each night until all are."""

from __future__ import annotations

import structlog
from procrastinate.contrib.django import app

from . import actions

log = structlog.get_logger()


@app.periodic(cron="0 20 * * *")
@app.task(name="vault.rewrap", queue="default", queueing_lock="vault.rewrap")
def rewrap(timestamp: int) -> None:
    """At 03:00 in Việt Nam; nothing to do while the master key is the same."""
    done = 0
    while wrapped := actions.rewrap():
        done += wrapped
    if done:
        log.info("data_keys_rewrapped", count=done)
