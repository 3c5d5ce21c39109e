"""What a worker answers an employer that invites: not me, stop, hide all but the stage."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

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
    with transaction.atomic():
        row = _say(_invited(opening), {"not_me_at": now}, ends="not_me", now=now)
        audit.record("employer.invitation_not_me", **_about(row, SOMEBODY, now))


def stop(opening: Opening, *, now: datetime) -> None:
    """No invitation of this employer is wanted any more, and none opens. Of an employer's code NotYours."""
    with transaction.atomic():
        row = _say(_invited(opening), {"stopped_at": now}, ends="stop", now=now)
        audit.record("employer.invitations_stopped", **_about(row, SOMEBODY, now))


def set_stopped(person_id: int, employer: str, *, stopped: bool, by: Actor, now: datetime) -> None:
    """The signed-in worker wants invitations of an own employer, or none. Raises NotYours."""
    key = _own(person_id, employer)
    with transaction.atomic():
        if stopped:
            row = _say(key, {"stopped_at": now}, ends="stop", now=now)
            audit.record("employer.invitations_stopped", **_about(row, by, now))
        else:
            row = _say(key, {"stopped_at": None, "not_me_at": None}, now=now)
            audit.record("employer.invitations_wanted", **_about(row, by, now))


def set_hides(person_id: int, employer: str, *, hides: bool, by: Actor, now: datetime) -> None:
    """The worker lets HR of an own employer see the stage alone, or what is missing too. Raises NotYours."""
    key = _own(person_id, employer)
    with transaction.atomic():
        row = _say(key, {"hides": hides}, now=now)
        if hides:
            audit.record("employer.worker_hides", **_about(row, by, now))
        else:
            audit.record("employer.worker_shows", **_about(row, by, now))


def _invited(opening: Opening) -> tuple[int, str]:
    if opening.person_id is None:
        raise NotYours
    return opening.person_id, opening.employer_code


def _own(person_id: int, employer: str) -> tuple[int, str]:
    if not roster.is_here(employer, person_id):
        raise NotYours
    return person_id, employer


def _say(key: tuple[int, str], said: Mapping[str, Any], *, ends: str = "", now: datetime) -> Invitee:
    """Write what the worker says; `ends`: why every open invitation ends with it."""
    row, _made = Invitee.objects.update_or_create(defaults=said, person_id=key[0], employer_code=key[1])
    if ends:
        ending.end(Invitation.objects.filter(person_id=key[0], employer_code=key[1]), ends, now)
    return row


def _about(row: Invitee, by: Actor, now: datetime) -> dict[str, Any]:
    return {"subject": row.person_id, "by": by, "now": now, "facts": {"employer": row.employer_code}}
