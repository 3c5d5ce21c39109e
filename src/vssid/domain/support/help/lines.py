"""The telephone lines of the insurance, as dated data with its source."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A number as people read it. `cost` in đồng a minute, None = not told; `office_hours`: only then."""

    number: str
    cost: int | None
    office_hours: bool
    source: str
    mark: str

    @property
    def dial(self) -> str:
        """What a phone dials."""
        return self.number.replace(" ", "")


LINES = (
    Line("1900 9068", 1000, False, "newsdailytech.com; ictworld.com.vn", "S"),
    Line("024 3789 9999", None, True, "nld.com.vn", "S"),
)
