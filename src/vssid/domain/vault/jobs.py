"""What time does to keys: those put away are destroyed, old ones wrapped under a new master key."""

from __future__ import annotations

import structlog
from procrastinate.contrib.django import app

from . import erasing, rewrapping

NIGHT = 30 * 60.0  # seconds; some 20 million keys
log = structlog.get_logger()


@app.periodic(cron="0 20 * * *")
@app.task(name="vault.rewrap", queue="default", queueing_lock="vault.rewrap")
def rewrap(timestamp: int) -> None:
    """At 03:00 in Việt Nam; nothing to do while the master key is the same; what is left waits a day."""
    if done := rewrapping.rewrap(seconds=NIGHT):
        log.info("data_keys_rewrapped", count=done)


@app.periodic(cron="35 * * * *")
@app.task(name="vault.destroy", queue="default", queueing_lock="vault.destroy")
def destroy(timestamp: int) -> None:
    """Every hour: keys that have waited for a day."""
    if done := erasing.destroy_due():
        log.info("data_keys_destroyed", count=done)
