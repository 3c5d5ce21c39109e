"""At which hours texts of invitations go out: `data/text_hours.csv`, our own choice. Pure.

What is made at another hour waits for the next of them; e-mail wakes nobody and goes at any.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files

from vssid.kernel import dated
from vssid.kernel.calendar import VIETNAM, local_day

from .rules import Channel


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when (not included) of a day texts go out."""

    begins: time
    ends: time


@lru_cache(maxsize=1)
def _table() -> tuple[dated.Row, ...]:
    with (files("vssid.domain.employers") / "data" / "text_hours.csv").open(encoding="utf-8") as lines:
        return dated.rows(lines)


def on(day: date) -> Hours:
    """The hours of a day. Raises LookupError where the data has a gap."""
    row = dated.on(_table(), day)
    if row is None:
        raise LookupError(day)
    return Hours(time.fromisoformat(row["begins"]), time.fromisoformat(row["ends"]))


def leaves_at(channel: Channel, now: datetime) -> datetime:
    """When a message that is made now goes out: now, or when the next hours begin."""
    if channel is not Channel.SMS:
        return now
    here, day = now.astimezone(VIETNAM), local_day(now)
    hours = on(day)
    if here.time() >= hours.ends:
        day += timedelta(days=1)
        return datetime.combine(day, on(day).begins, VIETNAM)
    return max(here, datetime.combine(day, hours.begins, VIETNAM))
