"""Files sent and approved day by day, and where approvals will be at the end of a target's period.

The forecast goes on with the mean of the newest 28 days, weekends and holidays among them, and says nothing
of why. With fewer than 14 days of figures, or none approved in the 28, there is no forecast.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from vssid.domain.rollout.models import Target

from .reading import rows
from .scope import Scope

DAY = timedelta(days=1)
LOOKED_AT, FEWEST = 28, 14


@dataclass(frozen=True, slots=True)
class DayRow:
    """What happened on a day: `what` is sent or approved."""

    day: date
    what: str
    files: int


@dataclass(frozen=True, slots=True)
class Day:
    """One day."""

    day: date
    sent: int
    approved: int


@dataclass(frozen=True, slots=True)
class Goal:
    """The target of the scope whose period holds the day: people approved from a day to a day; its place in a
    plan.
    """

    from_on: date
    to_on: date
    people: int
    target_id: int | None = None
    plan_id: int | None = None
    plan_office: str | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """Approvals a day now, the mean from `since` on, and in all from the goal's first day to its last."""

    goal: Goal
    since: date
    a_day: float
    approved: int
    expected: int


def trend(scope: Scope) -> list[Day]:
    """Every day of the scope, also one on which nothing happened."""
    counts: dict[tuple[date, str], int] = {
        (row.day, row.what): row.files for row in rows(DayRow, "trend", scope.parameters)
    }
    length = (scope.until - scope.since).days + 1
    return [
        Day(day, counts.get((day, "sent"), 0), counts.get((day, "approved"), 0))
        for day in (scope.since + number * DAY for number in range(length))
    ]


def goal(scope: Scope, on: date) -> Goal | None:
    """The live target of what was asked for that counts on a day, the one that ends first."""
    if scope.employer is not None:
        whose = Q(employer_id=scope.employer)
    elif scope.officer is not None:
        whose = Q(officer_id=scope.officer)
    else:
        whose = Q(office_id=scope.head)
    live = Target.objects.filter(whose, ended_at=None, plan__ended_at=None)
    held = live.filter(from_on__lte=on, to_on__gte=on).select_related("plan").order_by("to_on", "-id")
    return next((_goal(row) for row in held[:1]), None)


def _goal(row: Target) -> Goal:
    return Goal(row.from_on, row.to_on, row.people, row.id, row.plan_id, row.plan.office_id)


def forecast(scope: Scope, aimed: Goal) -> Forecast | None:
    """Where approvals go; None where there is too little to say."""
    parameters = scope.parameters | {"since": min(aimed.from_on, scope.until - (LOOKED_AT - 1) * DAY)}
    told = rows(DayRow, "trend", parameters)
    return extrapolate(told, aimed, scope.until)


def extrapolate(told: list[DayRow], aimed: Goal, today: date) -> Forecast | None:
    """The forecast from the days' figures. Pure."""
    first = min((row.day for row in told), default=today)
    if (today - first).days + 1 < FEWEST:
        return None
    approved: Mapping[date, int] = {row.day: row.files for row in told if row.what == "approved"}
    looked_at = min(LOOKED_AT, (today - first).days + 1)
    newest = sum(count for day, count in approved.items() if day > today - looked_at * DAY)
    if not newest:
        return None
    so_far = sum(count for day, count in approved.items() if aimed.from_on <= day <= today)
    a_day = newest / looked_at
    since = today - (looked_at - 1) * DAY
    return Forecast(aimed, since, a_day, so_far, so_far + round(a_day * (aimed.to_on - today).days))
