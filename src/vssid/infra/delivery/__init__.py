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
    provider: str = ""
    """Which one, where a channel has several."""


class NotTaken(Exception):
    """The provider did not take the message. `reason` is a short code for officers, never a person's data;
    `provider` names which one, where a channel has several.
    """

    def __init__(self, reason: str, *, provider: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.provider = provider


class Refused(NotTaken):
    """The message's fault, for ever: sending the same again gets the same answer."""


class Gone(Refused):
    """The address's fault, for ever: nothing arrives there any more."""


class Unavailable(NotTaken):
    """For now: certainly not sent, so it may be sent again, not before `retry_after` if that is said."""

    def __init__(self, reason: str, *, retry_after: timedelta | None = None, provider: str = "") -> None:
        super().__init__(reason, provider=provider)
        self.retry_after = retry_after


class OurFault(Unavailable):
    """Ours (a key, a password, the sender, a setting): no message is to blame, so each is sent again until
    somebody has mended it; whoever runs the installation is told.
    """


class Unsure(NotTaken):
    """Nobody knows: the request went out and no answer came back."""
