"""Why a registration day is not changed, or no time of it taken."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from vssid.kernel.errors import DomainError


class DayMoved(DomainError):
    """The day does not stand (any more) where this can be done: it is `state`, since `at` by `by`."""

    code: ClassVar[str] = "registration_day_moved"

    def __init__(self, *, state: str, by: str, at: datetime | None) -> None:
        super().__init__(state=state, by=by, at=at)
        self.state, self.by, self.at = state, by, at


class OfficerBusy(DomainError):
    """The officer is named for another day at these hours, at `employer`."""

    code: ClassVar[str] = "registration_day_officer_busy"

    def __init__(self, *, employer: str) -> None:
        super().__init__(employer=employer)
        self.employer = employer


class SlotFull(DomainError):
    """All places of that time are taken."""

    code: ClassVar[str] = "registration_day_full"


class BookingOver(DomainError):
    """The time has begun: nothing is booked or cancelled any more."""

    code: ClassVar[str] = "registration_day_begun"
