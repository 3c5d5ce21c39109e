"""What is refused about handing in for many."""

from __future__ import annotations

from vssid.kernel.errors import DomainError


class NothingChosen(DomainError):
    """No form was chosen, or none of those chosen may be listed any more."""

    code = "hand_in_nothing"


class TooMany(DomainError):
    """More forms than a list takes: `most`."""

    code = "hand_in_too_many"

    def __init__(self, *, most: int) -> None:
        super().__init__(most=most)
        self.most = most


class NotReady(DomainError):
    """The PDF is still being made. Facts: `run`."""

    code = "print_not_ready"


class PutAway(DomainError):
    """The PDF is gone: its days are over, somebody took the word back, or HR put it away. Facts: `run`."""

    code = "print_put_away"
