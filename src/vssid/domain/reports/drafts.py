"""What was begun and not sent: how many, since when, how far. Whose it is nobody reads but its owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vssid.kernel.errors import NotYours

from .reading import rows
from .scope import Scope


@dataclass(frozen=True, slots=True)
class DraftRow:
    """Drafts begun on a day for an office ("" where none is chosen) and come so far (`step`, "" for no
    step).
    """

    office_code: str
    day: date
    step: str
    files: int


def drafts(scope: Scope) -> list[DraftRow]:
    """The drafts of the scope's days, the oldest first; for the whole country also those without an office.

    Raises NotYours below an office: where who fills in works lies sealed.
    """
    if scope.is_narrow:
        raise NotYours
    return rows(DraftRow, "drafts", scope.parameters)
