"""Codes that name a person: BHXH code, ID number, phone. Parsing is strict, printing is redacted.

Patterns: codes.md sections 1 and 5 (BHXH code 10 digits [S], 12 digits from 8/2025 [M];
CCCD 12 digits and CMND 9 digits [S]; passport 1 letter + 7 digits [S]).
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import Self

import phonenumbers

from .redacted import Redacted

NBSP = "\u00a0"  # a masked number stays on one line


class IdKind(StrEnum):
    """Kind of identity document."""

    CCCD = "cccd"
    CMND = "cmnd"
    PASSPORT = "passport"


class BadCode(ValueError):
    """The text is not a code of this kind. Carries no part of the text."""


_SEPARATORS = re.compile(r"[\s.\-–/]+")


def _digits(text: str) -> str:
    """Drop the separators people type and fold full-width digits to ASCII."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))


class BhxhCode(Redacted):
    """A BHXH code: 10 digits, or the 12-digit personal number that replaces it [M]."""

    kind = "bhxh-code"
    _pattern = re.compile(r"\d{10}(\d{2})?", re.ASCII)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a code as typed (spaces and dots allowed). Raises BadCode."""
        digits = _digits(text)
        if not cls._pattern.fullmatch(digits):
            raise BadCode
        return cls(digits)


_ID_PATTERNS = {
    IdKind.CCCD: re.compile(r"\d{12}", re.ASCII),
    IdKind.CMND: re.compile(r"\d{9}", re.ASCII),
    IdKind.PASSPORT: re.compile(r"[A-Z]\d{7}", re.ASCII),
}


class IdNumber(Redacted):
    """The number of an identity document."""

    kind = "id-number"

    @classmethod
    def parse(cls, text: str, id_kind: IdKind = IdKind.CCCD) -> Self:
        """Read a number of the given kind as typed. Raises BadCode."""
        value = _digits(text).upper()
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
        """Read a number as typed, Việt Nam assumed. Raises BadCode."""
        try:
            number = phonenumbers.parse(unicodedata.normalize("NFKC", text), "VN")
        except phonenumbers.NumberParseException:
            raise BadCode from None
        if not phonenumbers.is_valid_number(number):
            raise BadCode
        return cls(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))

    @classmethod
    def parse_mobile(cls, text: str) -> Self:
        """Like parse, but only a Vietnamese mobile number, which can receive SMS. Raises BadCode."""
        phone = cls.parse(text)
        number = phonenumbers.parse(phone.reveal())
        mobile = phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE
        if number.country_code != 84 or not mobile:
            raise BadCode
        return phone

    def national(self) -> str:
        """As people write it: `0912 345 678`."""
        number = phonenumbers.parse(self.reveal())
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)

    def masked(self) -> str:
        """Only the last three digits: `•••• ••• 678`."""
        return f"••••{NBSP}•••{NBSP}" + self.reveal()[-3:]


def grouped(code: str) -> str:
    """A BHXH code in groups for reading: `0000 000 001`; 12 digits as `0310 9000 0001`."""
    if len(code) == 10:
        return f"{code[:4]} {code[4:7]} {code[7:]}"
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))
