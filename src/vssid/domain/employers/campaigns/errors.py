"""Why something is not done with a campaign."""

from __future__ import annotations

from typing import ClassVar

from vssid.kernel.errors import DomainError


class NotNow(DomainError):
    """The campaign stands where this is not done (any more): `state`."""

    code: ClassVar[str] = "campaign_not_now"

    def __init__(self, *, state: str) -> None:
        super().__init__(state=state)
        self.state = state


class WaveBegun(DomainError):
    """The wave has begun: who gets its letters is set."""

    code: ClassVar[str] = "wave_begun"


class NotPrinted(DomainError):
    """The letters of this part are not printed yet."""

    code: ClassVar[str] = "part_not_printed"


class PartErased(DomainError):
    """The letters of this part were posted or are too old: their codes are kept nowhere any more."""

    code: ClassVar[str] = "part_erased"


class TooMany(DomainError):
    """A list of more than `most` lines."""

    code: ClassVar[str] = "too_many"

    def __init__(self, *, most: int) -> None:
        super().__init__(most=most)
        self.most = most
