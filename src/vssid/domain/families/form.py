"""What a guardian types of a child: raw text in, clean values out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from vssid.domain.accounts.guardianship import ages
from vssid.domain.accounts.models.relations import RELATIONS
from vssid.domain.vault import sealing as vault
from vssid.kernel.errors import Invalid
from vssid.kernel.ids import BadCode, BhxhCode
from vssid.kernel.text import tidy
from vssid.kernel.typed import parse_date

from .models import ChildRequest

LONGEST_NAME = 100
SEALED = "child-request"


@dataclass(frozen=True, slots=True)
class Child:
    """A child as typed. `code` is a BHXH code or the 12-digit personal number."""

    code: BhxhCode
    full_name: str
    birth_date: date
    relation: str

    def as_json(self) -> dict[str, str]:
        """For the sealed column."""
        return {
            "code": self.code.reveal(),
            "full_name": self.full_name,
            "birth_date": self.birth_date.isoformat(),
            "relation": self.relation,
        }


def read(values: Mapping[str, str]) -> Child:
    """The child of sealed values."""
    return Child(
        code=BhxhCode(values["code"]),
        full_name=values["full_name"],
        birth_date=date.fromisoformat(values["birth_date"]),
        relation=values["relation"],
    )


def opened(row: ChildRequest) -> Child:
    """The child of a request, unsealed."""
    return read(vault.unseal_json(row.id, SEALED, row.sealed, row=row.version))


def clean(raw: Mapping[str, str], *, today: date) -> Child:
    """The child as typed, in order.

    Raises Invalid with code, full_name, birth_date, relation = required | bad_code | bad_name | bad_date |
    future | of_age | bad_choice.
    """
    readers: dict[str, tuple[Callable[[str], Any], str]] = {
        "code": (BhxhCode.parse, "bad_code"),
        "full_name": (_name, "bad_name"),
        "birth_date": (parse_date, "bad_date"),
        "relation": (_relation, "bad_choice"),
    }
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for field, (reader, code) in readers.items():
        text = tidy(raw.get(field, ""))
        if not text:
            wrong[field] = "required"
            continue
        try:
            values[field] = reader(text)
        except (BadCode, ValueError):
            wrong[field] = code
    born = values.get("birth_date")
    if born is not None and (problem := _age_problem(born, today)):
        wrong["birth_date"] = problem
    if wrong:
        raise Invalid(**wrong)
    return Child(**values)


def _age_problem(born: date, today: date) -> str:
    if born > today:
        return "future"
    return "" if ages.is_child(born, today) else "of_age"


def _name(text: str) -> str:
    if len(text) > LONGEST_NAME or not any(ch.isalpha() for ch in text) or any(ch.isdigit() for ch in text):
        raise ValueError
    return text


def _relation(text: str) -> str:
    if text not in RELATIONS:
        raise ValueError
    return text
