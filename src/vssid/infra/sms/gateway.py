"""What every SMS gateway must do. The contract is tested in tests/kannel/test_gateway_contract.py."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from vssid.kernel.ids import Phone


@dataclass(frozen=True, slots=True)
class SmsOut:
    """One text to one phone. The text and the receipt address (it holds a token) stay out of `repr`."""

    to: Phone
    text: str = field(repr=False)
    message_id: UUID
    receipt_url: str = field(repr=False)
    sender: str
    valid_for: timedelta | None = None
    """How long the network may try; None leaves it to the network."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The gateway has the message. `delivered` when it knows so already and will send no receipt."""

    provider_ref: str
    delivered: bool = False


class SmsError(Exception):
    """The gateway did not take the message. `reason` is a short code for officers, never a person's data."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Refused(SmsError):
    """For ever: sending the same again gets the same answer."""


class Unavailable(SmsError):
    """For now: certainly not sent, so it may be sent again."""


class Unsure(SmsError):
    """Nobody knows: the request went out and no answer came back."""


class Outcome(StrEnum):
    """What a delivery receipt says."""

    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    FAILED = "failed"


class Gateway(Protocol):
    """A way to send an SMS."""

    def send(self, sms: SmsOut) -> Accepted:
        """Hand over one message. Takes at most some 20 s. Raises Refused, Unavailable or Unsure."""
        ...
