"""Programs that act for an employer: its administrators allow them, they and its office end them at once."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from vssid.domain.audit import actions as audit
from vssid.domain.participants.models.participation import Employer
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.text import tidy

from .. import policy
from ..models.seats import WHY_LENGTH
from ..models.software import NAME_LENGTH, SoftwareClient, SoftwareSecret, SoftwareToken
from ..seats import queries as seats
from ..seats.errors import NoSeat
from ..seats.roles import Act
from ..standing import queries as standing
from .errors import SoftwareEnded
from .scopes import Scope

MOST = 10  # of one employer at a time; our own choice, as is the next
OLD_SECRET_LIVES = timedelta(days=7)
SECRET_PREFIX = "vssid_"


@dataclass(frozen=True, slots=True)
class Made:
    """A client and its secret, which nobody is told again."""

    client_id: uuid.UUID
    secret: str

    def __repr__(self) -> str:
        return f"Made({self.client_id})"


@dataclass(frozen=True, slots=True)
class View:
    """A program as HR and the office see it. `secrets`: how many are good now."""

    id: uuid.UUID
    name: str
    scopes: tuple[Scope, ...]
    made_at: datetime
    made_by: str
    used_at: datetime | None
    ended_at: datetime | None
    ended_why: str
    secrets: int
    old_until: datetime | None


def digest(text: str) -> bytes:
    """What is kept of a secret or token of 256 random bits, which nobody can try out."""
    return hashlib.sha256(text.encode()).digest()


def make(employer_code: str, name: str, scopes: Collection[str], *, by: Actor, now: datetime) -> Made:
    """Allow a program. Raises NoSeat (also once the employer has ceased) or Invalid (name=required | too_long
    | too_many, scopes=required | bad_choice).
    """
    assert by.id is not None
    name = tidy(name)
    _check(name, scopes)
    with transaction.atomic():
        office = _administered(employer_code, by=by, now=now)
        if SoftwareClient.objects.filter(employer_id=employer_code, ended_at=None).count() >= MOST:
            raise Invalid(name="too_many")
        row = SoftwareClient.objects.create(
            employer_id=employer_code,
            name=name,
            scopes=sorted(set(scopes)),
            made_at=now,
            made_by=by.id,
            made_by_name=by.name,
        )
        audit.record("employer.software_allowed", **_told(row, office, by, now))
        return Made(row.id, _new_secret(row, now))


def renew(employer_code: str, client_id: uuid.UUID, *, by: Actor, now: datetime) -> Made:
    """A new secret; the one before holds some days more, any older one ends. Raises NotYours, NoSeat or
    SoftwareEnded.
    """
    with transaction.atomic():
        office = _administered(employer_code, by=by, now=now)
        row = _locked(employer_code, client_id)
        good = list(_good(row.id, now).order_by("-made_at", "-id"))
        SoftwareSecret.objects.filter(id__in=[each.id for each in good[1:]]).delete()
        for each in good[:1]:
            SoftwareSecret.objects.filter(id=each.id).update(ends_at=now + OLD_SECRET_LIVES)
        audit.record("employer.software_renewed", **_told(row, office, by, now))
        return Made(row.id, _new_secret(row, now))


def end(employer_code: str, client_id: uuid.UUID, *, why: str, by: Actor, now: datetime) -> None:
    """End a program's access at once, with its tokens. Raises NotYours, NoSeat, NotAllowed, SoftwareEnded or
    Invalid(why=required | too_long).
    """
    why = tidy(why)
    if not why or len(why) > WHY_LENGTH:
        raise Invalid(why="too_long" if why else "required")
    with transaction.atomic():
        if by.kind in (ActorKind.OFFICER, ActorKind.SYSTEM):
            office = policy.managed(employer_code, by=by, now=now)[1]
        else:
            office = _administered(employer_code, by=by, now=now)
        _end([_locked(employer_code, client_id)], why=why, office=office, by=by, now=now)


def end_all(employer_code: str, *, why: str, office: str, by: Actor, now: datetime) -> None:
    """End all of an employer's programs, in the transaction of who ends all its seats."""
    rows = SoftwareClient.objects.select_for_update().filter(employer_id=employer_code, ended_at=None)
    _end(rows.order_by("id"), why=why, office=office, by=by, now=now)


def of_employer(employer_code: str, *, now: datetime) -> list[View]:
    """An employer's programs, those at work first, then the newest."""
    rows = SoftwareClient.objects.filter(employer_id=employer_code)
    kept = SoftwareSecret.objects.filter(client__employer_id=employer_code).filter(is_good(now))
    ends: dict[uuid.UUID, list[datetime | None]] = {}
    for client_id, ends_at in kept.values_list("client_id", "ends_at"):
        ends.setdefault(client_id, []).append(ends_at)
    views = [_view(row, ends.get(row.id, [])) for row in rows.order_by("-made_at", "id")]
    return sorted(views, key=lambda view: view.ended_at is not None)


def _view(row: SoftwareClient, ends: list[datetime | None]) -> View:
    return View(
        id=row.id,
        name=row.name,
        scopes=tuple(Scope(scope) for scope in row.scopes),
        made_at=row.made_at,
        made_by=row.made_by_name,
        used_at=row.used_at,
        ended_at=row.ended_at,
        ended_why=row.ended_why,
        secrets=len(ends) if row.ended_at is None else 0,
        old_until=max((at for at in ends if at is not None), default=None),
    )


def _check(name: str, scopes: Collection[str]) -> None:
    wrong = {}
    if not name or len(name) > NAME_LENGTH:
        wrong["name"] = "too_long" if name else "required"
    if not scopes or not set(scopes) <= set(Scope):
        wrong["scopes"] = "bad_choice" if scopes else "required"
    if wrong:
        raise Invalid(**wrong)


def _administered(employer_code: str, *, by: Actor, now: datetime) -> str:
    """Lock the employer's row for one of its administrators; the code of its office. Raises NoSeat."""
    on = local_day(now)
    if not seats.has(by, employer_code, Act.ADMINISTER, on=on):
        raise NoSeat(act=Act.ADMINISTER)
    Employer.objects.select_for_update(no_key=True).get(code=employer_code)
    return standing.office_of(employer_code, on=on)


def _locked(employer_code: str, client_id: uuid.UUID) -> SoftwareClient:
    rows = SoftwareClient.objects.select_for_update().filter(employer_id=employer_code, id=client_id)
    row = rows.first()
    if row is None:
        raise NotYours
    if row.ended_at is not None:
        raise SoftwareEnded
    return row


def is_good(now: datetime) -> Q:
    """Of secrets: those that hold now."""
    return Q(ends_at=None) | Q(ends_at__gt=now)


def _good(client_id: uuid.UUID, now: datetime) -> Any:
    return SoftwareSecret.objects.filter(is_good(now), client_id=client_id)


def _new_secret(row: SoftwareClient, now: datetime) -> str:
    secret = SECRET_PREFIX + secrets.token_urlsafe(32)
    SoftwareSecret.objects.create(client=row, digest=digest(secret), made_at=now)
    return secret


def _end(rows: Iterable[SoftwareClient], *, why: str, office: str, by: Actor, now: datetime) -> None:
    for row in rows:
        SoftwareClient.objects.filter(id=row.id).update(ended_at=now, ended_by=by.id, ended_why=why)
        SoftwareSecret.objects.filter(client_id=row.id).delete()
        SoftwareToken.objects.filter(client_id=row.id).delete()
        audit.record("employer.software_ended", **_told(row, office, by, now))


def _told(row: SoftwareClient, office: str, by: Actor, now: datetime) -> dict[str, Any]:
    facts = {"employer": row.employer_id, "software": str(row.id)}
    return {"subject": by.id or 0, "by": by, "now": now, "facts": facts, "office": office}
