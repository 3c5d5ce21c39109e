"""The invited worker begins: a registration draft with employer, office and what HR gave filled in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Case, Exists, OuterRef, When

from vssid.domain.audit import actions as audit
from vssid.domain.employers.own_file import given
from vssid.domain.participants.views import PersonView
from vssid.domain.registration.draft import drafts, steps
from vssid.domain.registration.models import Application, Draft
from vssid.domain.vault.sealing import Erased
from vssid.kernel.actor import person as person_actor
from vssid.kernel.ids import IdKind

from ..models.invitations import Invitation, Invitee
from .errors import InvitationEnded
from .opening import Opening, Said

# Where a draft says by whom it was invited.
INVITED = "invited"
_NOTE = """
INSERT INTO employers_invitee AS i (person_id, employer_code, step, started_at, draft_id)
VALUES (%(person)s, %(employer)s, 2, %(now)s, %(draft)s)
ON CONFLICT (person_id, employer_code) DO UPDATE SET
  step = 2, started_at = coalesce(i.started_at, excluded.started_at), draft_id = excluded.draft_id
"""
# Corrections begun, of one application or of all.
_FOLLOW = """
UPDATE employers_invitee AS i
SET step = 2, draft_id = d.subject_id, started_at = coalesce(i.started_at, d.created_at)
FROM registration_draft d
WHERE i.draft_id = d.corrects_id AND d.corrects_id = coalesce(%(application)s, d.corrects_id)
"""


def begin(
    opening: Opening, person: PersonView, said: Said, *, address: str, after: str = "", now: datetime
) -> str:
    """Begin a draft for a proved worker; the token for the cookie. `after` as in `drafts.start`.

    Everything is filled in as if typed and not yet sent: the worker confirms or corrects it step by step.
    Raises InvitationEnded, or Limited by address.
    """
    token = drafts.start(address=address, now=now, after=after)
    draft = drafts.view(token)
    assert draft is not None
    with transaction.atomic():
        _use(opening, draft.subject_id, now)
        with connection.cursor() as cursor:
            told: dict[str, Any] = {"person": person.person_id, "employer": opening.employer_code}
            cursor.execute(_NOTE, told | {"now": now, "draft": draft.subject_id})
        drafts.save(draft.subject_id, filled(opening, person, said), now=now)
        facts = {"employer": opening.employer_code, "invitation": opening.invitation}
        audit.record(
            "employer.invitation_used",
            subject=person.person_id,
            by=person_actor(draft.subject_id),
            now=now,
            facts=facts,
            office=opening.office_code,
        )
    return token


def follow_corrections(application_id: int | None = None) -> int:
    """Who corrects a closed application (None: any) has started again, and what hangs on it (a time at the
    employer's day) goes with the correction. How many.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW, {"application": application_id})
        return int(cursor.rowcount)


def forget_gone() -> int:
    """Take back "started" of those whose draft went away unsent, or whose application closed; how many. Of an
    application that counts the office's own stage says more than this one. Its number stays: it may be
    corrected.
    """
    gone = Invitee.objects.filter(
        ~Exists(Draft.objects.filter(subject_id=OuterRef("draft_id"))),
        ~Exists(Application.objects.filter(id=OuterRef("draft_id"), closed_at=None)),
        step=Invitee.STARTED,
    )
    before = Case(When(invited_at=None, then=Invitee.NEITHER), default=Invitee.INVITED)
    return gone.update(step=before, started_at=None)


def filled(opening: Opening, person: PersonView, said: Said) -> dict[str, Any]:
    """What the draft begins with. By a code that hangs on a wall nobody learns what HR gave of a colleague:
    there only what was typed, with name and office.
    """
    who = {"bhxh_code": person.bhxh_code.reveal(), "full_name": person.full_name}
    if said.birth_date:
        who["birth_date"] = f"{date.fromisoformat(said.birth_date):%d/%m/%Y}"
    who["id_kind"] = IdKind.CCCD.value
    if said.id_number:
        who["id_number"] = said.id_number
    typed = {steps.WHO.name: who, steps.OFFICE.name: {"office_code": opening.office_code}}
    if opening.invitation is not None and (contact := _contact(opening.employer_code, person.person_id)):
        typed[steps.CONTACT.name] = contact
    return {"typed": typed, INVITED: {"employer": opening.employer_code, "name": opening.employer_name}}


def _contact(employer: str, person_id: int) -> dict[str, str]:
    try:
        views = [view for view in given.of_person(person_id) if view.employer_code == employer]
    except Erased:
        return {}
    if not views:
        return {}
    phone = views[0].phone
    told = {"phone": phone.national() if phone else "", "email": views[0].email}
    return {name: text for name, text in told.items() if text}


def _use(opening: Opening, draft_id: int, now: datetime) -> None:
    if opening.invitation is None:
        return
    row = Invitation.objects.select_for_update().get(id=opening.invitation)
    if row.ended_at is not None:
        raise InvitationEnded(why=row.ended_why)
    # Begun again in another browser, the newest draft is what counts.
    Invitation.objects.filter(id=row.id).update(used_at=now, used_by=draft_id, opened_at=row.opened_at or now)
