"""What a code opens, and for whom: the invited worker proves birth date or ID number.

A code of an employer's poster or link names nobody: there the BHXH code says who one is, and the birth date
proves it. Tries are counted where they lock nobody else out: at the one invitation, or at the code as it is
tried from one place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from vssid.domain.offices import queries as offices
from vssid.domain.participants import queries as participants
from vssid.domain.participants.models.participation import Employer
from vssid.domain.participants.views import PersonView
from vssid.domain.verification import limits
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid
from vssid.kernel.ids import BhxhCode, IdNumber
from vssid.kernel.typed import Cleaner, past_day

from ..errors import EmployerOver
from ..models.invitations import Invitation, Inviting
from ..roster import queries as roster
from ..standing import queries as standing
from . import codes
from .errors import InvitationEnded, InvitationExpired, UnknownInvitation, WrongProof


@dataclass(frozen=True, slots=True)
class Opening:
    """An invitation that holds. `invitation` is None for the code of an employer, which has no end."""

    code: str = field(repr=False)
    employer_code: str
    employer_name: str
    office_code: str
    office_name: str
    invitation: int | None
    person_id: int | None
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says to be the invited one, clean: ISO date, numbers as the register has them."""

    birth_date: str = ""
    id_number: str = field(default="", repr=False)
    bhxh_code: str = field(default="", repr=False)


def look(typed: str, *, address: str, now: datetime) -> Opening:
    """What a code opens, as it is typed. Call it outside a transaction: an unknown code is counted.

    Raises as `find`; of unknown codes from a busy address Limited or ChallengeNeeded.
    """
    try:
        return find(typed, now=now)
    except UnknownInvitation:
        limits.hit("invitation_wrong", limits.place(address), by=address, now=now)
        raise


def find(typed: str, *, now: datetime) -> Opening:
    """What a code opens; nothing is counted.

    Raises UnknownInvitation, InvitationExpired, InvitationEnded or EmployerOver.
    """
    plain = codes.read(typed)
    row = Invitation.objects.filter(code_print__in=codes.prints(plain)).first()
    if row is not None:
        return _personal(row, plain, now)
    poster = Inviting.objects.filter(poster_code__in=plain).first()
    if poster is None or poster.poster_code is None:
        raise UnknownInvitation
    return _opening(poster.poster_code, poster.employer_code, None, None, None, now)


def read(raw: Mapping[str, str], opening: Opening, *, now: datetime) -> Said:
    """What was typed, clean. Raises Invalid: of an own invitation one of the two is needed
    (birth_date=one_of), of an employer's both BHXH code and birth date.
    """
    cleaner, own = Cleaner(raw), opening.person_id is not None
    if own and not (raw.get("birth_date", "").strip() or raw.get("id_number", "").strip()):
        raise Invalid(birth_date="one_of")
    if not own:
        cleaner.take("bhxh_code", lambda text: BhxhCode.parse(text).reveal(), "bad_code")
    cleaner.take("birth_date", past_day(local_day(now)), "bad_date", required=not own)
    if own:
        cleaner.take("id_number", lambda text: IdNumber.parse(text).reveal(), "bad_cccd", required=False)
    values = cleaner.done()
    return Said(values["birth_date"], values.get("id_number", ""), values.get("bhxh_code", ""))


def prove(opening: Opening, said: Said, *, address: str, now: datetime) -> PersonView:
    """The worker who says so, of the register. Call it outside a transaction: each try is counted, and those
    of who was right are forgotten.

    Raises WrongProof, InvitationEnded (who left the employer), Limited or ChallengeNeeded.
    """
    if opening.invitation is not None:
        rule, key = "invitation_proof", str(opening.invitation)
    else:
        # Whoever tries somebody's code at a poster from elsewhere stops nobody who stands before it.
        rule, key = "poster_proof", f"{opening.employer_code}|{said.bhxh_code}|{limits.place(address)}"
        limits.hit("poster_address", limits.place(address), by=address, now=now)
        limits.hit("poster_code", said.bhxh_code, by=address, now=now)
    limits.hit(rule, key, now=now)
    person = proved(opening, said)
    limits.forgive(rule, key)
    return person


def proved(opening: Opening, said: Said) -> PersonView:
    """As `prove`, without counting: for what was counted when it was typed. Raises WrongProof or
    InvitationEnded.
    """
    if opening.person_id is None:
        person = participants.by_bhxh_code(BhxhCode(said.bhxh_code))
    else:
        person = participants.person(opening.person_id)
    if person is None or not _fits(person, said):
        raise WrongProof
    if not roster.is_here(opening.employer_code, person.person_id):
        # At a poster nobody is told that somebody who works elsewhere is somebody.
        raise WrongProof if opening.person_id is None else InvitationEnded(why="left")
    return person


def _personal(row: Invitation, plain: tuple[str, ...], now: datetime) -> Opening:
    if row.ended_at is not None:
        raise InvitationEnded(why=row.ended_why)
    if row.expires_at <= now:
        raise InvitationExpired(at=row.expires_at)
    person_id = participants.merged_into(row.person_id) or row.person_id
    code = next(code for code in plain if bytes(row.code_print) in codes.prints([code]))
    opening = _opening(code, row.employer_code, row.id, person_id, row.expires_at, now)
    if not roster.is_here(row.employer_code, person_id):
        raise InvitationEnded(why="left")
    return opening


def _opening(
    code: str,
    employer: str,
    invitation: int | None,
    person_id: int | None,
    expires_at: datetime | None,
    now: datetime,
) -> Opening:
    on = local_day(now)
    if (over := standing.end_of(employer, on=on)) is not None:
        raise EmployerOver(since=over.from_on)
    office = standing.office_of(employer, on=on)
    names = offices.names([office]) if office else {}
    return Opening(
        code=code,
        employer_code=employer,
        employer_name=Employer.objects.values_list("name", flat=True).get(code=employer),
        office_code=office,
        office_name=names.get(office, ""),
        invitation=invitation,
        person_id=person_id,
        expires_at=expires_at,
    )


def _fits(person: PersonView, said: Said) -> bool:
    """Does all that was said fit, and was anything said?"""
    if said.birth_date and not _born(person, date.fromisoformat(said.birth_date)):
        return False
    if said.id_number:
        named = participants.by_id_number(IdNumber(said.id_number))
        return named is not None and named.person_id == person.person_id
    return bool(said.birth_date)


def _born(person: PersonView, day: date) -> bool:
    """On the day, as far as the register has it."""
    known, parts = person.birth_date, {"year": 1, "month": 2}.get(person.birth_precision, 3)
    return (day.year, day.month, day.day)[:parts] == (known.year, known.month, known.day)[:parts]
