"""What a code is worth on a day: good for this employer, or why not."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from datetime import datetime

from vssid.kernel.calendar import local_day
from vssid.kernel.text import code_text

from ..errors import (
    CodeCancelled,
    CodeExpired,
    CodeOfAnother,
    CodeUsed,
    EmployerIn,
    EmployerOver,
    TooManyTries,
)
from ..models.entries import Entry
from ..seats import queries as seats
from ..seats.roles import Role
from ..standing import queries as standing
from . import codes


def employer_code(typed: str) -> str:
    """The code of an employer as it was typed, in capitals and without spaces."""
    return code_text(typed).upper()


def named(plain: Iterable[str]) -> tuple[list[Entry], Entry | None]:
    """The entries that these readings of a code name, and the one that they prove."""
    readings = {codes.name_part(code): codes.hashed(code) for code in plain}
    rows = list(Entry.objects.filter(name_part__in=readings))
    proved = (row for row in rows if hmac.compare_digest(bytes(row.code_hash), readings[row.name_part]))
    return rows, next(proved, None)


def check(entry: Entry, employer: str, *, now: datetime) -> None:
    """Raises why a proved entry opens nothing: TooManyTries, CodeOfAnother, CodeUsed, CodeExpired,
    CodeCancelled, EmployerOver or EmployerIn.
    """
    if entry.tries >= Entry.MOST_TRIES and entry.used_at is None:
        raise TooManyTries
    if entry.employer_id != employer:
        raise CodeOfAnother
    if entry.used_at is not None:
        raise CodeUsed(at=entry.used_at)
    # Of an old one that a newer took the place of, that it was old is what its holder has to hear.
    if entry.expires_at <= min(now, entry.cancelled_at or now):
        raise CodeExpired(at=entry.expires_at)
    if entry.cancelled_at is not None:
        raise CodeCancelled
    can_come_in(employer, now=now)


def can_come_in(employer: str, *, now: datetime) -> None:
    """Raises EmployerOver or EmployerIn."""
    on = local_day(now)
    if (over := standing.end_of(employer, on=on)) is not None:
        raise EmployerOver(since=over.from_on)
    if seats.live(on).filter(employer_id=employer, role=Role.ADMINISTRATOR).exists():
        raise EmployerIn
