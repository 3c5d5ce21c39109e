"""Read invitations: of one employer for its HR, of one person for the person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Count, Q, QuerySet

from vssid.domain.participants.models.participation import Employer
from vssid.kernel.errors import NotYours

from ..models.invitations import Invitation, InvitationRound, Invitee, Inviting
from ..models.roster import Worker
from .rules import Channel, Skip

ROUNDS_SHOWN = 50
_Count = Literal["sent", "waiting", "opened", "started", "ended"]
_COUNTED: tuple[_Count, ...] = ("sent", "waiting", "opened", "started", "ended")


@dataclass(frozen=True, slots=True)
class RoundView:
    """One act of HR and what came of it. `waiting` messages are not sent yet; `ended` for any reason."""

    id: int
    channel: Channel
    made_at: datetime
    made_by: str
    expires_at: datetime
    many: int
    skipped: Mapping[Skip, int]
    sent: int
    waiting: int
    opened: int
    started: int
    ended: int


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a worker lets an employer see and send, and when it invited last."""

    employer_code: str
    employer_name: str
    works_here: bool
    invited_at: datetime | None
    started_at: datetime | None
    stopped_at: datetime | None
    not_me_at: datetime | None
    hides: bool

    @property
    def stopped(self) -> bool:
        """Does the employer send nothing more?"""
        return self.stopped_at is not None or self.not_me_at is not None


@dataclass(frozen=True, slots=True)
class Invited:
    """One invitation as its person finds it in the own copy."""

    employer_code: str
    channel: str
    made_at: datetime
    opened_at: datetime | None
    used_at: datetime | None
    ended_at: datetime | None
    ended_why: str


def poster_code(employer: str) -> str:
    """The code of the employer's poster and link; empty before there is one."""
    return Inviting.objects.filter(employer_code=employer).values_list("poster_code", flat=True).first() or ""


def rounds(employer: str) -> list[RoundView]:
    """The newest rounds of an employer, the newest first."""
    return _views(list(_rounds(employer).order_by("-id")[:ROUNDS_SHOWN]))


def round_of(round_id: int, employer: str) -> RoundView:
    """One round of the employer. Raises NotYours."""
    found = _views(list(_rounds(employer).filter(id=round_id)))
    if not found:
        raise NotYours
    return found[0]


def wishes(person_id: int) -> list[Wishes]:
    """What a person said to the employers where it works, and to others that invited it."""
    said = {row.employer_code: row for row in Invitee.objects.filter(person_id=person_id)}
    here = set(Worker.objects.filter(person_id=person_id).values_list("employer_code", flat=True))
    names = dict(Employer.objects.filter(code__in=here | said.keys()).values_list("code", "name"))
    return [
        _wishes(code, name, said.get(code), code in here)
        for code, name in sorted(names.items(), key=lambda known: (known[0] not in here, known[1], known[0]))
    ]


def of_person(person_id: int) -> tuple[Invited, ...]:
    """Every invitation of a person that is kept, the newest first."""
    rows = Invitation.objects.filter(person_id=person_id).order_by("-made_at", "-id")
    return tuple(
        Invited(
            row.employer_code,
            row.channel,
            row.made_at,
            row.opened_at,
            row.used_at,
            row.ended_at,
            row.ended_why,
        )
        for row in rows
    )


def _rounds(employer: str) -> QuerySet[InvitationRound]:
    return InvitationRound.objects.filter(employer_code=employer)


def _views(rows: list[InvitationRound]) -> list[RoundView]:
    counted = Invitation.objects.filter(round_id__in=[row.id for row in rows]).values("round_id")
    counts = counted.annotate(
        sent=Count("id", filter=Q(sent_at__isnull=False)),
        waiting=Count("id", filter=Q(sent_at=None, ended_at=None)),
        opened=Count("id", filter=Q(opened_at__isnull=False)),
        started=Count("id", filter=Q(used_at__isnull=False)),
        ended=Count("id", filter=Q(ended_at__isnull=False)),
    )
    told = {count["round_id"]: {name: int(count[name]) for name in _COUNTED} for count in counts}
    none = dict.fromkeys(_COUNTED, 0)
    return [_view(row, told.get(row.id, none)) for row in rows]


def _view(row: InvitationRound, told: Mapping[_Count, int]) -> RoundView:
    return RoundView(
        id=row.id,
        channel=Channel(row.channel),
        made_at=row.made_at,
        made_by=row.made_by_name,
        expires_at=row.expires_at,
        many=row.many,
        skipped={Skip(why): many for why, many in row.skipped.items()},
        sent=told["sent"],
        waiting=told["waiting"],
        opened=told["opened"],
        started=told["started"],
        ended=told["ended"],
    )


def _wishes(code: str, name: str, row: Invitee | None, here: bool) -> Wishes:
    said = row or Invitee(employer_code=code)
    return Wishes(
        employer_code=code,
        employer_name=name,
        works_here=here,
        invited_at=said.invited_at,
        started_at=said.started_at,
        stopped_at=said.stopped_at,
        not_me_at=said.not_me_at,
        hides=said.hides,
    )
