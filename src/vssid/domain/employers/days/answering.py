"""What the office does: accept a day and name an officer, name another, decline it or call it off."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from vssid.domain.accounts.models.accounts import Account
from vssid.domain.accounts.posts import absences, posts
from vssid.domain.offices import policy
from vssid.domain.offices.rights import Right, rights_of
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid, NotYours

from .. import telling
from ..models.days import RegistrationDay
from . import moves, telling_officers
from .errors import OfficerBusy
from .times import LONGEST_WHY

State = RegistrationDay.State
# Who sees the ID at the employer's and decides there.
_NEEDS = {Right.CHECK_PAPERS, Right.DECIDE_REGISTRATIONS}


def able(office: str, on: date) -> dict[int, str]:
    """Who of an office can be named for a day, by name: decides registrations there, and is not away."""
    held = posts.live(on).filter(office_id=office)
    rows = held.values_list("account_id", "account__display_name", "role")
    found = {person: name for person, name, role in rows if rights_of(role) >= _NEEDS}
    away = absences.away_among(found, on=on)
    return dict(sorted(((p, n) for p, n in found.items() if p not in away), key=lambda one: (one[1], one[0])))


def accept(day_id: UUID, officer_id: int, *, by: Actor, now: datetime) -> None:
    """The day will be, with this officer. Raises NotYours, NotAllowed, DayMoved, OfficerBusy or
    Invalid(officer=unknown); a day that has come is not accepted any more: Invalid(on=past).
    """
    with transaction.atomic():
        row = lock(day_id, by=by)
        moves.refuse_unless(row, State.PROPOSED)
        if row.on <= local_day(now):
            raise Invalid(on="past")
        name = _free(officer_id, row)
        named = {"officer_id": officer_id, "officer_name": name[:120]}
        RegistrationDay.objects.filter(id=row.id).update(
            state=State.ACCEPTED, **named, **moves.answer(by, now)
        )
        moves.record("accepted", row, by=by, now=now, officer=name)
        _tell(row, "employer_day_accepted", now, officer=name)
        telling_officers.named(officer_id, row, now=now)


def name_other(day_id: UUID, officer_id: int, *, by: Actor, now: datetime) -> None:
    """Another officer goes there; both and HR are told. The same again is nothing. Raises as `accept`."""
    with transaction.atomic():
        row = lock(day_id, by=by)
        moves.refuse_unless(row, State.ACCEPTED)
        if row.on < local_day(now):
            raise Invalid(on="past")
        if officer_id == row.officer_id:
            return
        name = _free(officer_id, row)
        RegistrationDay.objects.filter(id=row.id).update(officer_id=officer_id, officer_name=name[:120])
        moves.record("officer_named", row, by=by, now=now, officer=name)
        if row.officer_id is not None:
            telling_officers.replaced(row.officer_id, row, now=now)
        telling_officers.named(officer_id, row, now=now)
        # It may happen more than once: told apart by the second.
        once = f"{row.id.hex[:20]}|{now.timestamp():.0f}"
        _tell(row, "employer_day_officer", now, once, officer=name)


def decline(day_id: UUID, why: str, *, by: Actor, now: datetime) -> None:
    """The day will not be, proposed or accepted already; HR reads why, who booked is told.

    Raises NotYours, NotAllowed, DayMoved or Invalid(why=required | too_long).
    """
    why = why.strip()
    if not why or len(why) > LONGEST_WHY:
        raise Invalid(why="too_long" if why else "required")
    with transaction.atomic():
        row = lock(day_id, by=by)
        moves.refuse_unless(row, State.PROPOSED, State.ACCEPTED)
        moves.refuse_begun(row, now)
        moves.call_off(row, State.DECLINED, by=by, now=now, why=why)
        moves.record("declined", row, by=by, now=now)
        _tell(row, "employer_day_declined", now)


def lock(day_id: UUID, *, by: Actor) -> RegistrationDay:
    """A day within reach, locked, for who may answer at its office. Raises NotYours or NotAllowed."""
    reached = RegistrationDay.objects.filter(policy.within(by, Right.SEE_EMPLOYERS), id=day_id)
    row = reached.select_for_update(of=("self",)).first()
    if row is None:
        raise NotYours
    policy.require(by, Right.FOLLOW_EMPLOYERS, row.office_id)
    return row


def _free(officer_id: int, row: RegistrationDay) -> str:
    """The officer's name; the lock decides who of two that name the officer at once is first."""
    name = able(row.office_id, row.on).get(officer_id)
    if name is None:
        raise Invalid(officer="unknown")
    Account.objects.select_for_update(no_key=True).get(person_id=officer_id)
    others = RegistrationDay.objects.filter(officer_id=officer_id, state=State.ACCEPTED, on=row.on)
    at_once = others.filter(opens__lt=row.closes, closes__gt=row.opens).exclude(id=row.id)
    if (other := at_once.select_related("employer").first()) is not None:
        raise OfficerBusy(employer=other.employer.name)
    return name


def _tell(row: RegistrationDay, kind: str, now: datetime, once: str = "", **more: str) -> None:
    facts = {"due": row.on.isoformat(), "day": str(row.id), **more}
    telling.tell(row.employer_id, kind, once or row.id.hex, now=now, **facts)
