"""What is refused here."""

from __future__ import annotations

from vssid.kernel.errors import DomainError


class NotAgain(DomainError):
    """The message is not sent again. `why`: arrived, under_way, code (a one-time secret whose text is gone:
    its owner asks for a new one), overtaken (there is a newer one), no_notice, no_way (nowhere to send it).
    """

    code = "message_not_again"
