"""Write plans and their targets. Each change is one transaction with its event; what was before is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from vssid.domain.accounts.models.accounts import Account
from vssid.domain.accounts.posts import posts
from vssid.domain.audit import actions as audit
from vssid.domain.offices import policy
from vssid.domain.offices import queries as offices
from vssid.domain.offices.rights import Right, Role
from vssid.domain.participants.models.participation import Employer
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.text import tidy

from .models import Plan, PlanVersion, Target

LONGEST_NUMBER, LONGEST_TITLE, MOST_PEOPLE = 60, 200, 100_000_000
_WRITTEN = ("letter_number", "letter_on", "title", "from_on", "to_on")


@dataclass(frozen=True, slots=True)
class Letter:
    """A plan as it is written: the letter and the first and last day."""

    office_code: str
    letter_number: str
    letter_on: date
    title: str
    from_on: date
    to_on: date


@dataclass(frozen=True, slots=True)
class Aim:
    """A target as it is asked for: of exactly one of office, employer and officer."""

    from_on: date
    to_on: date
    people: int
    office_code: str = ""
    employer_code: str = ""
    officer_id: int | None = None


def write(letter: Letter, *, by: Actor, now: datetime, is_synthetic: bool = False) -> int:
    """A new plan; its number. Raises Invalid (office, letter_number, title, to_on) or NotAllowed."""
    letter = _checked(letter, by)
    with transaction.atomic():
        if _same(letter).exists():
            raise Invalid(letter_number="already")
        plan = Plan.objects.create(
            office_id=letter.office_code, is_synthetic=is_synthetic, **_columns(letter)
        )
        _keep(plan, by, now)
        audit.record("plan.written", **_told(plan, by, now))
    return plan.id


def change(plan_id: int, letter: Letter, *, seen: int, by: Actor, now: datetime) -> None:
    """Write a plan anew; the office stays. Raises NotYours, NotAllowed, Invalid (also to_on=targets_outside,
    or version=changed when somebody wrote it since version `seen`).
    """
    with transaction.atomic():
        plan = _locked(plan_id, by)
        letter = _checked(replace(letter, office_code=plan.office_id), by)
        if plan.version != seen:
            raise Invalid(version="changed")
        if _same(letter).exclude(id=plan.id).exists():
            raise Invalid(letter_number="already")
        outside = Target.objects.filter(plan=plan, ended_at=None).exclude(
            from_on__gte=letter.from_on, to_on__lte=letter.to_on
        )
        if outside.exists():
            raise Invalid(to_on="targets_outside")
        Plan.objects.filter(id=plan.id).update(version=plan.version + 1, **_columns(letter))
        plan.refresh_from_db()
        _keep(plan, by, now)
        audit.record("plan.changed", **_told(plan, by, now))


def end(plan_id: int, *, by: Actor, now: datetime) -> None:
    """The plan counts no more; it stays to be read. Twice is fine. Raises NotYours or NotAllowed."""
    with transaction.atomic():
        plan = _locked(plan_id, by)
        if plan.ended_at is None:
            Plan.objects.filter(id=plan.id).update(ended_at=now)
            audit.record("plan.ended", **_told(plan, by, now))


def aim(plan_id: int, asked: Aim, *, by: Actor, now: datetime) -> int:
    """Set a target; one for the same period and the same whom is replaced. Returns its number.

    Raises NotYours, NotAllowed or Invalid (people, from_on, to_on, office, employer, officer, whom).
    """
    with transaction.atomic():
        plan = _locked(plan_id, by)
        if plan.ended_at is not None:
            raise Invalid(whom="plan_ended")
        _check_aim(plan, asked)
        whom: dict[str, Any] = {
            "office_id": asked.office_code or None,
            "employer_id": asked.employer_code or None,
            "officer_id": asked.officer_id,
        }
        same = Target.objects.filter(
            plan=plan, from_on=asked.from_on, to_on=asked.to_on, ended_at=None, **whom
        )
        same.update(ended_at=now, ended_by=by.name)
        target = Target.objects.create(
            plan=plan,
            from_on=asked.from_on,
            to_on=asked.to_on,
            people=asked.people,
            made_at=now,
            made_by=by.name,
            **whom,
        )
        audit.record("plan.target_set", **_told(plan, by, now, target=target.id, people=asked.people))
    return target.id


def take_back(plan_id: int, target_id: int, *, by: Actor, now: datetime) -> None:
    """The target counts no more. Twice is fine. Raises NotYours or NotAllowed."""
    with transaction.atomic():
        plan = _locked(plan_id, by)
        live = Target.objects.filter(plan=plan, id=target_id, ended_at=None)
        if live.update(ended_at=now, ended_by=by.name):
            audit.record("plan.target_ended", **_told(plan, by, now, target=target_id))


def allows(by: Actor, office_code: str) -> bool:
    """Does the actor manage the plan of this office?"""
    return by.kind is ActorKind.SYSTEM or policy.allows(by, Right.MANAGE_PLAN, office_code)


def require(by: Actor, office_code: str) -> None:
    """Raises NotAllowed."""
    if not allows(by, office_code):
        raise policy.NotAllowed(right=Right.MANAGE_PLAN)


def _locked(plan_id: int, by: Actor) -> Plan:
    plan = Plan.objects.select_for_update().filter(id=plan_id).first()
    if plan is None or not (by.kind is ActorKind.SYSTEM or _sees(by, plan.office_id)):
        raise NotYours
    require(by, plan.office_id)
    return plan


def _sees(by: Actor, office_code: str) -> bool:
    """A plan of the own office, of one below or of one above."""
    return policy.allows(by, Right.SEE_REPORTS, office_code) or by.office in offices.at_or_below(office_code)


def _checked(letter: Letter, by: Actor) -> Letter:
    number, title, wrong = tidy(letter.letter_number), tidy(letter.title), {}
    if not number or len(number) > LONGEST_NUMBER:
        wrong["letter_number"] = "too_long" if number else "required"
    if not title or len(title) > LONGEST_TITLE:
        wrong["title"] = "too_long" if title else "required"
    if letter.to_on < letter.from_on:
        wrong["to_on"] = "before_from"
    if not offices.exists(letter.office_code):
        wrong["office"] = "bad_choice"
    if wrong:
        raise Invalid(**wrong)
    require(by, letter.office_code)
    return replace(letter, letter_number=number, title=title)


def _check_aim(plan: Plan, asked: Aim) -> None:
    wrong, below = {}, offices.at_or_below(plan.office_id)
    if not 1 <= asked.people <= MOST_PEOPLE:
        wrong["people"] = "out_of_range"
    if asked.from_on < plan.from_on or asked.from_on > plan.to_on:
        wrong["from_on"] = "outside_plan"
    if asked.to_on < asked.from_on or asked.to_on > plan.to_on:
        wrong["to_on"] = "before_from" if asked.to_on < asked.from_on else "outside_plan"
    if bool(asked.office_code) + bool(asked.employer_code) + (asked.officer_id is not None) != 1:
        wrong["whom"] = "exactly_one"
    if asked.office_code and asked.office_code not in below:
        wrong["office"] = "bad_choice"
    if asked.employer_code and not _employer_at(asked.employer_code, below):
        wrong["employer"] = "not_here"
    if asked.officer_id is not None and not collects_at(asked.officer_id, below, plan.to_on):
        wrong["officer"] = "not_here"
    if wrong:
        raise Invalid(**wrong)


def _employer_at(code: str, below: frozenset[str]) -> bool:
    return Employer.objects.filter(code=code, office_id__in=below).exists()


def collects_at(officer_id: int, at: frozenset[str], on: date) -> bool:
    """Has this member of staff a post of collection officer at one of these offices, now or by the day?"""
    live = posts.live(on).filter(account_id=officer_id, account__kind=Account.STAFF)
    return live.filter(role=Role.COLLECTION, office_id__in=at).exists()


def _same(letter: Letter) -> Any:
    return Plan.objects.filter(
        office_id=letter.office_code,
        letter_number=letter.letter_number,
        letter_on=letter.letter_on,
        ended_at=None,
    )


def _columns(letter: Letter) -> dict[str, Any]:
    return {name: getattr(letter, name) for name in _WRITTEN}


def _keep(plan: Plan, by: Actor, now: datetime) -> None:
    what = {name: str(getattr(plan, name)) for name in _WRITTEN}
    PlanVersion.objects.create(plan=plan, number=plan.version, at=now, by_name=by.name, what=what)


def _told(plan: Plan, by: Actor, now: datetime, **facts: Any) -> dict[str, Any]:
    """Of whose doing an event is, where, and of which plan."""
    facts = {"plan": plan.id, **facts}
    return {"subject": by.id or 0, "by": by, "now": now, "office": plan.office_id, "facts": facts}
