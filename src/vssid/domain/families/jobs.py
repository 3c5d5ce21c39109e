"""What time does to families: links end at eighteen, drafts and papers go. Each item stands alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

import structlog
from django.conf import settings
from procrastinate.contrib.django import app

from vssid.domain.accounts import guardians
from vssid.infra import clock
from vssid.infra.database.away import reraise_lost

from . import actions
from .models import ChildRequest
from .states import State

log = structlog.get_logger()
Keys = Iterable[tuple[int, int]]


def discard_drafts(now: datetime) -> int:
    """Delete drafts left alone too long; returns how many."""
    before = now - settings.DRAFT_LIFE
    old = ChildRequest.objects.filter(state=State.DRAFT, updated_at__lt=before)
    return _each(old.values_list("person_id", "id"), lambda *one: actions.discard(*one, before=before))


def erase_papers(now: datetime) -> int:
    """Delete papers whose retention after the end is over; returns of how many requests."""
    over = ChildRequest.objects.filter(closed_at__lte=now - settings.IMAGE_RETENTION, papers_erased_at=None)
    return _each(over.values_list("person_id", "id"), lambda *one: actions.erase_papers(*one, now=now))


def _each(keys: Keys, do: Callable[[int, int], object]) -> int:
    done = 0
    for guardian_id, request_id in list(keys):
        try:
            done += bool(do(guardian_id, request_id))
        except Exception as error:
            reraise_lost(error)
            log.exception("family_job_failed", request=request_id)
    return done


@app.periodic(cron="1 17 * * *")
@app.task(name="families.nightly", queue="default", queueing_lock="families.nightly")
def nightly(timestamp: int) -> None:
    """At 00:01 in Việt Nam: links to children who are eighteen today; then what is over.

    A link that is over shows nothing from 00:00 on, whenever this runs.
    """
    now = clock.of_database()
    for work in (guardians.end_of_age, discard_drafts, erase_papers):
        try:
            work(now)
        except Exception as error:
            reraise_lost(error)
            log.exception("nightly_work_failed", work=work.__name__)
