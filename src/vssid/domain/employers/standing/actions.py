"""Note what became of an employer, from a day on, and take back what was noted by mistake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.offices import queries as offices
from vssid.domain.participants.models.participation import Employer
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.text import code_text, tidy

from .. import policy
from ..models.standing import BASIS_LENGTH, Standing
from . import following, queries


@dataclass(frozen=True, slots=True)
class Noted:
    """What is noted: `kind` as of Standing, the day, the paper it rests on, and into which employer or to
    which office.
    """

    kind: str
    from_on: date
    basis: str
    into: str = ""
    office: str = ""


def note(employer_code: str, noted: Noted, *, by: Actor, now: datetime) -> int:
    """Note it; its number. From that day HR of one that ceased or was merged only reads.

    Raises NotYours, NotAllowed or Invalid (kind=bad_choice | already, basis=required | too_long,
    into=unknown | same, office=bad_choice | same, from_on=already).
    """
    basis = tidy(noted.basis)
    with transaction.atomic():
        employer, office = policy.managed(employer_code, by=by, now=now)
        _check(noted, basis, employer, office)
        row = Standing.objects.create(
            employer=employer,
            kind=noted.kind,
            from_on=noted.from_on,
            into_id=code_text(noted.into).upper() if noted.kind == Standing.MERGED else None,
            left_office_id=employer.office_id if noted.kind == Standing.MOVED else None,
            office_id=noted.office if noted.kind == Standing.MOVED else None,
            basis=basis,
            made_at=now,
            made_by=by.id,
            made_by_name=by.name,
        )
        facts = {"employer": employer.code, "standing": row.kind, "from": row.from_on.isoformat()}
        audit.record("employer.standing_noted", subject=0, by=by, now=now, facts=facts, office=office)
        _follow(employer_code, by, now)
    return row.id


def take_back(standing_id: int, employer_code: str, *, by: Actor, now: datetime) -> None:
    """It was noted by mistake: it counts no more and stays to be read. Twice is fine.

    Raises NotYours or NotAllowed.
    """
    with transaction.atomic():
        _, office = policy.managed(employer_code, by=by, now=now)
        row = Standing.objects.select_for_update().filter(employer_id=employer_code, id=standing_id).first()
        if row is None:
            raise NotYours
        if row.taken_back_at is not None:
            return
        Standing.objects.filter(id=row.id).update(taken_back_at=now, taken_back_by=by.name)
        facts = {"employer": employer_code, "standing": row.kind, "from": row.from_on.isoformat()}
        audit.record("employer.standing_taken_back", subject=0, by=by, now=now, facts=facts, office=office)
        _follow(employer_code, by, now)


def _follow(employer_code: str, by: Actor, now: datetime) -> None:
    office = queries.office_of(employer_code, on=local_day(now))
    following.follow(employer_code, office, by=by, now=now)


def _check(noted: Noted, basis: str, employer: Employer, office: str) -> None:
    wrong = {}
    live = Standing.objects.filter(employer=employer, taken_back_at=None)
    if not basis or len(basis) > BASIS_LENGTH:
        wrong["basis"] = "too_long" if basis else "required"
    if noted.kind == Standing.MOVED:
        wrong |= _wrong_office(noted.office, employer, office)
        if live.filter(kind=Standing.MOVED, from_on=noted.from_on).exists():
            wrong["from_on"] = "already"
    elif noted.kind not in (Standing.CEASED, Standing.MERGED):
        wrong["kind"] = "bad_choice"
    elif live.exclude(kind=Standing.MOVED).exists():
        wrong["kind"] = "already"
    if noted.kind == Standing.MERGED:
        wrong |= _wrong_into(code_text(noted.into).upper(), employer)
    if wrong:
        raise Invalid(**wrong)


def _wrong_office(code: str, employer: Employer, office: str) -> dict[str, str]:
    if not employer.office_id or not offices.exists(code):
        return {"office": "bad_choice"}
    return {"office": "same"} if code in (office, employer.office_id) else {}


def _wrong_into(code: str, employer: Employer) -> dict[str, str]:
    if code == employer.code:
        return {"into": "same"}
    return {} if Employer.objects.filter(code=code).exists() else {"into": "unknown"}
