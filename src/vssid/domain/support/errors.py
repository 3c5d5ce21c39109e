"""What messages to an office refuse."""

from __future__ import annotations

from vssid.kernel.errors import DomainError


class NotOpenAnyMore(DomainError):
    """The message is closed, or stands where this cannot be done. Facts: `state`."""

    code = "ticket_not_open"


class SameOffice(DomainError):
    """It cannot be forwarded to the office it lies at, or to one that does not exist."""

    code = "ticket_same_office"


class BadPhoto(DomainError):
    """The photo is refused; `problem` is a code of infra.images.Problem."""

    code = "ticket_bad_photo"

    def __init__(self, problem: str) -> None:
        super().__init__(problem=problem)
        self.problem = problem
