"""What the signed credential says, as CWT claims, and how it is made to fit its QR. Pure.

Numbers, meaning and the order in which things are left out: docs/card-credential.md. It never holds an ID
number, a phone or an address: of a 12-digit BHXH code, which is the ID number [M], only the last four digits.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Self

import cbor2

from vssid.domain.record.card import Card
from vssid.kernel.calendar import VIETNAM, end_of

from .envelope import Signer, pack

# Alphanumeric characters in a QR of version 13 at error correction level Q (ISO/IEC 18004).
ROOM = 352
ISSUER, SUBJECT, EXPIRES, NOT_BEFORE, ISSUED_AT = 1, 2, 4, 5, 6
IDENTITY, COVERAGE = 169, -65537
ID, FULL_NAME, BIRTH, GENDER = 1, 4, 8, 9
OBJECT, LEVEL, FACILITY, FROM, TO, FIVE_YEARS, AREA = 1, 2, 3, 4, 5, 6, 7
EPOCH = date(1970, 1, 1)
CUT = "…"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a credential says of the holder and the coverage.

    `birth` is yyyyMMdd, yyyyMM or yyyy; `gender` 1 nam, 2 nữ; None or empty = not said.
    """

    subject: str
    code: str
    full_name: str
    birth: str
    gender: int | None
    object_code: str
    level: int
    facility: str
    valid_from: date
    valid_to: date | None
    five_years_from: date | None
    living_area: str

    @classmethod
    def of(cls, card: Card, subject: str) -> Self:
        """What a card says; `subject` stands for the person and means nothing to others."""
        code = card.bhxh_code.reveal()
        birth = {"day": "%Y%m%d", "month": "%Y%m"}.get(card.birth_precision, "%Y")
        return cls(
            subject=subject,
            code=code if len(code) == 10 else code[-4:],
            full_name=" ".join(unicodedata.normalize("NFC", card.full_name).split()),
            birth=card.birth_date.strftime(birth),
            gender=card.sex if card.sex in {1, 2} else None,
            object_code=card.object_code,
            level=int(card.benefit_level),
            facility=card.facility_code,
            valid_from=card.valid_from,
            valid_to=card.valid_to,
            five_years_from=card.five_years_from,
            living_area=card.living_area,
        )


@dataclass(frozen=True, slots=True)
class Life:
    """Who says it, when, and between which moments it may be believed. Whole seconds."""

    issuer: str
    issued_at: datetime
    not_before: datetime
    expires_at: datetime


def life(card: Card, *, issuer: str, days: timedelta, now: datetime) -> Life | None:
    """The time of a credential issued now: never outside the card's own; None when that leaves nothing."""
    issued = now.astimezone(UTC).replace(microsecond=0)
    starts = end_of(card.valid_from - timedelta(days=1))
    expires = issued + days if card.valid_to is None else min(issued + days, end_of(card.valid_to))
    times = Life(issuer, issued, max(issued, starts), expires)
    return times if times.not_before < expires else None


@dataclass(frozen=True, slots=True)
class Written:
    """A credential as text, and what it says after making it fit."""

    text: str
    facts: Facts


def write(facts: Facts, times: Life, signer: Signer) -> Written:
    """Sign the facts; leaves out and shortens, in the documented order, until the text fits its QR."""
    for fewer in shorter(facts):
        text = pack(encode(fewer, times), signer)
        if len(text) <= ROOM:
            return Written(text, fewer)
    raise ValueError("the issuer's name leaves no room")


def shorter(facts: Facts) -> Iterator[Facts]:
    """The facts, then with less and less: docs/card-credential.md, "What gives way"."""
    yield facts
    yield (facts := replace(facts, subject=""))
    yield (facts := replace(facts, five_years_from=None))
    yield (facts := replace(facts, gender=None))
    for name in _shorter_names(facts.full_name):
        yield replace(facts, full_name=name)


def _shorter_names(name: str) -> Iterator[str]:
    """Middle words to initials, from the left; then the end cut off and marked."""
    words = name.split()
    for number in range(1, len(words) - 1):
        words[number] = f"{words[number][0]}."
        yield " ".join(words)
    short = " ".join(words)
    for length in range(len(short) - 1, 0, -1):
        yield short[:length].rstrip() + CUT


def encode(facts: Facts, times: Life) -> bytes:
    """The CWT claims set as CBOR."""
    identity = {ID: facts.code, FULL_NAME: facts.full_name, BIRTH: facts.birth, GENDER: facts.gender}
    coverage = {
        OBJECT: facts.object_code,
        LEVEL: facts.level,
        FACILITY: facts.facility,
        FROM: _days(facts.valid_from),
        TO: _days(facts.valid_to),
        FIVE_YEARS: _days(facts.five_years_from),
        AREA: facts.living_area,
    }
    claims = {
        ISSUER: times.issuer,
        SUBJECT: facts.subject,
        EXPIRES: int(times.expires_at.timestamp()),
        NOT_BEFORE: int(times.not_before.timestamp()),
        ISSUED_AT: int(times.issued_at.timestamp()),
        IDENTITY: _said(identity),
        COVERAGE: _said(coverage),
    }
    return cbor2.dumps(_said(claims))


def _said(claims: dict[int, Any]) -> dict[int, Any]:
    return {number: value for number, value in claims.items() if value not in (None, "")}


def _days(day: date | None) -> int | None:
    return (day - EPOCH).days if day else None


class NotACard(ValueError):
    """Signed claims that are no card of ours."""


def decode(claims: Any) -> tuple[Facts, Life]:
    """Read a claims set that `encode` or another issuer wrote. Raises NotACard when parts are missing."""
    try:
        identity, coverage = claims[IDENTITY], claims[COVERAGE]
        facts = Facts(
            subject=_text(claims.get(SUBJECT, "")),
            code=_text(identity[ID]),
            full_name=_text(identity[FULL_NAME]),
            birth=_text(identity[BIRTH]),
            gender=identity.get(GENDER),
            object_code=_text(coverage[OBJECT]),
            level=_number(coverage[LEVEL]),
            facility=_text(coverage.get(FACILITY, "")),
            valid_from=_day(coverage[FROM]),
            valid_to=_day(coverage[TO]) if TO in coverage else None,
            five_years_from=_day(coverage[FIVE_YEARS]) if FIVE_YEARS in coverage else None,
            living_area=_text(coverage.get(AREA, "")),
        )
        moments = [_moment(claims[number]) for number in (ISSUED_AT, NOT_BEFORE, EXPIRES)]
        return facts, Life(_text(claims[ISSUER]), *moments)
    except (LookupError, TypeError, AttributeError, ValueError, ArithmeticError, OSError):
        raise NotACard from None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise NotACard
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise NotACard
    return value


def _day(value: Any) -> date:
    return EPOCH + timedelta(days=_number(value))


def _moment(value: Any) -> datetime:
    return datetime.fromtimestamp(_number(value), VIETNAM)
