"""Invite an employer, take an invitation back, and let its first HR person in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F

from vssid.domain.audit import actions as audit
from vssid.domain.participants.models.participation import Employer
from vssid.domain.verification import limits
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import NotYours

from .. import policy
from ..errors import AlreadyInvited, EntryClosed, NoPaper, WrongCode
from ..models.entries import Entry
from ..models.papers import Paper
from ..seats import actions as seats
from ..seats.roles import Role
from ..standing import queries as standing
from . import codes, judging
from .queries import open_of


@dataclass(frozen=True, slots=True)
class Invited:
    """A new invitation; its code is kept nowhere."""

    entry_id: int
    code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Opening:
    """What a good code opens: the employer, before anybody has come in."""

    employer_code: str
    employer_name: str
    expires_at: datetime


def invite(
    employer_code: str,
    *,
    paper: int | None = None,
    instead_of: int | None = None,
    by: Actor,
    now: datetime,
) -> Invited:
    """Invite an employer by letter, or at the counter by the power of attorney `paper`.

    `instead_of`: the open invitation that the new one takes the place of. Raises NotYours, NotAllowed,
    EmployerOver, EmployerIn, AlreadyInvited or NoPaper.
    """
    code = codes.new()
    with transaction.atomic():
        employer, office = policy.managed(employer_code, by=by, now=now)
        judging.can_come_in(employer.code, now=now)
        _make_room(employer.code, instead_of, by=by, now=now)
        filed = Paper.objects.filter(id=paper or 0, employer=employer, erased_at=None)
        if paper is not None and not filed.exists():
            raise NoPaper
        entry = Entry.objects.create(
            employer=employer,
            office_id=office,
            way=Entry.LETTER if paper is None else Entry.COUNTER,
            paper_id=paper,
            name_part=codes.name_part(code),
            code_hash=codes.hashed(code),
            made_at=now,
            made_by=by.id,
            made_by_name=by.name,
            expires_at=now + settings.ENTRY_LIFE,
        )
        facts = {"employer": employer.code, "entry": entry.id, "way": entry.way}
        audit.record("employer.invited", subject=0, by=by, now=now, facts=facts, office=office)
    return Invited(entry.id, code, entry.expires_at)


def cancel(entry_id: int, employer_code: str, *, by: Actor, now: datetime) -> None:
    """Take an invitation back: its code opens nothing more. Raises NotYours, NotAllowed or EntryClosed."""
    with transaction.atomic():
        _, office = policy.managed(employer_code, by=by, now=now)
        row = Entry.objects.select_for_update().filter(employer_id=employer_code, id=entry_id).first()
        if row is None:
            raise NotYours
        if row.used_at is not None or row.cancelled_at is not None:
            raise EntryClosed
        _close(row, office, by=by, now=now)


def look(employer_code: str, typed: str, *, address: str, now: datetime) -> Opening:
    """What a code opens, before anybody comes in. Call it outside a transaction: a wrong code is counted.

    Raises WrongCode, TooManyTries, CodeUsed, CodeExpired, CodeCancelled, CodeOfAnother, EmployerOver,
    EmployerIn; of wrong codes from a busy address Limited or ChallengeNeeded.
    """
    rows, entry = judging.named(codes.read(typed))
    if entry is None:
        limits.hit("entry_wrong", limits.place(address), by=address, now=now)
        # Only who knows how a code begins can use up its tries.
        Entry.objects.filter(id__in=[row.id for row in rows], tries__lt=Entry.MOST_TRIES).update(
            tries=F("tries") + 1
        )
        raise WrongCode
    employer = judging.employer_code(employer_code)
    judging.check(entry, employer, now=now)
    Entry.objects.filter(id=entry.id, looked_at=None).update(looked_at=now)
    return Opening(employer, entry.employer.name, entry.expires_at)


def use(employer_code: str, typed: str, *, person_id: int, by: Actor, now: datetime) -> int:
    """The first administrator comes in by a code; the number of the seat. `person_id`: the account's.

    Part of the caller's transaction, in which the account may have been opened. Of two at once the second
    finds the code used. Raises as `look`, without counting.
    """
    with transaction.atomic():
        employer = judging.employer_code(employer_code)
        # The employer's row first, as everybody who acts there, so that nobody waits for each other.
        Employer.objects.select_for_update(no_key=True).filter(code=employer).first()
        _, proved = judging.named(codes.read(typed))
        if proved is None:
            raise WrongCode
        entry = Entry.objects.select_for_update().get(id=proved.id)
        judging.check(entry, employer, now=now)
        Entry.objects.filter(id=entry.id).update(used_at=now, used_by=person_id)
        office = standing.office_of(employer, on=local_day(now))
        facts = {"employer": employer, "entry": entry.id, "way": entry.way}
        audit.record("employer.came_in", subject=person_id, by=by, now=now, facts=facts, office=office)
        seat = seats.add(
            person_id,
            employer,
            Role.ADMINISTRATOR,
            local_day(now),
            entry=entry,
            office=office,
            by=by,
            now=now,
        )
    return seat.id


def _make_room(employer_code: str, instead_of: int | None, *, by: Actor, now: datetime) -> None:
    """End the open invitation that the new one takes the place of. Raises AlreadyInvited."""
    row = Entry.objects.select_for_update().filter(employer_id=employer_code, used_at=None, cancelled_at=None)
    if (before := row.first()) is None:
        return
    if open_of(employer_code, now=now) is not None and before.id != instead_of:
        raise AlreadyInvited(entry=before.id)
    _close(before, before.office_id, by=by, now=now)


def _close(row: Entry, office: str, *, by: Actor, now: datetime) -> None:
    Entry.objects.filter(id=row.id).update(cancelled_at=now, cancelled_by=by.name)
    facts = {"employer": row.employer_id, "entry": row.id}
    audit.record("employer.invitation_ended", subject=0, by=by, now=now, facts=facts, office=office)
