"""Registration days as HR, the office and the worker read them; each query names whose they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from vssid.domain.offices import policy
from vssid.domain.offices.rights import Right
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import NotYours

from ..models.days import Booking, RegistrationDay
from ..models.invitations import Invitee
from ..models.roster import Worker
from ..roster import queries as roster
from ..roster.queries import Asked, Line
from ..roster.stages import Stage
from . import times

State = RegistrationDay.State
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Slot:
    """A time of a day. `workers`: who comes then, for HR; `left`: the places nobody took."""

    starts_at: datetime
    left: int
    workers: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class DayView:
    """A day with its times. Who left the employer since keeps a place and is named to nobody."""

    row: RegistrationDay
    slots: tuple[Slot, ...]
    booked: int

    @property
    def at_stage(self) -> dict[Stage, int]:
        """How many of those who booked came how far."""
        found: dict[Stage, int] = {}
        for slot in self.slots:
            for line in slot.workers:
                found[line.stage] = found.get(line.stage, 0) + 1
        return dict(sorted(found.items(), reverse=True))


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day that a worker may come to. `booked_at`: the own time, None while there is none."""

    row: RegistrationDay
    slots: tuple[Slot, ...]
    booked_at: datetime | None


def of_employer(employer: str) -> list[RegistrationDay]:
    """The employer's days, the newest first; `booked` of each."""
    rows = _counted(RegistrationDay.objects.filter(employer_id=employer))
    return list(rows.order_by("-on", "-opens", "id")[:SHOWN])


def of_employer_one(day_id: UUID, employer: str) -> DayView:
    """A day of the employer, with who comes when. Raises NotYours."""
    return _view(RegistrationDay.objects.filter(id=day_id, employer_id=employer))


def within(by: Actor, tab: str, *, now: datetime) -> QuerySet[RegistrationDay]:
    """The days at offices in reach: those that wait for an answer, that are to come, or any other."""
    rows = _counted(RegistrationDay.objects.filter(policy.within(by, Right.SEE_EMPLOYERS)))
    rows, today = rows.select_related("employer", "office"), local_day(now)
    if tab == "waiting":
        return rows.filter(state=State.PROPOSED, on__gt=today).order_by("on", "opens", "id")
    coming = Q(state=State.ACCEPTED, on__gte=today)
    if tab == "coming":
        return rows.filter(coming).order_by("on", "opens", "id")
    return rows.exclude(coming | Q(state=State.PROPOSED, on__gt=today)).order_by("-on", "-opens", "id")


def within_one(day_id: UUID, by: Actor) -> DayView:
    """A day in reach. Raises NotYours."""
    return _view(RegistrationDay.objects.filter(policy.within(by, Right.SEE_EMPLOYERS), id=day_id))


def of_worker(person_id: int, *, now: datetime, employers: Iterable[str] | None = None) -> list[OwnDay]:
    """The accepted days to come at employers where a person works, with the times that are left."""
    here = Worker.objects.filter(person_id=person_id).values("employer_code")
    rows = RegistrationDay.objects.filter(
        employer_id__in=here, state=State.ACCEPTED, on__gte=local_day(now)
    ).select_related("employer")
    if employers is not None:
        rows = rows.filter(employer_id__in=list(employers))
    return [_own(row, person_id, now) for row in rows.order_by("on", "opens", "id")]


def of_application(application_id: int, *, now: datetime) -> tuple[int, list[OwnDay]]:
    """The person and the days of the employer by whose invitation an application was begun; 0 and none else.

    Who opened the invitation has proved whose it is. To others no page says where somebody works.
    """
    row = Invitee.objects.filter(draft_id=application_id, step=Invitee.STARTED).first()
    if row is None:
        return 0, []
    return row.person_id, of_worker(row.person_id, now=now, employers=[row.employer_code])


def _own(row: RegistrationDay, person_id: int, now: datetime) -> OwnDay:
    booked = Booking.objects.filter(day=row, cancelled_at=None)
    own = booked.filter(person_id=person_id).values_list("starts_at", flat=True).first()
    if own is not None and own <= now:
        return OwnDay(row, (), own)
    taken = dict(booked.values_list("starts_at").annotate(many=Count("id")))
    slots = [Slot(at, row.per_slot - taken.get(at, 0)) for at in times.of_day(row) if at > now]
    return OwnDay(row, tuple(slot for slot in slots if slot.left > 0 or slot.starts_at == own), own)


def _view(rows: QuerySet[RegistrationDay]) -> DayView:
    row = rows.select_related("employer", "office").first()
    if row is None:
        raise NotYours
    at = dict(Booking.objects.filter(day=row, cancelled_at=None).values_list("person_id", "starts_at"))
    asked = Asked(people=tuple(at))
    lines = roster.page(row.employer_id, asked, size=max(len(at), 1)).rows if at else []
    slots = []
    for starts_at in times.of_day(row):
        there = tuple(line for line in lines if at[line.person_id] == starts_at)
        many = sum(moment == starts_at for moment in at.values())
        slots.append(Slot(starts_at, row.per_slot - many, there))
    return DayView(row, tuple(slots), len(at))


def _counted(rows: QuerySet[RegistrationDay]) -> QuerySet[RegistrationDay]:
    booked = Booking.objects.filter(day=OuterRef("id"), cancelled_at=None).order_by().values("day")
    return rows.annotate(booked=Coalesce(Subquery(booked.annotate(n=Count("id")).values("n")), 0))
