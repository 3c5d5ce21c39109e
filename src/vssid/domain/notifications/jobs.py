"""The room's jobs; their arguments are ids only."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from vssid.infra.database import clock

from .caps import spending
from .delivery import counting, finding
from .gateways import health, trials
from .inbox import retention_job
from .outbox import dead_addresses, provider_faults, sending, sweeping


@app.task(name="notifications.send", queue="sms")
def send(subject_id: int, message_id: str) -> None:
    """Try to send one message."""
    sending.attempt(subject_id, UUID(message_id), clock=timezone.now)


@app.periodic(cron="* * * * *")
@app.task(name="notifications.sweep", queue="sms", queueing_lock="notifications.sweep")
def sweep(timestamp: int) -> None:
    """Look after what expired, was left by a dead worker or lost its job; and after the gateways."""
    now = clock.of_database()
    sweeping.sweep(now)
    health.keep_in_step(now)
    trials.give_up(now)
    health.tend(now)


@app.periodic(cron="*/5 * * * *")
@app.task(name="notifications.count", queue="default", queueing_lock="notifications.count")
def count(timestamp: int) -> None:
    """Count anew the hours in which something happened."""
    counting.count(clock.of_database())


@app.periodic(cron="25 19 * * *")
@app.task(name="notifications.nightly", queue="default", queueing_lock="notifications.nightly")
def nightly(timestamp: int) -> None:
    """At 02:25 in Việt Nam: read notices and marks of addresses whose term is over."""
    now = clock.of_database()
    retention_job.remove_old(now)
    dead_addresses.forget_old(now)
    provider_faults.forget_old(now)
    counting.forget_old(now)
    spending.forget_old(now)
    finding.forget_old(now)
