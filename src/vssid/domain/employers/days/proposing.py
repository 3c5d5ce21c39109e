"""What HR does: propose a registration day, change what is not answered yet, withdraw it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from vssid.domain.participants.models.participation import Employer
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid, NotYours

from ..corrections.errors import NoOffice
from ..errors import EmployerOver
from ..models.days import RegistrationDay
from ..standing import queries as standing
from . import moves, times
from .times import Wanted

State = RegistrationDay.State


def propose(wanted: Wanted, employer: str, *, by: Actor, now: datetime) -> UUID:
    """A day that the employer's office is asked for. Raises Invalid (also on=already, where hours of another
    open day of the employer are among these), NoOffice or EmployerOver.
    """
    times.check(wanted, now)
    today = local_day(now)
    with transaction.atomic():
        # Of two proposals at once the second sees the first.
        Employer.objects.select_for_update(no_key=True).get(code=employer)
        if (end := standing.end_of(employer, on=today)) is not None:
            raise EmployerOver(since=end.from_on)
        office = standing.office_of(employer, on=today)
        if not office:
            raise NoOffice
        _refuse_second(wanted, employer, None)
        row = RegistrationDay.objects.create(
            employer_id=employer,
            office_id=office,
            state=State.PROPOSED,
            proposed_by=by.name[:120],
            proposed_seat=by.seat or 0,
            proposed_at=now,
            **asdict(wanted),
        )
        moves.record("proposed", row, by=by, now=now)
    return row.id


def change(day_id: UUID, wanted: Wanted, employer: str, *, by: Actor, now: datetime) -> None:
    """Another day, place or number, until the office has answered. Raises NotYours, Invalid or DayMoved."""
    times.check(wanted, now)
    with transaction.atomic():
        Employer.objects.select_for_update(no_key=True).get(code=employer)
        row = own(day_id, employer)
        moves.refuse_unless(row, State.PROPOSED)
        _refuse_second(wanted, employer, day_id)
        RegistrationDay.objects.filter(id=row.id).update(**asdict(wanted))
        row.refresh_from_db()
        moves.record("changed", row, by=by, now=now)


def withdraw(day_id: UUID, employer: str, *, by: Actor, now: datetime) -> None:
    """It is not wanted any more: who booked is told. Raises NotYours or DayMoved."""
    with transaction.atomic():
        row = own(day_id, employer)
        moves.refuse_unless(row, State.PROPOSED, State.ACCEPTED)
        moves.refuse_begun(row, now)
        moves.call_off(row, State.WITHDRAWN, by=by, now=now)
        moves.record("withdrawn", row, by=by, now=now)


def own(day_id: UUID, employer: str) -> RegistrationDay:
    """The employer's day, locked. Raises NotYours."""
    row = RegistrationDay.objects.select_for_update().filter(id=day_id, employer_id=employer).first()
    if row is None:
        raise NotYours
    return row


def _refuse_second(wanted: Wanted, employer: str, but: UUID | None) -> None:
    same = RegistrationDay.objects.filter(
        employer_id=employer,
        on=wanted.on,
        state__in=[State.PROPOSED, State.ACCEPTED],
        opens__lt=wanted.closes,
        closes__gt=wanted.opens,
    )
    others = same if but is None else same.exclude(id=but)
    if others.exists():
        raise Invalid(on="already")
