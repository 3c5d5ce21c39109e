"""What an employer is on a day, and to which office it belongs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from vssid.domain.offices import policy
from vssid.domain.offices.rights import Right
from vssid.domain.participants.models.participation import Employer
from vssid.kernel.actor import Actor

from ..models.standing import Standing


@dataclass(frozen=True, slots=True)
class EndView:
    """An employer is over from a day on: ceased, or merged into the one of this code and name."""

    kind: str
    from_on: date
    into_code: str
    into_name: str


def live(on: date) -> QuerySet[Standing]:
    """What holds on a day and was not taken back."""
    return Standing.objects.filter(taken_back_at=None, from_on__lte=on)


def end_of(employer_code: str, *, on: date) -> EndView | None:
    """Whether the employer is over on a day, and how; None while it is not."""
    rows = live(on).filter(employer_id=employer_code).exclude(kind=Standing.MOVED).select_related("into")
    row = rows.first()
    return (
        EndView(row.kind, row.from_on, row.into_id or "", row.into.name if row.into else "") if row else None
    )


def is_over(on: date, employer: str = "employer_id") -> Exists:
    """Is the employer of the outer row over on a day? To be asked in a query."""
    return Exists(live(on).filter(employer_id=OuterRef(employer)).exclude(kind=Standing.MOVED))


def office_of(employer_code: str, *, on: date) -> str:
    """The code of the office that an employer belongs to on a day; empty for an unknown employer or none."""
    moved = _moves(on).filter(employer_id=employer_code).values_list("office_id", flat=True).first()
    if moved:
        return str(moved)
    office = Employer.objects.filter(code=employer_code).values_list("office_id", flat=True).first()
    return office or ""


def offices_of(employers: Collection[str], *, on: date) -> dict[str, str]:
    """The offices that some employers belong to on a day; who belongs to none is left out."""
    rows = Employer.objects.filter(code__in=employers, office__isnull=False)
    moved = _moves(on).filter(employer_id__in=employers)
    return dict(rows.values_list("code", "office_id")) | dict(moved.values_list("employer_id", "office_id"))


def within(by: Actor, right: Right, *, on: date) -> QuerySet[Employer]:
    """The employers that belong to an office in the actor's reach on a day."""
    reached, came = policy.within(by, right), _moves(on).filter(policy.within(by, right))
    moved = _moves(on).values("employer_id")
    return Employer.objects.filter(reached & ~Q(code__in=moved) | Q(code__in=came.values("employer_id")))


def _moves(on: date) -> QuerySet[Standing]:
    """The newest move of each employer that holds on a day, while the register says what it said then."""
    rows = live(on).filter(kind=Standing.MOVED, left_office_id=F("employer__office_id"))
    later = rows.filter(employer_id=OuterRef("employer_id"), from_on__gt=OuterRef("from_on"))
    return rows.filter(~Exists(later))
