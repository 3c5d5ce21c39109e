"""What the register and the card know of the steps' fields, as a person types them. Pure."""

from __future__ import annotations

from datetime import date

from vssid.domain.places import queries as places
from vssid.kernel.ids import IdKind

from ..draft.steps import CONTACT, WHO
from .visitors import Visitor

Typed = dict[str, dict[str, str]]


def of(visitor: Visitor) -> Typed:
    """By step. The card goes before the register: it is the newer paper; the phone is asked for anew."""
    register, card = _register(visitor), _card(visitor)
    who = {"id_kind": IdKind.CCCD.value} | register[WHO.name] | card[WHO.name]
    return {WHO.name: who, CONTACT.name: register[CONTACT.name] or card[CONTACT.name]}


def _register(visitor: Visitor) -> Typed:
    person = visitor.person
    if person is None:
        return {WHO.name: {}, CONTACT.name: {}}
    is_card = person.id_number is not None and person.id_kind is IdKind.CCCD
    who = {
        "bhxh_code": person.bhxh_code.reveal(),
        "full_name": person.full_name,
        "birth_date": _day(person.birth_date) if person.birth_precision == "day" else "",
        "sex": str(person.sex) if person.sex in (1, 2) else "",
        "id_number": person.id_number.reveal() if person.id_number and is_card else "",
        "issued_on": _day(person.id_issued_on) if is_card else "",
    }
    contact = {
        "phone": person.phone.national() if person.phone and person.phone.is_mobile else "",
        "email": person.email,
        "province_code": person.province_code,
        "commune_code": person.commune_code,
        "street": person.street,
    }
    return {WHO.name: _known(who), CONTACT.name: _known(contact)}


def _card(visitor: Visitor) -> Typed:
    card = visitor.reading
    if card is None:
        return {WHO.name: {}, CONTACT.name: {}}
    who = {
        "full_name": card.full_name or "",
        "birth_date": _day(card.birth_date) if card.birth_precision == "day" else "",
        "sex": str(card.sex or ""),
        "id_number": card.id_number.reveal(),
        "issued_on": _day(card.issued_on),
    }
    return {WHO.name: _known(who), CONTACT.name: _address(card.address or "")}


def _address(text: str) -> dict[str, str]:
    if not text:
        return {}
    province, commune = places.match_address(text) or ("", "")
    street = text.split(",")[0].strip() if "," in text else text
    return _known({"street": street[:200], "province_code": province, "commune_code": commune})


def _known(fields: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value}


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
