"""The lanes: a fixed number, each with a head that says where it ends and from where on events are marked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from . import marks
from .models import LANES, Lane

# Processes of the version before may write events without marks for so long after `migrate`.
GRACE = timedelta(days=1)


def lay(*, now: datetime, model: type[Any] = Lane) -> None:
    """Lay every lane and mark its head: once, when a database is made or first gets marks.

    Refuses to mark anew what has marks already: a head that somebody moved would be made good by that.
    """
    there = {lane.lane: lane for lane in model.objects.select_for_update().order_by("lane")}
    if any(lane.mac for lane in there.values()):
        raise ValueError("the lanes of the log are marked already")
    for number in range(LANES):
        lane = there.get(number) or model(lane=number, seq=0, hash=bytes(32))
        lane.founded_seq, lane.founded_hash, lane.founded_at = lane.seq, bytes(lane.hash), now
        lane.mac = marks.of_head(lane)
        lane.save()


def in_grace(lane: Lane, moment: datetime) -> bool:
    """May what was written at the moment be without a mark, since the version before was still at work?"""
    return lane.founded_at is not None and moment <= lane.founded_at + GRACE
