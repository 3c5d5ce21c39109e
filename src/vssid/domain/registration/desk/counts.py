"""What an office, or several, have before them, counted in one statement."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from vssid.domain.casework import clocks, desk
from vssid.infra.database import kept
from vssid.infra.database.kept import given
from vssid.kernel.calendar import end_of, local_day

from ..models import Application, SecondLook
from ..states import State


@dataclass(frozen=True, slots=True)
class Counts:
    """How many wait for their form, have it, end today, were decided today, wait for a second officer."""

    waiting: int
    received: int
    due_today: int
    decided_today: int
    second: int


def at(offices: str | Collection[str], *, now: datetime) -> Counts:
    """The counts of an office, or of several together."""
    days = {"start": clocks.start_of_day(now), "end": end_of(local_day(now))}
    if isinstance(offices, str):
        return Counts(**_OF_OFFICE.of(at=offices, **days))
    return Counts(**_OF_OFFICES.of(at=list(offices), **days))


def _counts(where: Q) -> kept.Counts:
    rows = Application.with_trials.filter(where)
    waiting, start = rows.filter(state=State.SUBMITTED), given("start")
    decided = rows.filter(state__in=[State.APPROVED, State.REFUSED])
    return kept.Counts(
        waiting=lambda: waiting,
        received=lambda: rows.filter(state=State.RECEIVED),
        due_today=lambda: waiting.filter(due_at__gt=start, due_at__lte=given("end")),
        decided_today=lambda: decided.filter(closed_at__gte=start),
        second=lambda: SecondLook.objects.filter(where, is_waiting=True),
    )


_OF_OFFICE = _counts(desk.lying_at(given("at")))
_OF_OFFICES = _counts(Q(office_id__any_of=given("at")))
