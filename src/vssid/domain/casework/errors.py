"""What files at an office refuse. Facts hold no personal data of citizens; rooms give codes of their own."""

from __future__ import annotations

from datetime import datetime

from vssid.kernel.errors import DomainError


class AlreadyMoved(DomainError):
    """Somebody was first: `state`, `by` (staff name, empty for the person) and `at` say what was done."""

    code = "already_moved"

    def __init__(self, *, state: str, by: str, at: datetime | None) -> None:
        super().__init__(state=state, by=by, at=at)
        self.state, self.by, self.at = state, by, at


class NotReady(DomainError):
    """Approving or sending is refused while something is missing; `missing` says what."""

    code = "not_ready"

    def __init__(self, *, missing: tuple[str, ...]) -> None:
        super().__init__(missing=missing)
        self.missing = missing


class Incomplete(DomainError):
    """The draft is not complete; `step` is the first to go back to."""

    code = "incomplete"

    def __init__(self, *, step: str) -> None:
        super().__init__(step=step)
        self.step = step


class InOtherHands(DomainError):
    """A colleague has the file in hand: `by` (staff name) and `since` say who and from when."""

    code = "in_other_hands"

    def __init__(self, *, by: str, since: datetime) -> None:
        super().__init__(by=by, since=since)
        self.by, self.since = by, since


class Unconfirmed(DomainError):
    """There are doubts that the officer has not confirmed to have seen; sending `mark` confirms them."""

    code = "unconfirmed"

    def __init__(self, *, mark: str) -> None:
        super().__init__(mark=mark)
        self.mark = mark
