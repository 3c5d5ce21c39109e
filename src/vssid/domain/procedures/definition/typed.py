"""What a person fills in at a step: raw text in, clean JSON values out, or Invalid with a code per field.

Codes: required, bad_choice, bad_name, bad_date, future, too_old, bad_phone, bad_email, bad_cccd, too_long,
not_offered, bad_level, not_in_province, same (nothing would change).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from vssid.domain.directory import queries as directory
from vssid.domain.participants.views import CoverageView, PersonView
from vssid.domain.places import queries as places
from vssid.kernel.errors import Invalid
from vssid.kernel.ids import IdKind, IdNumber, Phone
from vssid.kernel.typed import Cleaner, at_most, email, one_of, parse_date, past_day, person_name

from . import facility_days, walk
from .shapes import Answers, Field, Step


@dataclass(frozen=True, slots=True)
class Standing:
    """What the register says of the person who asks, and the day."""

    person: PersonView
    coverage: CoverageView | None
    today: date


Reader = Callable[[str], Any]


def _quarter(today: date) -> Reader:
    def read(text: str) -> str:
        day = parse_date(text)
        if day not in facility_days.offered(today):
            raise Invalid(date="not_offered")
        return day.isoformat()

    return read


def _many(field: Field) -> Reader:
    allowed = [code for code, _words in field.choices]

    def read(text: str) -> list[str]:
        chosen = [part.strip() for part in text.split(",") if part.strip()]
        if not chosen or not set(chosen) <= set(allowed):
            raise ValueError
        return [code for code in allowed if code in chosen]

    return read


def _facility(today: date) -> Reader:
    def read(text: str) -> str:
        facility = directory.facility(text)
        if facility is None:
            raise LookupError
        if not facility_days.may_register(facility.level, today):
            raise Invalid(facility="bad_level")
        return facility.code

    return read


# form → (how it is read, the code when it is not)
READERS: dict[str, tuple[Callable[[Field, date], Reader], str]] = {
    "choice": (lambda field, _today: one_of(*(code for code, _words in field.choices)), "bad_choice"),
    "many": (lambda field, _today: _many(field), "bad_choice"),
    "text": (lambda _field, _today: at_most(200), "too_long"),
    "name": (lambda _field, _today: person_name, "bad_name"),
    "phone": (lambda _field, _today: lambda text: Phone.parse_mobile(text).reveal(), "bad_phone"),
    "email": (lambda _field, _today: email, "bad_email"),
    "past": (lambda _field, today: past_day(today), "bad_date"),
    "quarter": (lambda _field, today: _quarter(today), "bad_choice"),
    "cccd": (lambda _field, _today: lambda text: IdNumber.parse(text, IdKind.CCCD).reveal(), "bad_cccd"),
    "province": (lambda _field, _today: lambda text: places.province(text).code, "bad_choice"),
    "commune": (lambda _field, _today: lambda text: places.commune(text).code, "bad_choice"),
    "facility": (lambda _field, today: _facility(today), "bad_choice"),
}


def clean(step: Step, raw: Mapping[str, str], answers: Answers, standing: Standing) -> dict[str, Any]:
    """The values of one step. Choices of a `many` field come joined by commas. Raises Invalid."""
    cleaner = Cleaner(raw)
    for field in walk.fields_of(step, answers):
        reader, code = READERS[field.form]
        cleaner.take(field.name, reader(field, standing.today), code, required=field.required)
    _together(cleaner, answers)
    _against_register(cleaner, standing)
    return cleaner.done()


def _together(cleaner: Cleaner, answers: Answers) -> None:
    commune, province = cleaner.values.get("commune_code"), answers.get("province_code")
    if commune and province and not places.is_commune_of(commune, province):
        cleaner.wrong["commune_code"] = "not_in_province"


def _against_register(cleaner: Cleaner, standing: Standing) -> None:
    """A new value that is the register's own already changes nothing."""
    recorded = register_values(standing)
    for name, value in cleaner.values.items():
        if value and name in recorded and name not in cleaner.wrong and value == recorded[name]:
            cleaner.wrong[name] = "same"


def register_values(standing: Standing) -> dict[str, str]:
    """What the register holds, under the names and in the form of answers."""
    person = standing.person
    return {
        "phone": person.phone.reveal() if person.phone else "",
        "email": person.email,
        "full_name": person.full_name,
        "birth_date": person.birth_date.isoformat() if person.birth_precision == "day" else "",
        "sex": str(person.sex),
        "id_number": person.id_number.reveal() if person.id_number else "",
        "facility_code": standing.coverage.facility_code if standing.coverage else "",
    }
