"""What procedures refuse. Facts hold no personal data."""

from __future__ import annotations

from vssid.domain.casework import errors as casework
from vssid.kernel.errors import DomainError


class NotEligible(DomainError):
    """The procedure is not for this person now. `reason`: not_in_register, no_coverage, no_office."""

    code = "not_eligible"

    def __init__(self, *, reason: str) -> None:
        super().__init__(reason=reason)
        self.reason = reason


class AlreadyOpen(DomainError):
    """A request of this kind is open; only one may be. `request` is its id."""

    code = "request_open"

    def __init__(self, *, request: int) -> None:
        super().__init__(request=request)
        self.request = request


class Incomplete(casework.Incomplete):
    """The draft is not complete; `step` is the first to go back to."""

    code = "request_incomplete"


class Changed(DomainError):
    """The draft was changed elsewhere after it was reviewed."""

    code = "request_changed"


class AlreadyMoved(casework.AlreadyMoved):
    """Somebody was first: `state`, `by` (staff name, empty for the person) and `at` say what was done."""

    code = "request_moved"


class CannotWrite(DomainError):
    """The register does not take the result. `reason` is the register's code, such as id_taken."""

    code = "cannot_write"

    def __init__(self, *, reason: str) -> None:
        super().__init__(reason=reason)
        self.reason = reason
