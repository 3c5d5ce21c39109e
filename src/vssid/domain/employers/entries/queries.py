"""Invitations of an employer, and how far an employer has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet

from vssid.kernel.calendar import local_day

from ..models.entries import Entry
from ..seats import queries as seats
from . import codes, judging


class Stage(StrEnum):
    """How far an employer has come."""

    NOT_INVITED = "not_invited"
    INVITED = "invited"
    IN = "in"


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An invitation in the list of an employer. `state`: open, used, cancelled, expired or tried_out."""

    id: int
    way: str
    paper_id: int | None
    made_at: datetime
    made_by: str
    expires_at: datetime
    state: str
    ended_at: datetime | None


def opening(now: datetime) -> QuerySet[Entry]:
    """The invitations whose code opens something."""
    rows = Entry.objects.filter(used_at=None, cancelled_at=None, expires_at__gt=now)
    return rows.filter(tries__lt=Entry.MOST_TRIES)


def open_of(employer_code: str, *, now: datetime) -> EntryLine | None:
    """The open invitation of an employer."""
    row = opening(now).filter(employer_id=employer_code).first()
    return _line(row, now) if row is not None else None


def is_open(typed: str, employer_code: str, *, now: datetime) -> bool:
    """Is this the code of the employer's open invitation? Counts nothing: for who has just made it."""
    _, entry = judging.named(codes.read(typed))
    return entry is not None and opening(now).filter(id=entry.id, employer_id=employer_code).exists()


def of_employer(employer_code: str, *, now: datetime) -> list[EntryLine]:
    """All invitations of an employer, the newest first."""
    rows = Entry.objects.filter(employer_id=employer_code).order_by("-made_at", "-id")
    return [_line(row, now) for row in rows]


def stage_is(stage: Stage, *, now: datetime) -> Q:
    """Employers of a stage, for a query over them."""
    sits = Exists(seats.live(local_day(now)).filter(employer_id=OuterRef("code")))
    invited = Exists(opening(now).filter(employer_id=OuterRef("code")))
    return {
        Stage.IN: Q(sits),
        Stage.INVITED: Q(invited) & ~Q(sits),
        Stage.NOT_INVITED: ~Q(invited) & ~Q(sits),
    }[stage]


def stages(employers: list[str], *, now: datetime) -> dict[str, Stage]:
    """How far each of these employers has come."""
    there = seats.live(local_day(now)).filter(employer_id__in=employers).values_list("employer_id", flat=True)
    invited = opening(now).filter(employer_id__in=employers).values_list("employer_id", flat=True)
    found = dict.fromkeys(employers, Stage.NOT_INVITED)
    return found | dict.fromkeys(invited, Stage.INVITED) | dict.fromkeys(there, Stage.IN)


def _line(row: Entry, now: datetime) -> EntryLine:
    return EntryLine(
        id=row.id,
        way=row.way,
        paper_id=row.paper_id,
        made_at=row.made_at,
        made_by=row.made_by_name,
        expires_at=row.expires_at,
        state=_state(row, now),
        ended_at=row.used_at or row.cancelled_at,
    )


def _state(row: Entry, now: datetime) -> str:
    if row.used_at is not None:
        return "used"
    if row.cancelled_at is not None:
        return "cancelled"
    if row.tries >= Entry.MOST_TRIES:
        return "tried_out"
    return "expired" if row.expires_at <= now else "open"
