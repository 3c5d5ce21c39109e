"""Make a hand-over list of an employer: which forms it brings to which office."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import connection, transaction

from vssid.domain.registration.handover import lists
from vssid.kernel.actor import Actor

from . import queries
from .errors import NothingChosen, TooMany

MOST = 900  # forms a list; a form of the web sends a thousand fields at most
# Of two of an employer's HR who make lists at once the second looks when the first is done.
_LOCK = "SELECT pg_advisory_xact_lock(%s, hashtext(%s))"
_LISTS = 0x5EB2


def make(employer: str, office: str, chosen: Collection[int], *, by: Actor, now: datetime) -> int:
    """A list of the chosen applications, in the order of names; what may not be listed (any more) is left
    out. Returns its id.

    Raises NothingChosen, or TooMany with more than MOST.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_LOCK, [_LISTS, employer])
        rows = [
            row for row in queries.to_list(employer, office=office, now=now) if row.application_id in chosen
        ]
        if not rows:
            raise NothingChosen
        if len(rows) > MOST:
            raise TooMany(most=MOST)
        numbers = [row.number for row in rows]
        return lists.keep(numbers, office=office, by=by, now=now, employer=employer)
