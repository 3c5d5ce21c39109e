"""What form 01 can print: a letter that its fonts lack is named, never drawn as a box."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from vssid.infra.documents import pdf_letters

from ..errors import Unprintable

if TYPE_CHECKING:
    from ..draft.form import FormData

# What a person types in words; the rest of the form are numbers, dates and our own lists.
FIELDS = ("full_name", "email", "street")


def lacking(values: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """By field of a draft the letters that form 01 cannot print; empty when it prints everything."""
    by_field = {field: pdf_letters.lacking(values.get(field) or "") for field in FIELDS}
    return {field: letters for field, letters in by_field.items() if letters}


def of_form(form: FormData) -> dict[str, tuple[str, ...]]:
    """The same of a typed form."""
    return lacking({field: getattr(form, field) for field in FIELDS})


def refuse(form: FormData) -> None:
    """Raise Unprintable unless everything can be printed."""
    if unprintable := of_form(form):
        raise Unprintable(fields=tuple(unprintable))
