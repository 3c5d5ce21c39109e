"""What a move of an application brings with it, in its transaction."""

from __future__ import annotations

from vssid.domain.casework.kinds import Act, Kind
from vssid.domain.offices.rights import Right
from vssid.domain.participants import queries as participants
from vssid.domain.verification.models import PhoneCode

from . import notices, sealing
from .deciding import second_looks
from .desk import log
from .errors import AlreadyDecided
from .models import Application
from .states import CLOSED, MOVES

PURPOSE_MANAGE = "registration_manage"
EVENTS = {
    "receive_form": "form_received",
    "return_form": "form_returned",
    "approve": "approved",
    "refuse": "refused",
    "expire": "expired",
    "withdraw": "withdrawn",
}


def _was_first(row: Application) -> AlreadyDecided:
    return AlreadyDecided(state=row.state, by=row.closed_by, at=row.closed_at)


def _record(row: Application, act: Act) -> None:
    if row.state in CLOSED or act.move == "return_form":
        second_looks.end(row.id)
    if row.state in CLOSED:
        # Codes that would open it to be managed, and reminders on their way, are about an open application.
        PhoneCode.objects.filter(subject_id=row.id, purpose=PURPOSE_MANAGE).delete()
        notices.stop(row.id, "reminder", "application_received", now=act.now)
    log.record(
        f"application.{EVENTS[act.move]}",
        row,
        by=act.by,
        now=act.now,
        facts=act.recorded,
        office=row.office_id,
    )
    if row.state in CLOSED and row.person_id is not None:
        notices.result(row.person_id, row.state, row.number, act.now)


def _persons(row: Application) -> list[int]:
    """Whose code was typed, whoever sent it; nobody's where nobody sent it."""
    if row.is_trial:
        return []
    person = participants.by_bhxh_code(sealing.form_of(row).bhxh_code)
    return [person.person_id] if person else []


APPLICATION = Kind(
    "application",
    Application,
    MOVES,
    CLOSED,
    _was_first,
    _record,
    Right.SEE_FILES,
    Right.DECIDE_REGISTRATIONS,
    _persons,
    closer="closed_by",
    manager="with_trials",
)
