"""What this room refuses."""

from __future__ import annotations

from vssid.kernel.errors import DomainError


class BadText(DomainError):
    """A text that must not go out as SMS: `problem` is link, long or empty."""

    code = "sms_text"
