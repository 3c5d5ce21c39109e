"""What a procedure is made of, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

Words = str | Promise
Answers = Mapping[str, Any]


class Kind(StrEnum):
    """The procedures there are."""

    CARD_REISSUE = "card_reissue"
    DATA_CHANGE = "data_change"
    FACILITY_CHANGE = "facility_change"


@dataclass(frozen=True, slots=True)
class When:
    """Only when the answer to `field` is, or has among its choices, one of `values`."""

    field: str
    values: tuple[str, ...]

    def holds(self, answers: Answers) -> bool:
        """Does it, by the answers so far?"""
        given = answers.get(self.field) or ()
        return any(answer in self.values for answer in ([given] if isinstance(given, str) else given))


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `form` (how it is read and drawn) is a key of `typed.READERS`."""

    name: str
    form: str
    label: Words
    help: Words = ""
    choices: tuple[tuple[str, Words], ...] = ()
    required: bool = True
    when: When | None = None
    example: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One screen: its name in the address, its title and questions. `photos`: it takes the attachments."""

    name: str
    title: Words
    fields: tuple[Field, ...] = ()
    lead: Words = ""
    when: When | None = None
    photos: bool = False


@dataclass(frozen=True, slots=True)
class AttachmentKind:
    """A picture that goes with the request."""

    name: str
    label: Words
    help: Words = ""
    required: bool = True
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure. `mark` rates law, fee and what is wanted as they are written here."""

    kind: Kind
    slug: str
    title: Words
    about: Words
    needs: tuple[Words, ...]
    steps: tuple[Step, ...]
    fee: Words
    law: Words
    result: Words
    mark: str
    attachments: tuple[AttachmentKind, ...] = ()
    needs_coverage: bool = False
