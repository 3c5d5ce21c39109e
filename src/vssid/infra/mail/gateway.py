"""What every way of sending e-mail must do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from vssid.infra.delivery import Accepted


@dataclass(frozen=True, slots=True)
class Attachment:
    """A PDF that goes with a message. Its content stays out of `repr`."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Mail:
    """One plain-text message to one address. Address and text stay out of `repr`."""

    to: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    message_id: UUID
    """Becomes the Message-ID, so a copy sent again is known as the same message."""
    attachment: Attachment | None = None


class MailGateway(Protocol):
    """A way to send an e-mail."""

    def send(self, mail: Mail) -> Accepted:
        """Hand over one message. Raises Refused, Unavailable or Unsure."""
        ...

    def prove(self) -> None:
        """Show without a message that one would be taken, as far as that can be known. Raises as `send`."""
        ...
