"""What a person types, step by step: raw text in, clean JSON values out.

Each `clean_…` takes the raw fields of one step and returns values fit for the sealed draft, or raises
Invalid with a code per field: required, bad_code, bad_name, bad_date, future, too_old, bad_id_number,
bad_choice, before_birth, bad_phone, bad_email, too_long, not_in_province. Doors find the words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from vssid.domain.offices import queries as offices
from vssid.domain.places import queries as places
from vssid.kernel.calendar import local_day, parse_date
from vssid.kernel.errors import Invalid
from vssid.kernel.ids import BadCode, BhxhCode, IdKind, IdNumber, Phone
from vssid.kernel.text import tidy

Raw = Mapping[str, str]
Values = dict[str, Any]
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")


@dataclass(frozen=True, slots=True)
class FormData:
    """The whole form 01, typed. Built from a complete draft."""

    bhxh_code: BhxhCode
    full_name: str
    birth_date: date
    sex: int
    id_kind: IdKind
    id_number: IdNumber
    issued_on: date
    phone: Phone
    email: str
    province_code: str
    commune_code: str
    street: str
    office_code: str

    @property
    def address(self) -> str:
        """Street, commune and province in one line."""
        return places.address_line(self.street, self.commune_code, self.province_code)


def read(values: Mapping[str, Any]) -> FormData:
    """The typed form of complete clean values. Raises KeyError when a step is missing."""
    return FormData(
        bhxh_code=BhxhCode(values["bhxh_code"]),
        full_name=values["full_name"],
        birth_date=date.fromisoformat(values["birth_date"]),
        sex=values["sex"],
        id_kind=IdKind(values["id_kind"]),
        id_number=IdNumber(values["id_number"]),
        issued_on=date.fromisoformat(values["issued_on"]),
        phone=Phone(values["phone"]),
        email=values["email"],
        province_code=values["province_code"],
        commune_code=values["commune_code"],
        street=values["street"],
        office_code=values["office_code"],
    )


class _Cleaner:
    """Collects values and the code of the first thing wrong with each field."""

    def __init__(self, raw: Raw) -> None:
        self.raw, self.values, self.wrong = raw, Values(), dict[str, str]()

    def take(self, field: str, read: Callable[[str], Any], code: str, *, required: bool = True) -> None:
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
        if self.wrong:
            raise Invalid(**self.wrong)
        return self.values


def _name(text: str) -> str:
    if len(text) > 100:
        raise Invalid(full_name="too_long")
    if any(ch.isdigit() for ch in text) or not any(ch.isalpha() for ch in text):
        raise ValueError
    return text


def _past(today: date) -> Callable[[str], str]:
    def read(text: str) -> str:
        day = parse_date(text)
        if day > today:
            raise Invalid(date="future")
        if day.year < today.year - 130:
            raise Invalid(date="too_old")
        return day.isoformat()

    return read


def _one_of(*allowed: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError
        return text

    return read


def clean_who(raw: Raw, *, today: date) -> Values:
    """Step 1: BHXH code, name, birth date, sex, ID kind, number and issue date."""
    cleaner = _Cleaner(raw)
    cleaner.take("bhxh_code", lambda text: BhxhCode.parse(text).reveal(), "bad_code")
    cleaner.take("full_name", _name, "bad_name")
    cleaner.take("birth_date", _past(today), "bad_date")
    cleaner.take("sex", lambda text: int(_one_of("1", "2")(text)), "bad_choice")
    cleaner.take("id_kind", lambda text: IdKind(text).value, "bad_choice")
    kind = IdKind(cleaner.values.get("id_kind") or IdKind.CCCD)
    cleaner.take("id_number", lambda text: IdNumber.parse(text, kind).reveal(), f"bad_{kind.value}")
    cleaner.take("issued_on", _past(today), "bad_date")
    birth, issued = cleaner.values.get("birth_date"), cleaner.values.get("issued_on")
    if birth and issued and issued < birth:
        cleaner.wrong["issued_on"] = "before_birth"
    return cleaner.done()


def clean_contact(raw: Raw) -> Values:
    """Step 2: phone, e-mail if any, province, commune and street."""
    cleaner = _Cleaner(raw)
    cleaner.take("phone", lambda text: Phone.parse_mobile(text).reveal(), "bad_phone")
    cleaner.take("email", _email, "bad_email", required=False)
    cleaner.take("province_code", lambda text: places.province(text).code, "bad_choice")
    cleaner.take("commune_code", lambda text: places.commune(text).code, "bad_choice")
    cleaner.take("street", _street, "too_long")
    code = cleaner.values.get("commune_code")
    if code and places.commune(code).province_code != cleaner.values.get("province_code"):
        cleaner.wrong["commune_code"] = "not_in_province"
    return cleaner.done()


def _email(text: str) -> str:
    if len(text) > 254 or not _EMAIL.fullmatch(text):
        raise ValueError
    return text


def _street(text: str) -> str:
    if len(text) > 200:
        raise ValueError
    return text


def clean_office(raw: Raw) -> Values:
    """Step 4: the office that will receive the form."""
    cleaner = _Cleaner(raw)
    allowed = {office.code for office in offices.all_offices() if office.receives_applications}
    cleaner.take("office_code", _one_of(*allowed), "bad_choice")
    return cleaner.done()


def clean_review(raw: Raw) -> Values:
    """Step 5: the commitment."""
    if raw.get("commitment") != "yes":
        raise Invalid(commitment="required")
    return {"commitment": True}


def today_of(now: datetime) -> date:
    """The day the form is filled in, in Việt Nam."""
    return local_day(now)
