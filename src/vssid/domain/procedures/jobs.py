"""What time does to requests: results whose day has come, drafts left alone, pictures past their term."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app

from vssid.domain.audit import actions as audit
from vssid.domain.casework import batches
from vssid.infra.database import clock
from vssid.kernel.actor import SYSTEM
from vssid.kernel.calendar import local_day

from . import actions, drafts, files
from .models import Request
from .states import CLOSED, State

BATCH = 1000


def write_results(now: datetime) -> int:
    """Write what counts from today on; returns how many."""
    due = Request.objects.filter(state=State.DONE, written_at=None, effective_on__lte=local_day(now))
    keys = due.values_list("person_id", "id")[:BATCH]
    return batches.each(keys, lambda key: actions.write_result(*key, now=now), job="procedures.write_results")


def discard_drafts(now: datetime) -> int:
    """Delete drafts left alone too long; returns how many."""
    old = Request.objects.filter(state=State.DRAFT, updated_at__lte=now - settings.DRAFT_LIFE)
    keys = old.values_list("person_id", "id")[:BATCH]
    return batches.each(keys, lambda key: drafts.discard(*key, now=now), job="procedures.discard_drafts")


def erase_files(now: datetime) -> int:
    """Delete pictures whose retention after the end is over; returns of how many requests."""
    over = Request.objects.filter(
        state__in=sorted(CLOSED), closed_at__lte=now - settings.IMAGE_RETENTION, files_erased_at=None
    )
    keys = over.values_list("person_id", "id")[:BATCH]
    return batches.each(keys, lambda key: _erase(*key, now=now), job="procedures.erase_files")


def _erase(person_id: int, request_id: int, *, now: datetime) -> bool:
    with transaction.atomic():
        mine = Request.objects.filter(person_id=person_id, id=request_id, files_erased_at=None)
        won = mine.update(files_erased_at=now)
        if won and files.erase(person_id, request_id):
            facts = {"request": request_id}
            audit.record("procedure.files_erased", subject=person_id, by=SYSTEM, now=now, facts=facts)
    return bool(won)


@app.periodic(cron="5 * * * *")
@app.task(name="procedures.hourly", queue="default", queueing_lock="procedures.hourly")
def hourly(timestamp: int) -> None:
    """Every hour: results whose day has come."""
    write_results(clock.of_database())


@app.periodic(cron="50 19 * * *")
@app.task(name="procedures.nightly", queue="default", queueing_lock="procedures.nightly")
def nightly(timestamp: int) -> None:
    """At 02:50 in Việt Nam: drafts left alone, pictures past retention, blobs nobody names."""
    batches.run((discard_drafts, erase_files, files.sweep_orphans), clock.of_database())
