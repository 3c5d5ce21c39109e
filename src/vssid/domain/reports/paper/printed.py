"""A report as it goes into a file: plain values under Vietnamese headings, whoever reads the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

Value = int | float | date | str | None


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over and under a report. `superior`: the office above, empty at the head."""

    office: str
    superior: str
    place: str
    since: date
    until: date
    as_of: datetime | None
    made_at: datetime
    is_synthetic: bool


@dataclass(frozen=True, slots=True)
class Printed:
    """A report: `numbers` says which columns hold numbers; a float is a percentage of one decimal."""

    title: str
    head: Head
    headings: tuple[str, ...]
    numbers: tuple[bool, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: tuple[Value, ...] = ()
    notes: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


def text_of(value: Value) -> str:
    """As people write it: `1.234`, `36,4`, `18/11/2026`, empty for nothing."""
    if isinstance(value, float):
        return f"{value:.1f}".replace(".", ",")
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return value or ""
