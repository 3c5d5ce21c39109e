"""What is told of a statement."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from .content import Content, Sum


@dataclass(frozen=True, slots=True)
class IssuedView:
    """A statement that its owner took. `until` is its last month (a number as in participants.totals);
    `code` is printed on it, "" for those of before it was kept.
    """

    id: UUID
    year: int
    issued_at: datetime
    until: int
    code: str
    has_file: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What a statement said, for who holds its code; the name with only its initials."""

    masked_name: str
    year: int
    until: int
    lines: int
    bhxh: Sum
    bhtn: Sum
    issued_at: datetime

    def as_json(self) -> dict[str, Any]:
        """For sealing."""
        return {**asdict(self), "issued_at": self.issued_at.isoformat()}


def said(content: Content, full_name: str, issued_at: datetime) -> Said:
    """What is kept of a statement."""
    return Said(
        masked_name(full_name),
        content.year,
        content.until,
        len(content.lines),
        content.bhxh,
        content.bhtn,
        issued_at,
    )


def from_json(kept: dict[str, Any]) -> Said:
    """What `as_json` kept."""
    sums = {fund: Sum(**kept[fund]) for fund in ("bhxh", "bhtn")}
    return Said(**{**kept, **sums, "issued_at": datetime.fromisoformat(kept["issued_at"])})


def masked_name(full_name: str) -> str:
    """`Nguyễn Thị Lan` → `N••••• T•• L••`"""
    return " ".join(word[0] + "•" * (len(word) - 1) for word in full_name.split())
