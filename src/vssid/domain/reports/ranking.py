"""Offices in the order of their rate: approved of all workers of their employers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .progress import rate
from .reading import rows
from .scope import Scope


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office on the day."""

    code: str
    name: str
    workers: int
    sent: int
    approved: int
    target: int | None
    target_id: int | None
    plan_id: int | None
    plan_office: str | None

    @property
    def reached(self) -> float | None:
        """Percent of the target; None without one."""
        return rate(self.approved, self.target or 0)

    @property
    def rate(self) -> float:
        """Percent of the workers who are approved."""
        return rate(self.approved, self.workers) or 0.0


def ranking(scope: Scope, day: date) -> list[tuple[int, OfficeRow]]:
    """Place and office, the best first; equal rates share a place."""
    found = rows(OfficeRow, "ranking", scope.parameters | {"day": day})
    best_first = sorted(found, key=lambda row: (-row.rate, row.code))
    return [(1 + sum(other.rate > row.rate for other in found), row) for row in best_first]
