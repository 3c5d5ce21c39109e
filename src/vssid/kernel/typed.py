"""Text that people type into forms: cleaned, or refused with a code for each field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from .charsets import is_broken
from .errors import Invalid
from .ids import BadCode
from .text import number_text, tidy

Raw = Mapping[str, str]
Values = dict[str, Any]
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")


class Cleaner:
    """Collects values and the code of the first thing wrong with each field."""

    def __init__(self, raw: Raw) -> None:
        self.raw, self.values, self.wrong = raw, Values(), dict[str, str]()

    def take(self, field: str, read: Callable[[str], Any], code: str, *, required: bool = True) -> None:
        """Read one field; what `read` raises becomes `code`, an Invalid keeps its own."""
        text = tidy(self.raw.get(field, ""))
        if not text:
            self.values[field] = ""
            if required:
                self.wrong[field] = "required"
            return
        try:
            self.values[field] = read(text)
        except Invalid as refused:
            self.wrong[field] = next(iter(refused.fields.values()))
        except (BadCode, ValueError, LookupError):
            self.wrong[field] = code

    def done(self) -> Values:
        """All values. Raises Invalid when anything was wrong."""
        if self.wrong:
            raise Invalid(**self.wrong)
        return self.values


def parse_date(text: str) -> date:
    """dd/MM/yyyy with / - . or space between, ddMMyyyy, or ISO. Raises ValueError."""
    text = number_text(tidy(text))
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text)
    match = re.fullmatch(r"(\d{1,2})[/\-. ](\d{1,2})[/\-. ](\d{4})|(\d{2})(\d{2})(\d{4})", text)
    if match is None:
        raise ValueError
    day, month, year = (int(part) for part in match.groups() if part)
    return date(year, month, day)


def person_name(text: str) -> str:
    """A name of at most 100 letters, however many words. Raises ValueError or Invalid (too_long).

    One that was pasted from a text read in a wrong charset is none.
    """
    if len(text) > 100:
        raise Invalid(full_name="too_long")
    if any(ch.isdigit() for ch in text) or not any(ch.isalpha() for ch in text) or is_broken(text):
        raise ValueError
    return text


def past_day(today: date) -> Callable[[str], str]:
    """Reads a day of somebody's life as ISO text. Raises ValueError or Invalid (future, too_old)."""

    def read(text: str) -> str:
        day = parse_date(text)
        if day > today:
            raise Invalid(date="future")
        if day.year < today.year - 130:
            raise Invalid(date="too_old")
        return day.isoformat()

    return read


def one_of(*allowed: str) -> Callable[[str], str]:
    """Reads one of some codes. Raises ValueError."""

    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError
        return text

    return read


def email(text: str) -> str:
    """An e-mail address by its form. Raises ValueError."""
    text = number_text(text)
    if len(text) > 254 or not _EMAIL.fullmatch(text):
        raise ValueError
    return text


def at_most(length: int) -> Callable[[str], str]:
    """Reads a text of at most `length` characters. Raises ValueError."""

    def read(text: str) -> str:
        if len(text) > length:
            raise ValueError
        return text

    return read
