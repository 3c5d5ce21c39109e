"""What a person types, step by step: raw text in, clean JSON values out.

Each `clean_…` takes the raw fields of one step and returns values fit for the sealed draft, or raises
Invalid with a code per field: required, bad_code, bad_name, bad_date, future, too_old, bad_id_number,
bad_choice, before_birth, bad_phone, bad_email, too_long, not_in_province, unprintable. Doors find the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from vssid.domain.offices import queries as offices
from vssid.domain.places import queries as places
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid
from vssid.kernel.ids import BhxhCode, IdKind, IdNumber, Phone
from vssid.kernel.typed import Cleaner, Raw, Values, at_most, email, one_of, past_day, person_name
from vssid.kernel.typed import parse_date as parse_date

from ..paper import printing
from .steps import SHOWN

EMPLOYER_PRINTS = "employer_prints"


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


def clean_who(raw: Raw, *, today: date) -> Values:
    """Step 1: BHXH code, name, birth date, sex, ID kind, number and issue date."""
    cleaner = Cleaner(raw)
    cleaner.take("bhxh_code", lambda text: BhxhCode.parse(text).reveal(), "bad_code")
    cleaner.take("full_name", person_name, "bad_name")
    cleaner.take("birth_date", past_day(today), "bad_date")
    cleaner.take("sex", lambda text: int(one_of("1", "2")(text)), "bad_choice")
    cleaner.take("id_kind", one_of(*SHOWN), "bad_choice")
    kind = IdKind(cleaner.values.get("id_kind") or IdKind.CCCD)
    cleaner.take("id_number", lambda text: IdNumber.parse(text, kind).reveal(), f"bad_{kind.value}")
    cleaner.take("issued_on", past_day(today), "bad_date")
    birth, issued = cleaner.values.get("birth_date"), cleaner.values.get("issued_on")
    if birth and issued and issued < birth:
        cleaner.wrong["issued_on"] = "before_birth"
    _print(cleaner)
    return cleaner.done()


def clean_contact(raw: Raw) -> Values:
    """Step 2: phone, e-mail if any, province, commune and street."""
    cleaner = Cleaner(raw)
    cleaner.take("phone", lambda text: Phone.parse_mobile(text).reveal(), "bad_phone")
    cleaner.take("email", email, "bad_email", required=False)
    cleaner.take("province_code", lambda text: places.province(text).code, "bad_choice")
    cleaner.take("commune_code", lambda text: places.commune(text).code, "bad_choice")
    cleaner.take("street", at_most(200), "too_long")
    code = cleaner.values.get("commune_code")
    if code and places.commune(code).province_code != cleaner.values.get("province_code"):
        cleaner.wrong["commune_code"] = "not_in_province"
    _print(cleaner)
    return cleaner.done()


def _print(cleaner: Cleaner) -> None:
    for field in printing.lacking(cleaner.values):
        cleaner.wrong.setdefault(field, "unprintable")


def clean_office(raw: Raw) -> Values:
    """Step 4: the office that will receive the form."""
    cleaner = Cleaner(raw)
    cleaner.take("office_code", _receiving_office, "bad_choice")
    return cleaner.done()


def _receiving_office(text: str) -> str:
    if not offices.receives(text):
        raise ValueError
    return text


def clean_review(raw: Raw) -> Values:
    """Step 5: the commitment, and whether the employer may print the form and hand it in."""
    if raw.get("commitment") != "yes":
        raise Invalid(commitment="required")
    return {"commitment": True, EMPLOYER_PRINTS: raw.get(EMPLOYER_PRINTS) == "yes"}


def today_of(now: datetime) -> date:
    """The day the form is filled in, in Việt Nam."""
    return local_day(now)
