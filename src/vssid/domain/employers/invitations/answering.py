"""What a worker answers an employer that invites: not me, stop, hide all but the stage."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.errors import NotYours

from ..models.invitations import Invitation, Invitee
from ..roster import queries as roster
from . import ending
from .opening import Opening

# Who holds a code, and has proved no more.
SOMEBODY = Actor(ActorKind.PERSON)


def opened(opening: Opening, *, now: datetime) -> None:
    """Somebody opened the invitation and goes on with it; the first time counts."""
    if opening.invitation is not None:
        Invitation.objects.filter(id=opening.invitation, opened_at=None).update(opened_at=now)


def not_me(opening: Opening, *, now: datetime) -> None:
    """Who got it is somebody else: this employer sends nothing to that phone or e-mail any more, and no code
    of the worker opens anything. Of an employer's own code NotYours.
    """
    row = _of(opening)
    _write(row, {"not_me_at": now}, "not_me", "employer.invitation_not_me", now=now)


def stop(opening: Opening, *, now: datetime) -> None:
    """No invitation of this employer is wanted any more, and none opens. Of an employer's code NotYours."""
    row = _of(opening)
    _write(row, {"stopped_at": now}, "stop", "employer.invitations_stopped", now=now)


def set_stopped(person_id: int, employer: str, *, stopped: bool, by: Actor, now: datetime) -> None:
    """The signed-in worker wants invitations of an own employer, or none. Raises NotYours."""
    row = _own(person_id, employer)
    kind = "employer.invitations_stopped" if stopped else "employer.invitations_wanted"
    said = {"stopped_at": now if stopped else None, "not_me_at": row.not_me_at if stopped else None}
    _write(row, said, "stop" if stopped else "", kind, by=by, now=now)


def set_hides(person_id: int, employer: str, *, hides: bool, by: Actor, now: datetime) -> None:
    """The worker lets HR of an own employer see the stage alone, or what is missing too. Raises NotYours."""
    row = _own(person_id, employer)
    kind = "employer.worker_hides" if hides else "employer.worker_shows"
    _write(row, {"hides": hides}, "", kind, by=by, now=now)


def _of(opening: Opening) -> Invitee:
    if opening.person_id is None:
        raise NotYours
    return Invitee(person_id=opening.person_id, employer_code=opening.employer_code)


def _own(person_id: int, employer: str) -> Invitee:
    if not roster.is_here(employer, person_id):
        raise NotYours
    row = Invitee.objects.filter(person_id=person_id, employer_code=employer).first()
    return row or Invitee(person_id=person_id, employer_code=employer)


def _write(
    row: Invitee, said: dict[str, object], ends: str, kind: str, *, by: Actor = SOMEBODY, now: datetime
) -> None:
    own = {"person_id": row.person_id, "employer_code": row.employer_code}
    with transaction.atomic():
        Invitee.objects.update_or_create(**own, defaults=said)
        if ends:
            ending.end(Invitation.objects.filter(**own), ends, now)
        facts = {"employer": row.employer_code}
        audit.record(kind, subject=row.person_id, by=by, now=now, facts=facts)
