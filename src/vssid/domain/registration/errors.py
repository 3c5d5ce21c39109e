"""What registration refuses. Facts hold no personal data."""

from __future__ import annotations

from datetime import datetime

from vssid.domain.casework import errors as casework
from vssid.kernel.errors import DomainError


class AlreadyOpen(DomainError):
    """An application for this BHXH code is open; only one may be."""

    code = "already_open"


class NotReceiving(DomainError):
    """The office takes no applications."""

    code = "not_receiving"


class Incomplete(casework.Incomplete):
    """The draft is not complete; `step` is the first step to go back to."""


class PhoneNotProved(DomainError):
    """The code sent to the phone has not been entered for this number."""

    code = "phone_not_proved"


class AlreadySent(DomainError):
    """The draft has become an application and can no longer be changed."""

    code = "already_sent"


class AlreadyDecided(casework.AlreadyMoved):
    """Somebody was first: `state`, `by` (staff name) and `at` say who and when."""

    code = "already_decided"


class AwaitsSecond(DomainError):
    """The first approval was given, by `by` (staff name) at `at`; another officer has to give the second."""

    code = "awaits_second"

    def __init__(self, *, by: str, at: datetime) -> None:
        super().__init__(by=by, at=at)
        self.by, self.at = by, at


class NotAwaiting(DomainError):
    """No first approval waits for a second officer (any more)."""

    code = "not_awaiting"


class NotReady(casework.NotReady):
    """Approval is refused while something is missing: form, scan, original, portrait, front, back, person."""


class Unprintable(DomainError):
    """Form 01 cannot be printed: `fields` names the fields that hold letters which the fonts lack."""

    code = "unprintable"

    def __init__(self, *, fields: tuple[str, ...]) -> None:
        super().__init__(fields=fields)
        self.fields = fields


class BadScan(DomainError):
    """A scan or photo of the signed form cannot be used: `reason`, and which file by its `place`."""

    code = "bad_scan"

    def __init__(self, *, reason: str, place: int) -> None:
        super().__init__(reason=reason, place=place)
        self.reason, self.place = reason, place


class PastDue(DomainError):
    """The last day to hand in the form is over."""

    code = "past_due"


class NotOpen(DomainError):
    """The application is closed, so this cannot be done any more."""

    code = "not_open"


class NotCorrectable(DomainError):
    """Only a refused, expired or withdrawn application can be corrected and sent again."""

    code = "not_correctable"
