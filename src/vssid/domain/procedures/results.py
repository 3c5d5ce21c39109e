"""What an approved request writes to the register (docs/adr/0010)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from vssid.domain.accounts import actions as accounts
from vssid.domain.offices import queries as offices
from vssid.domain.participants.errors import IdTaken, NoCoverage, NoSuchPerson, RegisterBusy
from vssid.domain.participants.people import corrections
from vssid.domain.participants.people.corrections import Decision
from vssid.kernel.actor import Actor

from .definition.catalogue import FACILITY_CHANGE
from .definition.shapes import Kind
from .drafts import opened
from .errors import CannotWrite
from .models import Request

_WRITTEN = (
    "phone",
    "email",
    "province_code",
    "commune_code",
    "street",
    "full_name",
    "birth_date",
    "id_number",
    "id_issued_on",
)


def counts_from(row: Request, today: date) -> date:
    """The day from which the result counts: for a facility the day asked for, but never one that is past."""
    answers = opened(row)
    asked_day = date.fromisoformat(answers["from_day"]) if row.kind == Kind.FACILITY_CHANGE else today
    return max(asked_day, today)


def overtaken(kind: Kind, answers: Mapping[str, Any], today: date) -> str | None:
    """The step whose day passed while the draft lay there, so that it is asked again."""
    if kind is not Kind.FACILITY_CHANGE or date.fromisoformat(answers["from_day"]) >= today:
        return None
    return FACILITY_CHANGE.steps[-1].name


def write(row: Request, from_day: date, *, by: Actor, now: datetime) -> None:
    """Write the result in the caller's transaction. Raises CannotWrite. A reissued card writes nothing."""
    assert row.office_id is not None
    decision = Decision(row.number or "", offices.office(row.office_id).name, by, now)
    answers = opened(row)
    try:
        if row.kind == Kind.DATA_CHANGE:
            corrections.correct_person(row.person_id, changes(answers), decision)
            accounts.keep_up(row.person_id)
        elif row.kind == Kind.FACILITY_CHANGE:
            corrections.change_facility(row.person_id, answers["facility_code"], from_day, decision)
    except (IdTaken, NoCoverage, NoSuchPerson, RegisterBusy) as refused:
        raise CannotWrite(reason=refused.code) from None


def changes(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers to a change of data as the register takes them."""
    written = {name: answers[name] for name in _WRITTEN if answers.get(name)}
    return written | ({"sex": int(answers["sex"])} if answers.get("sex") else {})
