"""A person's own record, with the card in it, as values."""

from __future__ import annotations

from datetime import datetime

from vssid.kernel.calendar import local_day

from . import reading, record
from .reading import Record


def own_record(person_id: int, *, now: datetime) -> Record:
    """Card and participation as they stand at the moment, read in one statement.

    The card is the one that counts today, else the next, else the last one; None without any coverage.
    """
    return reading.read(record.of(person_id, now=now), person_id, local_day(now))
