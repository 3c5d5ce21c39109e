"""How far each target is: workers approved, of the office and those below, the employer, or the officer's."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from vssid.domain.rollout.models import Target

from .reading import rows


@dataclass(frozen=True, slots=True)
class Reached:
    """A target and how many people are approved."""

    target_id: int
    approved: int


def reached(targets: Collection[Target], today: date) -> dict[int, int]:
    """Number of the target → people approved by the newest counted day; those to come are left out."""
    begun = [target.id for target in targets if target.from_on <= today]
    return {row.target_id: row.approved for row in rows(Reached, "targets", {"targets": begun})}
