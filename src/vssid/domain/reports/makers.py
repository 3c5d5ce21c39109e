"""What makes a report's figures into values for a file: handed in by the door that knows their words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from vssid.kernel.actor import Actor

from .paper.printed import Printed

# Of whom, from a day to a day, as of a moment.
Make = Callable[[Actor, date, date, datetime], Printed]
_MAKERS: dict[str, Make] = {}


def register(makers: Mapping[str, Make]) -> None:
    """Take the makers of a door, by the name of the report. Refuses (ValueError) a name twice."""
    if twice := makers.keys() & _MAKERS.keys():
        raise ValueError(f"reports made twice: {sorted(twice)}")
    _MAKERS.update(makers)


def names() -> tuple[str, ...]:
    """The reports that can be made."""
    return tuple(_MAKERS)


def make(report: str, by: Actor, since: date, until: date, now: datetime) -> Printed:
    """The report for this post."""
    return _MAKERS[report](by, since, until, now)
