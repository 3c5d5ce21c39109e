"""Seats as they hold on a day: in which one somebody acts, whose they are, and who sits at an employer."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When

from vssid.domain.accounts.models.accounts import Session
from vssid.kernel.actor import Actor

from ..models.seats import Seat
from ..standing.queries import is_over
from .roles import Act, acts_of


@dataclass(frozen=True, slots=True)
class SeatView:
    """A seat that holds. `reads_only`: the employer has ceased or is merged into another."""

    id: int
    person_id: int
    person_name: str
    employer_code: str
    employer_name: str
    role: str
    from_on: date
    until_on: date | None
    reads_only: bool

    @property
    def acts(self) -> frozenset[Act]:
        """What may be done in it."""
        return acts_of(self.role, reads_only=self.reads_only)


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat in the list of an employer. `state`: holds, later, over (its last day) or ended."""

    id: int
    person_id: int
    login: str
    name: str
    role: str
    from_on: date
    until_on: date | None
    state: str
    ended_at: datetime | None
    ended_why: str
    last_sign_in_at: datetime | None


def live(on: date) -> QuerySet[Seat]:
    """The seats that hold on a day: begun, not over, not ended."""
    begun = Seat.objects.filter(ended_at=None, from_on__lte=on)
    return begun.filter(Q(until_on=None) | Q(until_on__gte=on))


def current(person_id: int, session_id: uuid.UUID | None = None, *, on: date) -> SeatView | None:
    """The seat in which a person acts on a day: the one the session chose, else the one chosen last, else the
    first; None without any.
    """
    session = Session.objects.filter(person_id=OuterRef("account_id"), id=session_id or uuid.UUID(int=0))
    chosen = When(id=Subquery(session.values("post_id")[:1]), then=Value(0))
    rows = _held(person_id, on).order_by(
        Case(chosen, default=Value(1)), F("chosen_at").desc(nulls_last=True), "from_on", "id"
    )
    row = rows.first()
    return _view(row) if row is not None else None


def of_person(person_id: int, *, on: date) -> list[SeatView]:
    """All seats of a person that hold on a day, by the employer's name."""
    return [_view(row) for row in _held(person_id, on).order_by("employer__name", "employer_id")]


def of_employer(employer_code: str, *, on: date) -> list[SeatLine]:
    """All seats of an employer: those that hold or will, by name, then the others, the newest first."""
    rows = Seat.objects.filter(employer_id=employer_code).select_related("account")
    lines = [_line(row, on) for row in rows.order_by("-from_on", "-id")]
    there = [line for line in lines if line.state in ("holds", "later")]
    gone = [line for line in lines if line.state not in ("holds", "later")]
    return sorted(there, key=lambda line: (line.name, line.id)) + gone


def has(by: Actor, employer_code: str, act: Act, *, on: date) -> bool:
    """Does the actor sit at the employer on a day, in a role that may do this?"""
    rows = _held(by.id or 0, on).filter(employer_id=employer_code)
    return any(act in _view(row).acts for row in rows)


def _held(person_id: int, on: date) -> QuerySet[Seat]:
    rows = live(on).filter(account_id=person_id).select_related("account", "employer")
    return rows.annotate(over=is_over(on))


def _view(row: Seat) -> SeatView:
    return SeatView(
        id=row.id,
        person_id=row.account_id,
        person_name=row.account.display_name,
        employer_code=row.employer_id,
        employer_name=row.employer.name,
        role=row.role,
        from_on=row.from_on,
        until_on=row.until_on,
        reads_only=bool(getattr(row, "over", True)),
    )


def _line(row: Seat, on: date) -> SeatLine:
    return SeatLine(
        id=row.id,
        person_id=row.account_id,
        login=row.account.login,
        name=row.account.display_name,
        role=row.role,
        from_on=row.from_on,
        until_on=row.until_on,
        state=_state(row, on),
        ended_at=row.ended_at,
        ended_why=row.ended_why,
        last_sign_in_at=row.account.last_sign_in_at,
    )


def _state(row: Seat, on: date) -> str:
    if row.ended_at is not None:
        return "ended"
    if row.until_on is not None and row.until_on < on:
        return "over"
    return "later" if row.from_on > on else "holds"
