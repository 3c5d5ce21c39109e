"""What speaks against a request, read from its answers and the register as they are now.

Nothing is missing that approval waits for: what the register does not take is refused where it is written
(`results`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from vssid.domain.casework.readiness import Readiness
from vssid.domain.directory import queries as directory
from vssid.domain.participants import queries as participants
from vssid.domain.participants.views import PersonView
from vssid.kernel import id_digits
from vssid.kernel.calendar import local_day
from vssid.kernel.ids import IdKind

from .. import drafts
from ..definition import facility_days
from ..definition.shapes import Kind
from ..models import Request
from ..states import State

# A second one of a kind within so many days is asked about [M].
REPEATED = timedelta(days=30)
IN_NUMBER = frozenset({"sex", "birth_date", "id_number"})


def read(row: Request, *, now: datetime) -> Readiness:
    """The doubts about a sent request, as keys of the classes in `doubt_classes`."""
    today, answers = local_day(now), drafts.opened(row)
    doubts = ["repeated.approved"] if _repeated(row, now) else []
    if row.kind == Kind.DATA_CHANGE:
        doubts += _of_change(answers, participants.person(row.person_id))
    elif row.kind == Kind.CARD_REISSUE:
        cover = participants.coverage(row.person_id, today)
        doubts += [] if drafts.is_covered(cover, today) else ["card.ended"]
    elif row.kind == Kind.FACILITY_CHANGE:
        doubts += _of_facility(answers["facility_code"], today)
    return Readiness((), tuple(doubts))


def _repeated(row: Request, now: datetime) -> bool:
    done = Request.objects.filter(person_id=row.person_id, kind=row.kind, state=State.DONE)
    return done.exclude(id=row.id).filter(closed_at__gte=now - REPEATED).exists()


def _of_change(answers: Mapping[str, Any], person: PersonView | None) -> list[str]:
    """A number that says another sex or birth, as they would stand afterwards; name and birth both new."""
    changed = set(answers.get("what", ()))
    doubts = ["person.name_and_birth"] if {"full_name", "birth_date"} <= changed else []
    if person is None or not changed & IN_NUMBER:
        return doubts
    number = answers.get("id_number") or _number_of(person)
    sex, birth = int(answers.get("sex") or person.sex), answers.get("birth_date") or str(person.birth_date)
    if not number or sex not in (1, 2):
        return doubts
    unlike = id_digits.unlike(number, sex=sex, birth=date.fromisoformat(birth))
    return doubts + [f"number.{name}" for name in unlike]


def _number_of(person: PersonView) -> str:
    return person.id_number.reveal() if person.id_number and person.id_kind is IdKind.CCCD else ""


def _of_facility(code: str, today: date) -> list[str]:
    """The facility left the directory, or may not be registered at any more."""
    facility = directory.facility(code)
    if facility is None:
        return ["facility.unlisted"]
    return [] if facility_days.may_register(facility.level, today) else ["facility.level"]
