"""What the room refuses. Facts hold no personal data."""

from __future__ import annotations

from vssid.domain.casework import errors as casework
from vssid.kernel.errors import DomainError


class RequestOpen(DomainError):
    """The guardian has an open request for this child; `request` is its id."""

    code = "family_open"

    def __init__(self, *, request: int | None) -> None:
        super().__init__(request=request)
        self.request = request


class RequestIncomplete(casework.NotReady):
    """The draft lacks something: child, birth, portrait."""

    code = "family_incomplete"


class RequestClosed(casework.AlreadyMoved):
    """Somebody was first: `state`, `by` (staff name) and `at` say who and when."""

    code = "family_decided"


class NotApprovable(casework.NotReady):
    """Approval is refused while something is missing; `missing` says what (`readiness`)."""

    code = "family_not_ready"
