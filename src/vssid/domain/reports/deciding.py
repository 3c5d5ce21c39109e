"""How long decisions took: begun hours from sending to approval or refusal, by the day of the decision."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from vssid.domain.notifications.delivery.board import percentile

from .reading import rows
from .scope import Scope

OUTCOMES = ("approved", "refused")


@dataclass(frozen=True, slots=True)
class HoursRow:
    """Files of an office decided so that took so many hours."""

    office_code: str
    outcome: str
    hours: int
    files: int


@dataclass(frozen=True, slots=True)
class Line:
    """Of one office and outcome: half took at most `median` hours, nine of ten at most `most`."""

    office_code: str
    outcome: str
    files: int
    median: int | None
    most: int | None


def deciding(scope: Scope) -> tuple[list[Line], list[Line]]:
    """The lines of each office, and those of all."""
    parts: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    whole: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for row in rows(HoursRow, "deciding", scope.parameters):
        parts[row.office_code, row.outcome][row.hours] += row.files
        whole["", row.outcome][row.hours] += row.files
    return [_line(*key, hours) for key, hours in sorted(parts.items())], [
        _line(*key, hours) for key, hours in sorted(whole.items())
    ]


def _line(office: str, outcome: str, hours: Counter[int]) -> Line:
    ordered = sorted(hours.items())
    return Line(office, outcome, hours.total(), percentile(ordered, 50), percentile(ordered, 90))
