"""Is what was scanned of the person whose form is open? Pure.

The ID number decides where both have one, then the BHXH code, then name and birth date.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from vssid.kernel.birth import same_birth
from vssid.kernel.ids import BadCode, BhxhCode, IdKind, IdNumber
from vssid.kernel.text import same_name, same_name_bare
from vssid.kernel.typed import Raw, parse_date

from .visitors import Visitor


def is_other(visitor: Visitor, typed: Raw) -> bool:
    """Does the card or number belong to somebody else than the form's fields, as they were typed, tell?

    What is no number or no date yet tells nothing; a form of nobody is nobody else's.
    """
    told = {"id_number": _id_number(typed), "bhxh_code": _bhxh_code(typed)}
    if visitor.reading is None and visitor.person is None:
        numbers = set(told.values()) - {""}
        return bool(numbers) and visitor.number not in numbers
    for field, scanned in (("id_number", _id_numbers(visitor)), ("bhxh_code", _bhxh_codes(visitor))):
        if told[field] and scanned:
            return told[field] not in scanned
    return _is_other_name(visitor, typed) or _is_other_birth(visitor, typed)


def name_of(visitor: Visitor) -> str:
    """As the card has it, else the register; empty when neither does."""
    read = visitor.reading.full_name if visitor.reading else None
    return read or (visitor.person.full_name if visitor.person else "")


def _id_number(typed: Raw) -> str:
    with suppress(BadCode):
        return IdNumber.parse(typed.get("id_number", ""), IdKind.CCCD).reveal()
    return ""


def _bhxh_code(typed: Raw) -> str:
    with suppress(BadCode):
        return BhxhCode.parse(typed.get("bhxh_code", "")).reveal()
    return ""


def _id_numbers(visitor: Visitor) -> set[str]:
    """Of the card alone, where there is one: the register may still know the person by another number."""
    if visitor.reading is not None:
        return {visitor.reading.id_number.reveal()}
    person = visitor.person
    known = {person.id_number.reveal()} if person and person.id_number else set()
    return {number for number in known | {visitor.number} if len(number) == 12}


def _bhxh_codes(visitor: Visitor) -> set[str]:
    return {visitor.person.bhxh_code.reveal()} if visitor.person else set()


def _is_other_name(visitor: Visitor, typed: Raw) -> bool:
    told, scanned = typed.get("full_name", "").strip(), name_of(visitor)
    # Who types no diacritics means none; where there are some, Lan and Lân are two.
    same = same_name_bare if told.isascii() else same_name
    return bool(told and scanned) and not same(told, scanned)


def _is_other_birth(visitor: Visitor, typed: Raw) -> bool:
    told, births = _day(typed.get("birth_date", "")), _births(visitor)
    return told is not None and any(not same_birth(told, day, known) for day, known in births)


def _births(visitor: Visitor) -> list[tuple[date, str]]:
    """The card's, else the register's, with how much of it is known; none, or one."""
    card, person = visitor.reading, visitor.person
    if card is not None and card.birth_date is not None:
        return [(card.birth_date, card.birth_precision)]
    return [(person.birth_date, person.birth_precision)] if person else []


def _day(text: str) -> date | None:
    with suppress(ValueError):
        return parse_date(text)
    return None
