"""The database's clock: one for all, asked where something cannot be undone; and how far ours is from it."""

from __future__ import annotations

import time
from datetime import datetime

import structlog
from django.conf import settings
from django.db import connection

log = structlog.get_logger()


def of_database() -> datetime:
    """Now, as the database says it, with its zone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def away() -> float:
    """By how many seconds at least our clock and the database's differ."""
    with connection.cursor() as cursor:
        before = time.time()
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())::float8")
        theirs = float(cursor.fetchone()[0])
    return between(before, theirs, time.time())


def between(before: float, theirs: float, after: float) -> float:
    """How far their moment lies outside of the two of ours around it, in seconds."""
    return max(before - theirs, theirs - after, 0.0)


def agrees(seconds: float) -> bool:
    """Is that little enough (VSSID_CLOCK_SECONDS) to do what cannot be undone?"""
    return bool(seconds <= settings.CLOCK_SECONDS)


class Watch:
    """The clock of a process that works for long: compared now and then, and felt to jump in between."""

    def __init__(self) -> None:
        self.away: float | None = None  # seconds; None: not compared yet
        self._drift = _wall_over_steady()

    def compare(self, before: float, theirs: float, after: float) -> bool:
        """Take the database's moment, asked between two of ours; True when we turn out to be wrong now.

        A change of mind is told in the log.
        """
        agreed, self.away = self.away is None or agrees(self.away), between(before, theirs, after)
        self._drift = _wall_over_steady()
        if agrees(self.away) and not agreed:
            log.info("clock_agrees", seconds=round(self.away, 1))
        if agreed and not agrees(self.away):
            log.error("clock_disagrees", seconds=round(self.away, 1))
            return True
        return False

    @property
    def is_certain(self) -> bool:
        """It was compared, and has not jumped since."""
        return self.away is not None and agrees(abs(_wall_over_steady() - self._drift))

    @property
    def agrees(self) -> bool:
        """Certain, and near the database's."""
        return self.is_certain and self.away is not None and agrees(self.away)


def _wall_over_steady() -> float:
    return time.time() - time.monotonic()
