"""Make what is due: each schedule's newest whole period, once.

The report and its event are written in one transaction under the schedule's lock: a worker that dies leaves
nothing and the next run makes it; of two at once the second finds it made. What fails is logged and tried
again at the next run.
"""

from __future__ import annotations

from datetime import date, datetime

import structlog
from django.db import transaction
from django.db.models import QuerySet

from vssid.domain.accounts.posts import posts
from vssid.domain.audit import actions as audit
from vssid.domain.offices.rights import Right, rights_of
from vssid.kernel.actor import SYSTEM, Actor, ActorKind
from vssid.kernel.calendar import local_day

from . import counting, makers
from .models import Made, Schedule
from .paper import letter, tables
from .schedules import last_period

log = structlog.get_logger()


def make_due(now: datetime) -> int:
    """How many were made."""
    today, made = local_day(now), 0
    for number in Schedule.objects.filter(ended_at=None).order_by("id").values_list("id", flat=True):
        try:
            made += make_one(number, today, now)
        except Exception:  # one report that cannot be made must not keep the others from their readers
            log.exception("report_not_made", schedule=number)
    return made


def make_one(schedule_id: int, today: date, now: datetime) -> bool:
    """Was it due, and is it made now? Before the first count after the period nothing is."""
    schedule = _due(Schedule.objects.filter(id=schedule_id), today)
    by = _reader(schedule, today) if schedule else None
    if schedule is None or by is None:
        return False
    # Set before the transaction: the anchor comes from the store of files.
    since, until = last_period(schedule.rhythm, today)
    printed = makers.make(schedule.report, by, since, until, now)
    try:
        pdf = letter.as_pdf(printed)
    except letter.TooLong:
        pdf = None
    row = Made(
        schedule=schedule,
        account_id=schedule.account_id,
        office_code=schedule.office_code,
        title=printed.title[:200],
        since=since,
        until=until,
        made_at=now,
        rows=len(printed.rows),
        pdf=pdf,
        xlsx=tables.as_xlsx(printed),
    )
    return _keep(row, schedule, today, now)


def _due(schedules: QuerySet[Schedule], today: date) -> Schedule | None:
    schedule = schedules.filter(ended_at=None).first()
    if schedule is None:
        return None
    _since, until = last_period(schedule.rhythm, today)
    as_of = counting.as_of()
    is_counted = as_of is not None and local_day(as_of) > until
    is_made = Made.objects.filter(schedule=schedule, until=until).exists()
    return schedule if is_counted and not is_made else None


def _keep(row: Made, schedule: Schedule, today: date, now: datetime) -> bool:
    """Asked again under the schedule's lock: another worker may have made it, or its owner ended it."""
    with transaction.atomic():
        if _due(Schedule.objects.select_for_update().filter(id=schedule.id), today) is None:
            return False
        row.save(force_insert=True)
        facts = {"made": row.id, "report": schedule.report, "until": row.until.isoformat()}
        office = schedule.office_code
        audit.record(
            "report.made", subject=schedule.account_id, by=SYSTEM, now=now, facts=facts, office=office
        )
    return True


def _reader(schedule: Schedule, today: date) -> Actor | None:
    """Whose report it is, in the post; None while the post does not hold or sees no reports any more."""
    post = posts.live(today).filter(id=schedule.post_id).select_related("account").first()
    if post is None or Right.SEE_REPORTS not in rights_of(post.role):
        return None
    return Actor(
        ActorKind.OFFICER, post.account_id, post.account.display_name, post.office_id, post.role, post.id
    )
