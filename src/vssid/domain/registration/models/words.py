"""The words of a name, each with the office before it: what an index of an office's names holds."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, TextField


class OfficeWords(Func):
    """`03101/lan`, `03101/nguyen` of an office's column and a folded name's, as an array of texts.

    The office stands in each word, so that an index looks through one office's names and no others.
    """

    arity = 2
    output_field = ArrayField(TextField())

    def as_sql(self, compiler: Any, connection: Any, *_more: Any, **_context: Any) -> Any:
        """By functions that never change their answer, as an index needs them."""
        office, name = (compiler.compile(each)[0] for each in self.get_source_expressions())
        return f"string_to_array({office} || '/' || replace({name}, ' ', ' ' || {office} || '/'), ' ')", []


def office_word(office: str, word: str) -> str:
    """A word of a name as `OfficeWords` has it."""
    return f"{office}/{word}"
