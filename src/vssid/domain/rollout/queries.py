"""Read plans, targets and who looks after whom. Scope is the caller's: codes of offices."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from vssid.domain.accounts.models.staff import Post
from vssid.domain.accounts.posts import posts
from vssid.domain.offices import policy
from vssid.domain.offices.models import Office
from vssid.domain.offices.rights import Right, Role
from vssid.kernel.actor import Actor
from vssid.kernel.errors import NotYours

from .models import Assignment, Plan, PlanVersion, Target


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as it stands, or stood when it was ended."""

    id: int
    office_code: str
    office_name: str
    letter_number: str
    letter_on: date
    title: str
    from_on: date
    to_on: date
    version: int
    is_synthetic: bool
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class TargetView:
    """A target; `whom` and `code`: name and code of the office, employer or officer. Live while `ended_at` is
    None.

    `office_code` is the office itself, or the employer's; empty for an officer.
    """

    id: int
    from_on: date
    to_on: date
    kind: str
    whom: str
    people: int
    made_at: datetime
    made_by: str
    ended_at: datetime | None
    ended_by: str
    code: str
    office_code: str


def seen_by(by: Actor, right: Right = Right.SEE_REPORTS) -> frozenset[str]:
    """The offices whose plans a post reads: those in reach of its reports, or of another right, and those
    above.
    """
    if policy.reach(by, right) is None:
        return frozenset()
    rows = Office.objects.filter(policy.within(by, right, "code"))
    return frozenset(rows.values_list("code", flat=True)) | _above(by.office)


def _above(code: str) -> frozenset[str]:
    parents = dict(Office.objects.values_list("code", "parent_id"))
    found: set[str] = set()
    while (parent := parents.get(code)) is not None and parent not in found:
        found.add(parent)
        code = parent
    return frozenset(found)


def plans(at: Collection[str]) -> list[PlanView]:
    """The plans of these offices, the newest first; ended ones last."""
    rows = Plan.objects.filter(office_id__in=at).select_related("office")
    return [_view(row) for row in rows.order_by("-ended_at", "-from_on", "-id")]


def plan(plan_id: int, at: Collection[str]) -> PlanView:
    """One plan of these offices. Raises NotYours."""
    row = Plan.objects.filter(id=plan_id, office_id__in=at).select_related("office").first()
    if row is None:
        raise NotYours
    return _view(row)


def versions(plan_id: int) -> list[PlanVersion]:
    """What the plan said before, the newest first."""
    return list(PlanVersion.objects.filter(plan_id=plan_id).order_by("-number"))


def targets(plan_id: int) -> QuerySet[Target]:
    """All targets of a plan, by period and whom; those that ended last."""
    rows = Target.objects.filter(plan_id=plan_id).select_related("office", "employer")
    return rows.order_by("-ended_at", "to_on", "office_id", "employer_id", "officer_id", "id")


def shown(rows: Collection[Target]) -> list[TargetView]:
    """Targets with the names of whom they are for."""
    names = _names({row.officer_id for row in rows if row.officer_id is not None})
    return [_target(row, names) for row in rows]


def officers(at: Collection[str], on: date) -> list[tuple[int, str]]:
    """Number and name of the collection officers of these offices on a day, by name."""
    rows = posts.live(on).filter(role=Role.COLLECTION, office_id__in=at)
    pairs = rows.values_list("account_id", "account__display_name").distinct()
    return sorted(pairs, key=lambda pair: (pair[1], pair[0]))


def on_day(at: Collection[str], day: date) -> QuerySet[Assignment]:
    """Who looks after which employer of these offices on a day."""
    rows = Assignment.objects.filter(office_id__in=at, ended_at=None, from_on__lte=day)
    return rows.filter(Q(until_on=None) | Q(until_on__gte=day))


def offices_of(officer_id: int, day: date) -> set[str]:
    """The offices at whose employers this officer is on a day."""
    rows = Assignment.objects.filter(officer_id=officer_id, ended_at=None, from_on__lte=day)
    return set(rows.filter(Q(until_on=None) | Q(until_on__gte=day)).values_list("office_id", flat=True))


def employers_of(officer_id: int, at: Collection[str], day: date) -> list[str]:
    """The codes of the employers that this officer looks after on a day."""
    rows = on_day(at, day).filter(officer_id=officer_id)
    return list(rows.order_by("employer_id").values_list("employer_id", flat=True))


def officer_by_employer(at: Collection[str], day: date) -> Mapping[str, tuple[int, str]]:
    """Employer code → number and name of its collection officer on a day."""
    rows = on_day(at, day).values_list("employer_id", "officer_id", "officer_name")
    return {employer: (officer, name) for employer, officer, name in rows}


def assignments(at: Collection[str]) -> QuerySet[Assignment]:
    """All of these offices that were not replaced before they began, by employer, the newest first."""
    rows = Assignment.objects.filter(office_id__in=at, ended_at=None).select_related("employer")
    return rows.order_by("employer_id", "-from_on", "-id")


def _names(numbers: set[int]) -> dict[int, str]:
    rows = Post.objects.filter(account_id__in=numbers).values_list("account_id", "account__display_name")
    return dict(rows)


def _view(row: Plan) -> PlanView:
    return PlanView(
        id=row.id,
        office_code=row.office_id,
        office_name=row.office.name,
        letter_number=row.letter_number,
        letter_on=row.letter_on,
        title=row.title,
        from_on=row.from_on,
        to_on=row.to_on,
        version=row.version,
        is_synthetic=row.is_synthetic,
        ended_at=row.ended_at,
    )


def _target(row: Target, names: Mapping[int, str]) -> TargetView:
    kind, whom, code, office = "officer", names.get(row.officer_id or 0, ""), str(row.officer_id), ""
    if row.office is not None:
        kind, whom, code, office = "office", row.office.name, row.office.code, row.office.code
    elif row.employer is not None:
        kind, whom = "employer", f"{row.employer.name} ({row.employer_id})"
        code, office = row.employer.code, row.employer.office_id or ""
    return TargetView(
        row.id,
        row.from_on,
        row.to_on,
        kind,
        whom,
        row.people,
        row.made_at,
        row.made_by,
        row.ended_at,
        row.ended_by,
        code,
        office,
    )
