"""Give, end and choose seats. Of an employer its administrators may, and its office by MANAGE_EMPLOYERS."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from vssid.domain.accounts.models.accounts import Account, Session
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.audit import actions as audit
from vssid.domain.participants.models.participation import Employer
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.text import tidy

from .. import policy
from ..models.entries import Entry
from ..models.seats import WHY_LENGTH, Seat
from ..software import clients as software
from ..standing import queries as standing
from . import emails, queries
from .errors import LastAdministrator, NoSeat, SeatEnded
from .roles import Act, Role


def give(
    account_id: int,
    employer_code: str,
    role: str,
    *,
    from_on: date | None = None,
    until_on: date | None = None,
    by: Actor,
    now: datetime,
) -> int:
    """Give an HR person's account a seat, from today unless `from_on` says later; its number.

    Raises NotYours, NoSeat, NotAllowed or Invalid (role=bad_choice | already, from_on=past,
    until_on=before_from).
    """
    begins = from_on or local_day(now)
    _check(role, begins, until_on, now)
    with transaction.atomic():
        office = _managed(employer_code, by=by, now=now)
        return add(account_id, employer_code, Role(role), begins, until_on, office=office, by=by, now=now).id


def add(
    account_id: int,
    employer_code: str,
    role: Role,
    from_on: date,
    until_on: date | None = None,
    *,
    entry: Entry | None = None,
    office: str,
    by: Actor,
    now: datetime,
) -> Seat:
    """Write a checked seat, with its event, in the caller's transaction, which holds the employer's row.

    Raises NotYours for who has no account of HR, or Invalid(role=already).
    """
    if not Account.objects.filter(person_id=account_id, kind=Account.EMPLOYER).exists():
        raise NotYours
    rows = Seat.objects.filter(account_id=account_id, employer_id=employer_code, ended_at=None)
    # One whose last day is over stands in nobody's way.
    rows.filter(until_on__lt=local_day(now)).update(ended_at=now)
    if rows.exists():
        raise Invalid(role="already")
    seat = Seat.objects.create(
        account_id=account_id,
        employer_id=employer_code,
        role=role,
        from_on=from_on,
        until_on=until_on,
        entry=entry,
        made_at=now,
        made_by=by.id,
    )
    audit.record("employer.seat_given", **_told(seat, office, by, now))
    return seat


def end(seat_id: int, employer_code: str, *, why: str, by: Actor, now: datetime) -> None:
    """End one seat of an employer; its holder is signed out everywhere at once.

    Raises NotYours, NoSeat, NotAllowed, SeatEnded, LastAdministrator or Invalid(why=required | too_long).
    """
    why = read_why(why)
    with transaction.atomic():
        office = _managed(employer_code, by=by, now=now)
        row = Seat.objects.select_for_update().filter(employer_id=employer_code, id=seat_id).first()
        if row is None:
            raise NotYours
        if row.ended_at is not None:
            raise SeatEnded
        if by.kind not in (ActorKind.OFFICER, ActorKind.SYSTEM):
            _guard_administrators(row, local_day(now))
        _end([row], why=why, office=office, by=by, now=now)


def end_all(employer_code: str, *, why: str, by: Actor, now: datetime) -> int:
    """End every seat of an employer at once, every session of who held one, and its programs; how many seats.

    An office's act: raises NotYours, NotAllowed or Invalid(why=required | too_long).
    """
    why = read_why(why)
    with transaction.atomic():
        _, office = policy.managed(employer_code, by=by, now=now)
        rows = list(
            Seat.objects.select_for_update().filter(employer_id=employer_code, ended_at=None).order_by("id")
        )
        _end(rows, why=why, office=office, by=by, now=now)
        software.end_all(employer_code, why=why, office=office, by=by, now=now)
    return len(rows)


def choose(seat_id: int, *, session_id: uuid.UUID, by: Actor, now: datetime) -> None:
    """From now on the session acts in this seat, and the next session begins in it. Raises NotYours."""
    with transaction.atomic():
        row = queries.live(local_day(now)).filter(account_id=by.id or 0, id=seat_id).first()
        if row is None:
            raise NotYours
        Session.objects.filter(person_id=row.account_id, id=session_id).update(post_id=row.id)
        Seat.objects.filter(id=row.id).update(chosen_at=now)
        audit.record("employer.seat_chosen", **_told(row, "", by, now))


def read_why(text: str) -> str:
    """A reason, clean. Raises Invalid(why=required | too_long)."""
    text = tidy(text)
    if not text:
        raise Invalid(why="required")
    if len(text) > WHY_LENGTH:
        raise Invalid(why="too_long")
    return text


def _check(role: str, from_on: date, until_on: date | None, now: datetime) -> None:
    wrong = {}
    if role not in set(Role):
        wrong["role"] = "bad_choice"
    if from_on < local_day(now):
        wrong["from_on"] = "past"
    if until_on is not None and until_on < from_on:
        wrong["until_on"] = "before_from"
    if wrong:
        raise Invalid(**wrong)


def _managed(employer_code: str, *, by: Actor, now: datetime) -> str:
    """Lock the employer's row for who may give and end seats there; the code of its office.

    Raises NotYours, NotAllowed (staff) or NoSeat (HR).
    """
    if by.kind in (ActorKind.OFFICER, ActorKind.SYSTEM):
        return policy.managed(employer_code, by=by, now=now)[1]
    on = local_day(now)
    if Employer.objects.select_for_update(no_key=True).filter(code=employer_code).first() is None:
        raise NotYours
    if not queries.has(by, employer_code, Act.ADMINISTER, on=on):
        raise NoSeat(act=Act.ADMINISTER)
    return standing.office_of(employer_code, on=on)


def _guard_administrators(going: Seat, on: date) -> None:
    """Raises LastAdministrator. Under the lock of the employer's row, so that two cannot end each other."""
    left = queries.live(on).filter(employer_id=going.employer_id, role=Role.ADMINISTRATOR)
    if going.role == Role.ADMINISTRATOR and not left.exclude(id=going.id).exists():
        raise LastAdministrator


def _end(rows: Iterable[Seat], *, why: str, office: str, by: Actor, now: datetime) -> None:
    for row in rows:
        Seat.objects.filter(id=row.id).update(ended_at=now, ended_by=by.id, ended_why=why)
        sessions.end_all(row.account_id)
        audit.record("employer.seat_ended", **_told(row, office, by, now))
        emails.end_without_seat(row.account_id, by=by, now=now)


def _told(seat: Seat, office: str, by: Actor, now: datetime) -> dict[str, Any]:
    facts = {"employer": seat.employer_id, "seat": seat.id, "role": seat.role}
    return {"subject": seat.account_id, "by": by, "now": now, "facts": facts, "office": office}
