"""What every move of a registration day brings with it: the event, and the end of what was booked."""

from __future__ import annotations

from datetime import datetime

from vssid.domain.audit import actions as audit
from vssid.domain.audit.models import LANES
from vssid.kernel.actor import Actor

from ..models.days import Booking, RegistrationDay
from . import telling_officers, telling_workers, times
from .errors import DayMoved

State = RegistrationDay.State


def record(what: str, row: RegistrationDay, *, by: Actor, now: datetime, **facts: str) -> None:
    """The event of a move; it is about no worker."""
    said = {"employer": row.employer_id, "day": row.on.isoformat(), **facts}
    audit.record(f"employer.day_{what}", subject=0, by=by, now=now, facts=said, office=row.office_id)


def refuse_unless(row: RegistrationDay, *states: str) -> None:
    """Raises DayMoved where it stands in none of these."""
    if row.state not in states:
        raise DayMoved(state=row.state, by=row.answered_by, at=row.answered_at)


def refuse_begun(row: RegistrationDay, now: datetime) -> None:
    """Raises DayMoved for an accepted day whose first time has begun."""
    if row.state == State.ACCEPTED and times.of_day(row)[0] <= now:
        raise DayMoved(state=State.DONE, by=row.answered_by, at=row.answered_at)


def call_off(row: RegistrationDay, state: str, *, by: Actor, now: datetime, why: str = "") -> None:
    """The day will not be, in the caller's transaction; who booked is told, and it is in their
    log; the officer named is told."""
    RegistrationDay.objects.filter(id=row.id).update(state=state, **answer(by, now), why=why)
    booked = Booking.objects.filter(day=row, cancelled_at=None)
    people = sorted(booked.values_list("person_id", flat=True), key=lambda person: (person % LANES, person))
    booked.update(cancelled_at=now)
    for person_id in people:
        record_of_worker("cancelled", row, person_id, by=by, now=now)
        telling_workers.called_off(person_id, row, now=now)
    if row.officer_id is not None:
        telling_officers.called_off(row.officer_id, row, now=now)


def record_of_worker(what: str, row: RegistrationDay, person_id: int, *, by: Actor, now: datetime) -> None:
    """The event of a time that was booked or cancelled."""
    facts = {"employer": row.employer_id, "day": row.on.isoformat()}
    audit.record(f"employer.time_{what}", subject=person_id, by=by, now=now, facts=facts)


def answer(by: Actor, now: datetime) -> dict[str, object]:
    """Who said the last word, and when."""
    return {"answered_by": by.name[:120], "answered_at": now}
