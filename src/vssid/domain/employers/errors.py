"""Why an employer is not invited, does not come in, or is not noted as over."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from vssid.kernel.errors import DomainError


class WrongCode(DomainError):
    """No entry has this code."""

    code: ClassVar[str] = "entry_wrong_code"


class TooManyTries(DomainError):
    """Codes that began as this one were tried too often: it opens nothing more, a new one is needed."""

    code: ClassVar[str] = "entry_too_many_tries"


class CodeUsed(DomainError):
    """The code has opened the employer before, at `at`."""

    code: ClassVar[str] = "entry_used"

    def __init__(self, *, at: datetime) -> None:
        super().__init__(at=at)
        self.at = at


class CodeExpired(DomainError):
    """The code held until `at`."""

    code: ClassVar[str] = "entry_expired"

    def __init__(self, *, at: datetime) -> None:
        super().__init__(at=at)
        self.at = at


class CodeCancelled(DomainError):
    """The office took the code back, or a newer one took its place."""

    code: ClassVar[str] = "entry_cancelled"


class CodeOfAnother(DomainError):
    """A good code, of another employer."""

    code: ClassVar[str] = "entry_of_another"


class EmployerIn(DomainError):
    """Somebody administers the employer already: that person adds others."""

    code: ClassVar[str] = "employer_in"


class EmployerOver(DomainError):
    """The employer has ceased or is merged into another, since `since`."""

    code: ClassVar[str] = "employer_over"

    def __init__(self, *, since: date) -> None:
        super().__init__(since=since)
        self.since = since


class AlreadyInvited(DomainError):
    """An invitation is open: `entry` is its number."""

    code: ClassVar[str] = "employer_invited"

    def __init__(self, *, entry: int) -> None:
        super().__init__(entry=entry)
        self.entry = entry


class EntryClosed(DomainError):
    """The invitation is used or cancelled already."""

    code: ClassVar[str] = "entry_closed"


class NoPaper(DomainError):
    """There is no such power of attorney of this employer, or its pages are erased."""

    code: ClassVar[str] = "no_paper"


class NobodyIn(DomainError):
    """Nobody acts for the employer here, so nobody would read what is written to it."""

    code: ClassVar[str] = "employer_nobody_in"
