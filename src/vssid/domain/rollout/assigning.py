"""Which collection officer looks after which employer, from a day to a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from vssid.domain.accounts.models.accounts import Account
from vssid.domain.audit import actions as audit
from vssid.domain.participants.models.participation import Employer
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid, NotYours

from . import plans
from .models import Assignment

DAY = timedelta(days=1)


def assign(
    employer_code: str,
    officer_id: int,
    from_on: date,
    until_on: date | None = None,
    *,
    by: Actor,
    now: datetime,
) -> int:
    """From a day on this officer looks after the employer; who did before does until the day before.

    Raises NotAllowed, or Invalid (employer=unknown, officer=no_post, until_on=before_from, from_on=later_one
    when somebody else is named from a later day on).
    """
    if until_on is not None and until_on < from_on:
        raise Invalid(until_on="before_from")
    with transaction.atomic():
        employer = _locked(employer_code, by)
        office = employer.office_id or ""
        if not plans.collects_at(officer_id, frozenset({office}), max(from_on, local_day(now))):
            raise Invalid(officer="no_post")
        _make_room(employer_code, from_on, by=by, now=now)
        row = _write(employer, officer_id, from_on, until_on, by=by, now=now)
        facts = {"employer": employer_code, "officer": officer_id, "from": from_on.isoformat()}
        audit.record("plan.officer_assigned", subject=officer_id, by=by, now=now, office=office, facts=facts)
    return row.id


def end(assignment_id: int, until_on: date, *, by: Actor, now: datetime) -> None:
    """The officer looks after the employer until a day, the last one. Raises NotYours, NotAllowed or
    Invalid(until_on=before_from).
    """
    with transaction.atomic():
        row = Assignment.objects.select_for_update().filter(id=assignment_id, ended_at=None).first()
        if row is None:
            raise NotYours
        plans.require(by, row.office_id)
        if until_on < row.from_on:
            raise Invalid(until_on="before_from")
        Assignment.objects.filter(id=row.id).update(until_on=until_on)
        facts = {"employer": row.employer_id, "officer": row.officer_id, "until": until_on.isoformat()}
        audit.record(
            "plan.officer_ended", subject=row.officer_id, by=by, now=now, office=row.office_id, facts=facts
        )


def _locked(code: str, by: Actor) -> Employer:
    # The row's lock decides who of two that assign at once is first.
    employer = Employer.objects.select_for_update(no_key=True).filter(code=code).first()
    # An employer of another office reads as one that is not there.
    if employer is None or not employer.office_id or not plans.allows(by, employer.office_id):
        raise Invalid(employer="unknown")
    return employer


def _make_room(employer_code: str, from_on: date, *, by: Actor, now: datetime) -> None:
    live = Assignment.objects.filter(employer_id=employer_code, ended_at=None)
    if live.filter(from_on__gt=from_on).exists():
        raise Invalid(from_on="later_one")
    live.filter(from_on=from_on).update(ended_at=now, ended_by=by.name)
    before = live.filter(from_on__lt=from_on).exclude(until_on__lt=from_on)
    before.update(until_on=from_on - DAY)


def _write(
    employer: Employer, officer_id: int, from_on: date, until_on: date | None, *, by: Actor, now: datetime
) -> Assignment:
    name = Account.objects.values_list("display_name", flat=True).get(person_id=officer_id)
    return Assignment.objects.create(
        employer=employer,
        office_id=employer.office_id or "",
        officer_id=officer_id,
        officer_name=name,
        from_on=from_on,
        until_on=until_on,
        made_at=now,
        made_by=by.name,
    )
