"""Blobs that no row names: what a crash between writing a blob and committing its row leaves behind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import islice

from . import blobs
from .database.away import is_lost

# Long enough for the slowest transaction between writing a blob and committing its row.
AGE = timedelta(hours=1)
_BATCH = 500


def sweep(
    folder: str, named: Callable[[list[str]], Collection[str]], now: datetime, *, age: timedelta = AGE
) -> int:
    """Delete blobs of a folder that are old and that `named` does not give back; returns how many."""
    old = (key for key, written in blobs.stored_under(folder) if now - written > age)
    swept = 0
    while batch := list(islice(old, _BATCH)):
        known = set(named(batch))
        orphans = [key for key in batch if key not in known]
        for key in orphans:
            blobs.delete(key)
        swept += len(orphans)
    return swept


def drop(keys: Iterable[str], after: BaseException | None = None) -> None:
    """Remove blobs whose rows were not committed. After a lost connection nobody knows whether they were:
    then they stay, for `sweep` asks the rows.
    """
    if is_lost(after):
        return
    for key in keys:
        with suppress(Exception):
            blobs.delete(key)
