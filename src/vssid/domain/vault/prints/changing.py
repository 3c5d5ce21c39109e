"""Fingerprint everything anew as the order of the keys wants it; can be stopped anywhere and run again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from . import known
from .parts import Part, parts

# Hears the name of a table, and how many rows of it are done.
Tell = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Left:
    """What of a table still needs another key than the first, and until when, where it goes by itself."""

    name: str
    count: int
    until: datetime | None
    is_compared: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a change of keys is. `first` and `others` are the names of the given keys."""

    first: str
    others: tuple[str, ...]
    unprepared: tuple[str, ...]
    led: bool  # one of the others is, or was, the first: it is to go; else it is to become the first
    freed: tuple[str, ...]
    left: tuple[Left, ...]


def is_settled() -> bool:
    """One key, and nothing bears another: there is nothing to do."""
    return len(known.given()) == 1 and not known.gone()


def change(*, now: datetime, seconds: float | None = None, tell: Tell | None = None) -> int:
    """Do what the keys of the settings want done; returns how many rows were made anew or removed.

    Each batch is a transaction; stopped anywhere, the next run goes on with what is left. `seconds`: begin no
    batch after that. Raises keys.CannotOpen where a master key is lacking.
    """
    until = None if seconds is None else time.monotonic() + seconds
    done = sum(_run(part, until, tell) for part in parts() if part.step is not None and part.left())
    if until is not None and time.monotonic() >= until:
        return done
    return done + _end(now)


def _run(part: Part, until: float | None, tell: Tell | None) -> int:
    assert part.step is not None
    after, done = None, 0
    while until is None or time.monotonic() < until:
        after, changed = part.step(after)
        done += changed
        if tell is not None:
            tell(part.name, done)
        if after is None:
            break
    return done


def _end(now: datetime) -> int:
    """Note what is complete, and remove what nobody asks for any more."""
    parts_left = list(left(now))
    if not any(part.count for part in parts_left if part.is_compared):
        known.prepare(now=now)
        if not any(part.count for part in parts_left):
            known.free(now=now)
    removed = sum(part.tidy() for part in parts() if part.tidy is not None) if known.gone() else 0
    # Processes with the settings of before may still be ending; the night looks once more.
    if not removed:
        known.forget([bytes(row.mark) for row in known.gone()])
    return removed


def left(now: datetime) -> Iterator[Left]:
    """What still needs another key, table by table; what has expired does not."""
    for part in parts():
        count = part.left()
        moment = part.until() if part.until is not None and count else None
        if part.until is not None and (moment is None or moment <= now):
            count = 0
        yield Left(part.name, count, moment, part.is_compared)


def standing(*, now: datetime) -> Standing:
    """How far a change of keys is."""
    first, *others = known.given()
    return Standing(
        first.id,
        tuple(key.id for key in others),
        tuple(known.unprepared()),
        any(key in known.led() for key in known.given()[1:]),
        tuple(known.freed()),
        tuple(part for part in left(now) if part.count),
    )
