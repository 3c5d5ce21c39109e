"""What time does to keys: those put away are destroyed, old ones wrapped under a new master key."""

from __future__ import annotations

import structlog
from django.conf import settings
from procrastinate.contrib.django import app

from vssid.infra.database import clock

from . import binding, erasing, rewrapping
from .prints import changing

NIGHT = 30 * 60.0  # seconds; some 20 million keys
log = structlog.get_logger()


@app.periodic(cron="0 20 * * *")
@app.task(name="vault.rewrap", queue="default", queueing_lock="vault.rewrap")
def rewrap(timestamp: int) -> None:
    """At 03:00 in Việt Nam; nothing to do while the master key is the same; what is left waits a day."""
    if done := rewrapping.rewrap(seconds=NIGHT):
        log.info("data_keys_rewrapped", count=done)
    if settings.SEALS == "both" and (bound := binding.bind(seconds=NIGHT)):
        log.info("sealed_values_bound", count=bound)


@app.periodic(cron="30 20 * * *")
@app.task(name="vault.refingerprint", queue="default", queueing_lock="vault.refingerprint")
def refingerprint(timestamp: int) -> None:
    """At 03:30 in Việt Nam; something to do only while fingerprint keys are changed; the rest waits a day."""
    if changing.is_settled():
        return
    if done := changing.change(now=clock.of_database(), seconds=NIGHT):
        log.info("fingerprints_made_anew", count=done)


@app.periodic(cron="35 * * * *")
@app.task(name="vault.destroy", queue="default", queueing_lock="vault.destroy")
def destroy(timestamp: int) -> None:
    """Every hour: keys that have waited for a day."""
    if done := erasing.destroy_due():
        log.info("data_keys_destroyed", count=done)
