"""Start, stop and end a campaign, and what the clock does with it: waves whose day has come, and its end."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from vssid.domain.casework import batches, moves
from vssid.domain.casework.errors import NotReady
from vssid.domain.casework.kinds import Act
from vssid.domain.notifications.outbox import documents
from vssid.infra import jobs
from vssid.kernel.actor import SYSTEM, Actor
from vssid.kernel.calendar import local_day

from ..models.campaigns import Campaign, Part, Wave
from . import emailing, following, waves
from .moves import CAMPAIGN
from .planning import PLAN_JOB
from .states import State
from .waves import PRINT_JOB
from .writing import locked

# A part whose job was lost is queued anew after so long.
LOST = timedelta(hours=1)


def start(campaign_id: int, *, by: Actor, now: datetime) -> None:
    """From now on it runs: a job takes the employers it is for, then waves go out by date.

    Raises NotYours, NotAllowed, NotNow or NotReady (missing: number, waves, until).
    """
    with transaction.atomic():
        row = locked(campaign_id, by)
        if row.state == State.DRAFT and (missing := _missing(row, local_day(now))):
            raise NotReady(missing=missing)
        started = {"started_at": now, "started_by": by.id, "started_by_name": by.name}
        moves.move(CAMPAIGN, row, Act("start", by, now), **started)
        jobs.defer(PLAN_JOB, campaign_id=row.id)


def stop(campaign_id: int, *, by: Actor, now: datetime) -> None:
    """Nothing more goes out, also what is being printed; an e-mail that a mail server is just being given
    may. Raises NotYours, NotAllowed or NotNow.
    """
    with transaction.atomic():
        moves.move(CAMPAIGN, locked(campaign_id, by), Act("stop", by, now))


def resume(campaign_id: int, *, by: Actor, now: datetime) -> None:
    """It goes on where it was stopped. Raises NotYours, NotAllowed or NotNow."""
    with transaction.atomic():
        row = locked(campaign_id, by)
        moves.move(CAMPAIGN, row, Act("resume", by, now))
        documents.wake(emailing.KIND, now)
        _go_on(row, now)


def end(campaign_id: int, *, by: Actor, now: datetime) -> None:
    """It is over, for good; what went out stays. Raises NotYours, NotAllowed or NotNow."""
    with transaction.atomic():
        moves.move(CAMPAIGN, locked(campaign_id, by), Act("end", by, now))


def run_all(now: datetime) -> None:
    """What the clock does, each campaign for itself: note what became of e-mails, write letters instead,
    begin a wave, queue what was lost, end what is over.
    """
    following.note_all(now)
    going = Campaign.objects.filter(state=State.RUNNING).order_by("id").values_list("id", flat=True)
    batches.each(going, lambda number: _run(number, now), job="employers.run_campaigns")


def _run(campaign_id: int, now: datetime) -> bool:
    row = Campaign.objects.get(id=campaign_id)
    if row.until_on < local_day(now):
        end(campaign_id, by=SYSTEM, now=now)
        return True
    if row.planned_at is None:
        _go_on(row, now)
        return False
    following.write_instead(campaign_id, now)
    begun = waves.begin_due(campaign_id, now)
    with transaction.atomic():
        lost = Part.objects.select_for_update().filter(wave__campaign_id=campaign_id, made_at=None)
        _queue(list(lost.filter(queued_at__lt=now - LOST)), now)
    return begun


def _go_on(row: Campaign, now: datetime) -> None:
    if row.planned_at is None:
        jobs.defer(PLAN_JOB, campaign_id=row.id)
    waiting = Part.objects.select_for_update().filter(wave__campaign=row, made_at=None)
    _queue(list(waiting), now)


def _queue(parts: list[Part], now: datetime) -> None:
    for part in parts:
        Part.objects.filter(id=part.id).update(queued_at=now)
        jobs.defer(PRINT_JOB, part_id=part.id)


def _missing(row: Campaign, today: date) -> tuple[str, ...]:
    lacking = {
        "number": not row.letter_number,
        "waves": not Wave.objects.filter(campaign=row).exists(),
        "until": row.until_on < today,
    }
    return tuple(name for name, lacks in lacking.items() if lacks)
