"""Is a health-insurance card valid: for who knows its number, the name and the day of birth on it.

Result codes are those of the gateway for facilities [S codes.md section 3, tables/card_check_codes.csv].
Codes whose facts the register does not hold (001, 002, 110, 120-124) are never given: it does not know
whether a card was recalled, held or reported as a decrease, so no answer says "valid", only that its days are
not over.
A card that begins later, and one of who has no employer any more, have no official code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from vssid.domain.audit import actions as audit
from vssid.domain.participants import queries as participants
from vssid.domain.participants.participation import leavers
from vssid.domain.participants.views import CoverageView, PeriodView, PersonView
from vssid.domain.verification.proofs import Proof
from vssid.kernel.actor import SYSTEM
from vssid.kernel.birth import same_birth
from vssid.kernel.calendar import local_day
from vssid.kernel.ids import BadCode, BhxhCode, IdNumber
from vssid.kernel.input_methods import fitting
from vssid.kernel.text import code_text, fold, number_text, same_name_bare
from vssid.kernel.typed import Cleaner, past_day, person_name

from . import comparing
from .admission import admit

_NUMBER = re.compile(r"\d{10}|\d{12}|[A-Z]{2}[1-5]\d{2}[0-9A-Z]{10}", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)


class Code(StrEnum):
    """Result codes. NOT_YET and UNKNOWN are ours: the official list has none for them."""

    VALID = "000"
    OLD_ENDED_NEW_ISSUED = "003"
    OLD_VALID_NEW_ISSUED = "004"
    ENDED = "010"
    NO_DATA = "050"
    WRONG_NUMBER = "051"
    WRONG_PROVINCE = "052"
    WRONG_LEVEL = "053"
    WRONG_NAME = "060"
    WRONG_NAME_SAME_INITIALS = "061"
    WRONG_BIRTH = "070"
    NOT_YET = "chua-den-han"
    UNKNOWN = "chua-ro"
    """Within its days, but the employer it goes by is over: it may have been recalled."""


# What anyone is told who knows number, name and birth. Every other code says what is wrong with a guess.
IN_FORCE = frozenset({Code.VALID, Code.OLD_VALID_NEW_ISSUED})
TOLD = IN_FORCE | {Code.OLD_ENDED_NEW_ISSUED, Code.ENDED, Code.NOT_YET, Code.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed, clean. `number` has 10, 12 or 15 characters; a birth may be a year alone."""

    number: BhxhCode
    full_name: str
    birth_date: date
    year_only: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """A code, and from when to when the card that counts is valid; no `valid_to` = while it is paid for.

    `as_of`: when the register last wrote of the person.
    """

    code: Code
    valid_from: date | None = None
    valid_to: date | None = None
    as_of: datetime | None = field(default=None, compare=False)


def clean(raw: Mapping[str, str], *, now: datetime) -> Asked:
    """Read a form. Raises Invalid(card_number, full_name, birth_date)."""
    typed_year = number_text(raw.get("birth_date", ""))
    year_only = bool(_YEAR.fullmatch(typed_year))
    cleaner = Cleaner({**raw, "birth_date": f"01/01/{typed_year}"} if year_only else raw)
    cleaner.take("card_number", _number, "bad_card_number")
    cleaner.take("full_name", person_name, "bad_name")
    cleaner.take("birth_date", past_day(local_day(now)), "bad_date")
    cleaned = cleaner.done()
    born = date.fromisoformat(cleaned["birth_date"])
    return Asked(cleaned["card_number"], cleaned["full_name"], born, year_only)


def _number(text: str) -> BhxhCode:
    """As typed or scanned, also through a Vietnamese input method."""
    bare = fitting(code_text(text).upper(), _NUMBER)
    if bare is None:
        raise BadCode
    return BhxhCode(bare)


def check(asked: Asked, proof: Proof, *, address: str, now: datetime) -> Answer | None:
    """The state of the card all of it is true of; None for what is wrong and for what is unknown alike.

    Raises Limited or ChallengeNeeded as `admission.admit`. Call it outside a transaction.
    """
    admit(asked.number.reveal(), proof, address=address, now=now)
    person = _holder(asked.number.reveal())
    compared = comparing.person_to_compare(person)
    history = participants.participation(compared.person_id, local_day(now)) if compared else None
    rows = history.coverage if history else ()
    employed = history.of("bhxh").periods if history else ()
    answer = judge(asked, compared, rows, local_day(now), employed)
    if person is None or answer.code not in TOLD:
        return None
    audit.record("lookup.card_checked", subject=person.person_id, by=SYSTEM, now=now)
    return replace(answer, as_of=history.as_of if history else None)


def _holder(number: str) -> PersonView | None:
    if len(number) == 12:
        return participants.by_id_number(IdNumber(number))
    return participants.by_bhxh_code(BhxhCode(number[-10:]))


def judge(
    asked: Asked,
    person: PersonView | None,
    rows: Sequence[CoverageView],
    today: date,
    employed: Sequence[PeriodView] = (),
) -> Answer:
    """The exact code: for an authorised asker. Every comparison is made, whatever the ones before it said.

    `rows` are the coverages of the person, newest first; `employed` the periods of social insurance. Pure.
    """
    counting = participants.counting(rows, today)
    if person is None or counting is None:
        return Answer(Code.NO_DATA)
    number = asked.number.reveal()
    named = [row for row in rows if number in (*_long(row, number, today), row.old_card_number)]
    faults = (
        _fault_of_number(number, counting, today) if len(number) == 15 and not named else None,
        _fault_of_name(person.full_name, asked.full_name),
        None if _same_birth(person, asked) else Code.WRONG_BIRTH,
    )
    for fault in faults:
        if fault is not None:
            return Answer(fault)
    code = _state(counting, named, today)
    if code in IN_FORCE and counting.object_code in leavers.BY_EMPLOYER and leavers.after(employed, today):
        code = Code.UNKNOWN
    return Answer(code, counting.valid_from, counting.valid_to)


def _long(coverage: CoverageView, number: str, today: date) -> list[str]:
    """The 15-character numbers of this coverage, as cards before April 2021 print them."""
    return [
        f"{coverage.object_code}{level}{coverage.card_province}{number[-10:]}"
        for level in sorted(_levels(coverage, today))
    ]


def _levels(coverage: CoverageView, today: date) -> set[str]:
    """The level that the register holds and the one of today: either may stand in a number."""
    return {coverage.benefit_level, coverage.level_on(today)}


def _fault_of_number(number: str, counting: CoverageView, today: date) -> Code:
    if number[:2] != counting.object_code:
        return Code.WRONG_NUMBER
    return Code.WRONG_PROVINCE if number[2] in _levels(counting, today) else Code.WRONG_LEVEL


def _fault_of_name(recorded: str, typed: str) -> Code | None:
    if same_name_bare(recorded, typed):
        return None
    initials, other = ([word[:1] for word in fold(name).split()] for name in (recorded, typed))
    return Code.WRONG_NAME_SAME_INITIALS if initials == other else Code.WRONG_NAME


def _same_birth(person: PersonView, asked: Asked) -> bool:
    known_by_year = person.birth_precision == "year"
    same = same_birth(person.birth_date, asked.birth_date, person.birth_precision)
    return same and (known_by_year or not asked.year_only)


def _state(counting: CoverageView, named: Sequence[CoverageView], today: date) -> Code:
    if counting.valid_from > today:
        return Code.NOT_YET
    if not counting.is_valid_on(today):
        return Code.ENDED
    if not named or counting in named:
        return Code.VALID
    still = any(coverage.is_valid_on(today) for coverage in named)
    return Code.OLD_VALID_NEW_ISSUED if still else Code.OLD_ENDED_NEW_ISSUED
