"""Write down the patterns of days, list them for who is answerable, and record that they were seen to."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from vssid.domain.audit import actions as audit
from vssid.domain.offices import queries as offices
from vssid.kernel.actor import Actor
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.text import tidy

from . import patterns
from .models import Alert, LookedAtDay

LONGEST_NOTE = 500
# So many days are made up for after the worker was away; older ones an auditor searches.
MOST_DAYS = 31


def note_days(today: date, *, now: datetime) -> int:
    """Write down the patterns of every day until yesterday that was not looked through yet; how many."""
    done = set(
        LookedAtDay.objects.filter(day__gte=today - timedelta(days=MOST_DAYS)).values_list("day", flat=True)
    )
    reach = MOST_DAYS if done else 1  # a new installation has no days behind it
    days = [today - timedelta(days=number) for number in range(reach, 0, -1)]
    first = min(done, default=days[0])
    return sum(note_day(day, now=now) for day in days if day >= first and day not in done)


def note_day(day: date, *, now: datetime) -> int:
    """Write down the patterns of one day; what is written already stays as it is. How many are new."""
    with transaction.atomic():
        before = Alert.objects.filter(day=day).count()
        Alert.objects.bulk_create(
            [Alert(made_at=now, **asdict(pattern)) for pattern in patterns.of_day(day)], ignore_conflicts=True
        )
        LookedAtDay.objects.update_or_create(day=day, defaults={"looked_at": now})
        return Alert.objects.filter(day=day).count() - before


def of_reach(office: str | None) -> QuerySet[Alert]:
    """Alerts of an office and the ones below, the newest first; None: of the country."""
    rows = Alert.objects.order_by("-day", "-count", "id")
    return rows if office is None else rows.filter(office__in=offices.at_or_below(office))


def see_to(alert_id: int, note: str, *, reach: str | None, by: Actor, now: datetime) -> bool:
    """Who is answerable has looked into it, and says what it was; False when somebody had before.

    Raises Invalid without a note or with one too long, NotYours for an alert out of reach or about oneself.
    """
    note = tidy(note)
    if not note:
        raise Invalid(note="required")
    if len(note) > LONGEST_NOTE:
        raise Invalid(note="too_long")
    with transaction.atomic():
        row = of_reach(reach).select_for_update().filter(id=alert_id).first()
        if row is None or row.actor_id == by.id:
            raise NotYours
        if row.seen_at is not None:
            return False
        row.seen_at, row.seen_by, row.seen_by_name, row.note = now, by.id, by.name, note
        row.save(update_fields=["seen_at", "seen_by", "seen_by_name", "note"])
        facts = {"rule": row.rule, "day": row.day.isoformat(), "alert": row.id}
        audit.record("oversight.seen", subject=row.subject_id or row.actor_id, by=by, now=now, facts=facts)
    return True
