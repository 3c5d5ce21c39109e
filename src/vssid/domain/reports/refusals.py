"""Why files were refused, by the day of the refusal. A file with two reasons counts with each."""

from __future__ import annotations

from dataclasses import dataclass

from .reading import rows
from .scope import Scope


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A reason and the files refused for it, of all that were `refused`."""

    reason: str
    files: int
    refused: int

    @property
    def rate(self) -> float:
        """Percent of the refused files."""
        return 100 * self.files / self.refused if self.refused else 0.0


def refusals(scope: Scope) -> list[ReasonRow]:
    """The most frequent first. Of offices only: below an office a reason would say too much of a person."""
    return rows(ReasonRow, "refusals", scope.parameters)
