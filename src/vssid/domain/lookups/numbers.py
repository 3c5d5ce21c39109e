"""One's own BHXH number, for who knows all of name, day of birth, ID number and province."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from vssid.domain.audit import actions as audit
from vssid.domain.participants import queries as participants
from vssid.domain.participants.views import PersonView
from vssid.domain.places import queries as places
from vssid.domain.verification.proofs import Proof
from vssid.kernel.actor import SYSTEM
from vssid.kernel.birth import same_birth
from vssid.kernel.calendar import local_day
from vssid.kernel.ids import BadCode, BhxhCode, IdKind, IdNumber
from vssid.kernel.text import same_name_bare
from vssid.kernel.typed import Cleaner, past_day, person_name

from . import comparing
from .admission import admit


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed, clean. `province_code` is of today's list."""

    full_name: str
    birth_date: date
    id_number: IdNumber
    province_code: str


def clean(raw: Mapping[str, str], *, now: datetime) -> Asked:
    """Read a form. Raises Invalid(full_name, birth_date, id_number, province_code)."""
    cleaner = Cleaner(raw)
    cleaner.take("full_name", person_name, "bad_name")
    cleaner.take("birth_date", past_day(local_day(now)), "bad_date")
    cleaner.take("id_number", _id_number, "bad_id_number")
    cleaner.take("province_code", lambda text: places.province(text).code, "bad_choice")
    cleaned = cleaner.done()
    return Asked(
        cleaned["full_name"],
        date.fromisoformat(cleaned["birth_date"]),
        cleaned["id_number"],
        cleaned["province_code"],
    )


def _id_number(text: str) -> IdNumber:
    for kind in (IdKind.CCCD, IdKind.CMND, IdKind.PASSPORT):
        try:
            return IdNumber.parse(text, kind)
        except BadCode:
            continue
    raise BadCode


def find(asked: Asked, proof: Proof, *, address: str, now: datetime) -> BhxhCode | None:
    """The number of the person all of it is true of; None for what is wrong and for what is unknown alike.

    Raises Limited (by address, or by this ID number from this network, or in all), or ChallengeNeeded.
    Call it outside a transaction.
    """
    admit(asked.id_number.reveal(), proof, address=address, now=now)
    person = participants.by_id_number(asked.id_number)
    compared = comparing.person_to_compare(person)
    right = compared is not None and _is(compared, asked)
    if person is None or not right:
        return None
    audit.record("lookup.number_shown", subject=person.person_id, by=SYSTEM, now=now)
    return person.bhxh_code


def _is(person: PersonView, asked: Asked) -> bool:
    """Every comparison is made, whatever the ones before it said."""
    same = (
        same_name_bare(person.full_name, asked.full_name),
        same_birth(person.birth_date, asked.birth_date, person.birth_precision),
        person.province_code == asked.province_code,
    )
    return all(same)
