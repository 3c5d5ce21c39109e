"""Codes that name a person: BHXH code, ID number, phone. Parsing is strict, printing is redacted.

Patterns: codes.md sections 1 and 5 (BHXH code 10 digits [S], 12 digits from 8/2025 [M];
CCCD 12 digits and CMND 9 digits [S], the latter void since 2025 and only an old number; passports of any
layout of ICAO 9303, 1 to 9 letters and digits [M]).
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Self

import phonenumbers

from . import phone_plan
from .redacted import Redacted
from .text import code_text, narrow, visible

NBSP = "\u00a0"  # a masked number stays on one line


class IdKind(StrEnum):
    """Kind of identity document. CMND is void: a number to find somebody by, never a document to show."""

    CCCD = "cccd"
    CMND = "cmnd"
    PASSPORT = "passport"


class BadCode(ValueError):
    """The text is not a code of this kind. Carries no part of the text."""


class BhxhCode(Redacted):
    """A BHXH code: 10 digits, or the 12-digit personal number that replaces it [M]."""

    kind = "bhxh-code"
    _pattern = re.compile(r"\d{10}(\d{2})?", re.ASCII)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a code as typed (spaces and dots allowed). Raises BadCode."""
        digits = code_text(text)
        if not cls._pattern.fullmatch(digits):
            raise BadCode
        return cls(digits)


_ID_PATTERNS = {
    IdKind.CCCD: re.compile(r"\d{12}", re.ASCII),
    IdKind.CMND: re.compile(r"\d{9}", re.ASCII),
    IdKind.PASSPORT: re.compile(r"[A-Z0-9]{1,9}", re.ASCII),
}


class IdNumber(Redacted):
    """The number of an identity document."""

    kind = "id-number"

    @classmethod
    def parse(cls, text: str, id_kind: IdKind = IdKind.CCCD) -> Self:
        """Read a number of the given kind as typed. Raises BadCode."""
        value = code_text(text).upper()
        if not _ID_PATTERNS[id_kind].fullmatch(value):
            raise BadCode
        return cls(value)

    def masked(self) -> str:
        """All but the last four characters hidden, as shown on a person's own screen."""
        return f"••••{NBSP}••••{NBSP}" + self.reveal()[-4:]


class Phone(Redacted):
    """A Vietnamese mobile or fixed number, kept in E.164 (`+84…`)."""

    kind = "phone"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a number as typed, Việt Nam assumed; a number of before 2018 or 2017 becomes that of today.

        Raises BadCode.
        """
        fixed = phone_plan.fixed_today(text)
        # What begins like no mobile number of today is a fixed line first, where it can be one.
        known = "" if phone_plan.is_mobile(text) else phone_plan.mobile_today(text) or fixed
        number = _valid(known or text) or _valid(fixed)
        if number is None:
            raise BadCode
        return cls(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))

    @classmethod
    def parse_mobile(cls, text: str) -> Self:
        """Like parse, but only a Vietnamese mobile number, which can receive SMS. Raises BadCode."""
        phone = cls.parse(text)
        if not phone.is_mobile:
            raise BadCode
        return phone

    @property
    def is_mobile(self) -> bool:
        """Is it a Vietnamese mobile number today?"""
        number = phonenumbers.parse(self.reveal())
        mobile = phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE
        return number.country_code == 84 and mobile and phone_plan.is_mobile(self.reveal())

    @property
    def is_surely_mobile(self) -> bool:
        """May a message be sent to it though nobody proved it?

        Not to a fixed line, nor to a number that an old record may mean as one: it could be a stranger's now.
        """
        return self.is_mobile and not phone_plan.may_be_fixed(self.reveal())

    def national(self) -> str:
        """As people write it: `0912 345 678`."""
        number = phonenumbers.parse(self.reveal())
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)

    def masked(self) -> str:
        """Only the last three digits: `•••• ••• 678`."""
        return f"••••{NBSP}•••{NBSP}" + self.reveal()[-3:]


def _valid(text: str) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(narrow(visible(text)), "VN")
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def grouped(code: str) -> str:
    """A BHXH code in groups for reading: `0000 000 001`; 12 digits as `0310 9000 0001`."""
    if len(code) == 10:
        return f"{code[:4]} {code[4:7]} {code[7:]}"
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))
