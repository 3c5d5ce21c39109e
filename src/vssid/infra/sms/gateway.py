"""What every SMS gateway must do. The contract is tested in tests/kannel/test_gateway_contract.py."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from vssid.infra.delivery import Accepted
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


class Outcome(StrEnum):
    """What a delivery receipt says."""

    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    FAILED = "failed"
    REJECTED = "rejected"
    """The network did not take it, not saying whose fault that is; maybe ours (sender, credit, route)."""


class Gateway(Protocol):
    """A way to send an SMS."""

    def send(self, sms: SmsOut) -> Accepted:
        """Hand over one message. Takes at most some 20 s. Raises Refused, Unavailable or Unsure."""
        ...

    def prove(self) -> None:
        """Show without a message that one would be taken, as far as that can be known. Raises as `send`."""
        ...
