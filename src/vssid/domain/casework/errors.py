"""What the desk refuses. Facts hold no personal data of citizens."""

from __future__ import annotations

from datetime import datetime

from vssid.kernel.errors import DomainError


class InOtherHands(DomainError):
    """A colleague has the file in hand: `by` (staff name) and `since` say who and from when."""

    code = "in_other_hands"

    def __init__(self, *, by: str, since: datetime) -> None:
        super().__init__(by=by, since=since)
        self.by, self.since = by, since


class Unconfirmed(DomainError):
    """There are doubts that the officer has not confirmed to have seen; sending `mark` confirms them."""

    code = "unconfirmed"

    def __init__(self, *, mark: str) -> None:
        super().__init__(mark=mark)
        self.mark = mark
