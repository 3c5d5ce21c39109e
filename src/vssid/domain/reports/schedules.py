"""Reports that a post has made each week or month, and the files that came of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from vssid.domain.audit import actions as audit
from vssid.domain.offices import policy
from vssid.domain.offices.rights import Right
from vssid.kernel.actor import Actor
from vssid.kernel.errors import Invalid, NotYours

from . import makers
from .models import Made, Schedule

DAY = timedelta(days=1)
# Ours: so long a made report is kept.
KEPT = timedelta(days=800)


def ask(report: str, rhythm: str, *, by: Actor, now: datetime) -> int:
    """From now on the report is made for this post. Raises NotAllowed, or Invalid (report=bad_choice |
    already, rhythm=bad_choice).
    """
    policy.require(by, Right.SEE_REPORTS, by.office)
    wrong = {}
    if report not in makers.names():
        wrong["report"] = "bad_choice"
    if rhythm not in Schedule.Rhythm.values:
        wrong["rhythm"] = "bad_choice"
    if wrong or by.post is None:
        raise Invalid(**wrong or {"report": "bad_choice"})
    with transaction.atomic():
        row, made = Schedule.objects.get_or_create(
            post_id=by.post,
            report=report,
            rhythm=rhythm,
            ended_at=None,
            defaults={"account_id": by.id or 0, "office_code": by.office, "made_at": now},
        )
        if not made:
            raise Invalid(report="already")
        facts = {"schedule": row.id, "report": report, "rhythm": rhythm}
        audit.record("report.scheduled", subject=by.id or 0, by=by, now=now, facts=facts)
    return row.id


def end(schedule_id: int, *, by: Actor, now: datetime) -> None:
    """It is made no more; what was made stays. Twice is fine. Raises NotYours."""
    with transaction.atomic():
        rows = Schedule.objects.select_for_update().filter(id=schedule_id, account_id=by.id or 0)
        row = rows.first()
        if row is None:
            raise NotYours
        if row.ended_at is None:
            Schedule.objects.filter(id=row.id).update(ended_at=now)
            facts = {"schedule": row.id}
            audit.record("report.unscheduled", subject=by.id or 0, by=by, now=now, facts=facts)


def own(by: Actor) -> list[Schedule]:
    """What is made for the post in which the reader acts."""
    return list(Schedule.objects.filter(post_id=by.post or 0, ended_at=None).order_by("report", "rhythm"))


def made(by: Actor) -> QuerySet[Made]:
    """What was made for the reader, of offices that are still in reach; the newest first."""
    rows = Made.objects.filter(policy.within(by, Right.SEE_REPORTS, "office_code"), account_id=by.id or 0)
    return rows.defer("pdf", "xlsx").order_by("-made_at", "-id")


def unseen(by: Actor) -> QuerySet[Made]:
    """Those of which no file was taken yet."""
    return made(by).filter(seen_at=None)


def take(made_id: int, form: str, *, by: Actor, now: datetime) -> tuple[Made, bytes]:
    """One of them and a file of it, `pdf` or `xlsx`; that it was taken is an event. Raises NotYours."""
    row = made(by).filter(id=made_id).first()
    content = getattr(row, form, None) if row is not None and form in ("pdf", "xlsx") else None
    if row is None or content is None:
        raise NotYours
    with transaction.atomic():
        Made.objects.filter(id=row.id, seen_at=None).update(seen_at=now)
        facts = {"made": row.id, "form": form, "rows": row.rows}
        audit.record("report.taken", subject=by.id or 0, by=by, now=now, facts=facts)
    return row, bytes(content)


def forget_old(now: datetime) -> int:
    """Reports whose term is over; returns how many."""
    return Made.objects.filter(made_at__lt=now - KEPT).delete()[0]


def last_period(rhythm: str, today: date) -> tuple[date, date]:
    """First and last day of the newest week (Monday to Sunday) or month that is over."""
    if rhythm == Schedule.Rhythm.WEEKLY:
        until = today - timedelta(days=today.isoweekday())
        return until - timedelta(days=6), until
    until = today.replace(day=1) - DAY
    return until.replace(day=1), until
