"""What the room refuses. Facts hold no personal data."""

from __future__ import annotations

from datetime import datetime

from vssid.kernel.errors import DomainError


class RequestOpen(DomainError):
    """The guardian has an open request for this child; `request` is its id."""

    code = "family_open"

    def __init__(self, *, request: int | None) -> None:
        super().__init__(request=request)
        self.request = request


class RequestIncomplete(DomainError):
    """The draft lacks something: child, birth, portrait."""

    code = "family_incomplete"

    def __init__(self, *, missing: tuple[str, ...]) -> None:
        super().__init__(missing=missing)
        self.missing = missing


class RequestClosed(DomainError):
    """Somebody was first: `state`, `by` (staff name) and `at` say who and when."""

    code = "family_decided"

    def __init__(self, *, state: str, by: str, at: datetime | None) -> None:
        super().__init__(state=state, by=by, at=at)
        self.state, self.by, self.at = state, by, at


class NotApprovable(DomainError):
    """Approval is refused while something is missing; `missing` says what (`deciding.missing`)."""

    code = "family_not_ready"

    def __init__(self, *, missing: tuple[str, ...]) -> None:
        super().__init__(missing=missing)
        self.missing = missing
