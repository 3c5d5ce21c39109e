"""What every way of delivering a message has in common: SMS, e-mail, Web Push."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Accepted:
    """The provider has the message. `delivered` when it knows so already and will send no receipt;
    `receipts` false when it never says what became of a message, so its taking it is the last word.
    """

    provider_ref: str
    delivered: bool = False
    receipts: bool = True


class NotTaken(Exception):
    """The provider did not take the message. `reason` is a short code for officers, never a person's data."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Refused(NotTaken):
    """For ever: sending the same again gets the same answer."""


class Gone(Refused):
    """For ever, and the address itself is dead."""


class Unavailable(NotTaken):
    """For now: certainly not sent, so it may be sent again, not before `retry_after` if that is said."""

    def __init__(self, reason: str, *, retry_after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class Unsure(NotTaken):
    """Nobody knows: the request went out and no answer came back."""
