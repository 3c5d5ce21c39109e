"""What the room refuses."""

from __future__ import annotations

from vssid.kernel.errors import DomainError, NotYours


class BadImage(DomainError):
    """The upload is no picture we can use. `reason` is one of infra.images.Problem:
    not_image, too_big, too_many_pixels, too_small, unreadable; or `busy` while too many others are read,
    `slow` when reading its code took longer than it may.
    """

    code = "bad_image"

    def __init__(self, *, reason: str) -> None:
        super().__init__(reason=reason)
        self.reason = reason


class NoImage(NotYours):
    """There is no such image, or no longer."""
