"""Why files were refused, by the day of the refusal. A file with two reasons counts with each."""

from __future__ import annotations

from dataclasses import dataclass

from .reading import rows
from .scope import Scope


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A reason and the files refused for it."""

    reason: str
    files: int


def refusals(scope: Scope) -> list[ReasonRow]:
    """The most frequent first. Of offices only: below an office a reason would say too much of a person."""
    return rows(ReasonRow, "refusals", scope.parameters)
