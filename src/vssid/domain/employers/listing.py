"""Employers of an office's reach as its officers see them: how far each has come, and who looks after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from vssid.domain.offices import queries as offices
from vssid.domain.offices.rights import Right
from vssid.domain.participants.employers import search, statistics
from vssid.domain.participants.models.participation import Employer
from vssid.domain.rollout.models import Assignment
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import NotYours

from .entries.queries import Stage, stage_is, stages
from .models.standing import Standing
from .standing import queries as standing
from .standing.queries import EndView


@dataclass(frozen=True, slots=True)
class EmployerLine:
    """An employer in the list. `officer`: its collection officer today, empty for none."""

    code: str
    name: str
    tax_code: str
    stage: Stage
    officer: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class EmployerPage:
    """An employer as its office sees it. `people` take part now; None where that is not told."""

    code: str
    name: str
    tax_code: str
    address: str
    industry: str
    email: str
    office_code: str
    office_name: str
    register_office: str
    stage: Stage
    officer: str
    people: int | None
    over: EndView | None
    notes: tuple[Standing, ...]


def employers(
    by: Actor, *, asked: str = "", stage: Stage | None = None, mine: bool = False, now: datetime
) -> Sequence[Employer] | QuerySet[Employer]:
    """The employers in the actor's reach: all by code, or those that fit what was typed, the best first.

    `mine`: of those the actor looks after today.
    """
    rows = standing.within(by, Right.SEE_EMPLOYERS, on=local_day(now))
    if stage is not None:
        rows = rows.filter(stage_is(stage, now=now))
    if mine:
        rows = rows.filter(Exists(_assigned(now).filter(employer_id=OuterRef("code"), officer_id=by.id or 0)))
    return search.among(rows, asked) if asked.strip() else rows.order_by("code")


def lines(rows: Sequence[Employer], *, now: datetime) -> list[EmployerLine]:
    """Some employers as lines of the list."""
    codes = [row.code for row in rows]
    come, named = stages(codes, now=now), officers_of(codes, now)
    over = set(
        standing.live(local_day(now))
        .filter(employer_id__in=codes)
        .exclude(kind=Standing.MOVED)
        .values_list("employer_id", flat=True)
    )
    return [
        EmployerLine(
            row.code, row.name, row.tax_code, come[row.code], named.get(row.code, ""), row.code in over
        )
        for row in rows
    ]


def employer(code: str, *, by: Actor, now: datetime) -> EmployerPage:
    """One employer in the actor's reach. Raises NotYours."""
    on = local_day(now)
    row = standing.within(by, Right.SEE_EMPLOYERS, on=on).filter(code=code).select_related("office").first()
    if row is None:
        raise NotYours
    office = standing.office_of(code, on=on)
    counted = statistics.of([code]).get(code)
    return EmployerPage(
        code=code,
        name=row.name,
        tax_code=row.tax_code,
        address=row.address,
        industry=row.industry,
        email=row.email,
        office_code=office,
        office_name=offices.office(office).name if office else "",
        register_office=row.office.name if row.office else "",
        stage=stages([code], now=now)[code],
        officer=officers_of([code], now).get(code, ""),
        people=counted.people if counted else None,
        over=standing.end_of(code, on=on),
        notes=tuple(
            Standing.objects.filter(employer_id=code)
            .select_related("into", "office")
            .order_by("-from_on", "-id")
        ),
    )


def _assigned(now: datetime) -> QuerySet[Assignment]:
    on = local_day(now)
    rows = Assignment.objects.filter(ended_at=None, from_on__lte=on)
    return rows.filter(Q(until_on=None) | Q(until_on__gte=on))


def officers_of(codes: list[str], now: datetime) -> dict[str, str]:
    """Employer → the name of who looks after it today; those without are left out."""
    return dict(_assigned(now).filter(employer_id__in=codes).values_list("employer_id", "officer_name"))
