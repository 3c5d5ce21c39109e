"""Why a difference is not sent, or a request not answered."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from vssid.domain.casework.errors import AlreadyMoved
from vssid.kernel.errors import DomainError


class NoOffice(DomainError):
    """The employer belongs to no office that could mend anything."""

    code: ClassVar[str] = "employer_no_office"


class LiesAtOffice(DomainError):
    """The difference was sent: it is not the file that is to be mended, unless the request is withdrawn."""

    code: ClassVar[str] = "correction_sent"


class AlreadyClosed(AlreadyMoved):
    """The request does not stand (any more) where this can be done."""

    code: ClassVar[str] = "correction_moved"

    def __init__(self, *, state: str, by: str, at: datetime | None) -> None:
        super().__init__(state=state, by=by, at=at)
