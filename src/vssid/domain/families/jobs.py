"""What time does to families: links end at eighteen, drafts and papers go."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from procrastinate.contrib.django import app

from vssid.domain.accounts.guardianship import guardians
from vssid.domain.casework import batches
from vssid.infra.database import clock

from . import actions
from .models import ChildRequest
from .states import State


def discard_drafts(now: datetime) -> int:
    """Delete drafts left alone too long; returns how many."""
    before = now - settings.DRAFT_LIFE
    old = ChildRequest.objects.filter(state=State.DRAFT, updated_at__lt=before)
    keys = old.values_list("person_id", "id")
    return batches.each(keys, lambda key: actions.discard(*key, before=before), job="families.discard_drafts")


def erase_papers(now: datetime) -> int:
    """Delete papers whose retention after the end is over; returns of how many requests."""
    over = ChildRequest.objects.filter(closed_at__lte=now - settings.IMAGE_RETENTION, papers_erased_at=None)
    keys = over.values_list("person_id", "id")
    return batches.each(keys, lambda key: actions.erase_papers(*key, now=now), job="families.erase_papers")


@app.periodic(cron="1 17 * * *")
@app.task(name="families.nightly", queue="default", queueing_lock="families.nightly")
def nightly(timestamp: int) -> None:
    """At 00:01 in Việt Nam: links to children who are eighteen today; then what is over.

    A link that is over shows nothing from 00:00 on, whenever this runs.
    """
    batches.run((guardians.end_of_age, discard_drafts, erase_papers), clock.of_database())
