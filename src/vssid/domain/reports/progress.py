"""The weekly report: each employer's workers, forms sent, approved, target and collection officer.

Columns: registration.md section 14 [M, inferred]. People, not files: who sent two counts once. Not approved
are those who sent and are not approved; the rate is approved of all workers, in percent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .models import Progress
from .reading import rows
from .scope import Scope


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """An employer on the day."""

    employer_code: str
    name: str
    workers: int
    sent: int
    approved: int
    target: int | None
    target_id: int | None
    plan_id: int | None
    plan_office: str | None
    officer_id: int | None
    officer_name: str
    office_code: str

    @property
    def waiting(self) -> int:
        """Sent and not approved."""
        return self.sent - self.approved

    @property
    def rate(self) -> float | None:
        """Percent of the workers who are approved; None without workers."""
        return rate(self.approved, self.workers)


@dataclass(frozen=True, slots=True)
class Total:
    """All employers of the report."""

    employers: int
    workers: int
    sent: int
    approved: int

    @property
    def waiting(self) -> int:
        """Sent and not approved."""
        return self.sent - self.approved

    @property
    def rate(self) -> float | None:
        """Percent of the workers who are approved; None without workers."""
        return rate(self.approved, self.workers)


def rate(part: int, whole: int) -> float | None:
    """Percent; None of nothing."""
    return 100 * part / whole if whole else None


def day_for(until: date) -> date | None:
    """The newest day not after this whose lines were kept; None when there is none."""
    return Progress.objects.filter(day__lte=until).order_by("-day").values_list("day", flat=True).first()


def days() -> list[date]:
    """The days that can be chosen, the newest first."""
    return list(Progress.objects.order_by("-day").values_list("day", flat=True).distinct()[:60])


def progress(scope: Scope, day: date, *, size: int, skip: int = 0) -> list[ProgressRow]:
    """One page of the report, by employer code."""
    return rows(ProgressRow, "progress", scope.parameters | {"day": day, "size": size, "skip": skip})


def total(scope: Scope, day: date) -> Total:
    """The sum of the whole report."""
    return rows(Total, "progress_total", scope.parameters | {"day": day})[0]
