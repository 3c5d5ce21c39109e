"""Messages by hour as a picture: bars of what arrived, is under way and was lost. Drawn here, read as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vssid.domain.notifications.delivery.board import HourLine

WIDTH, HEIGHT, GAP = 960, 180, 0.2


@dataclass(frozen=True, slots=True)
class Bar:
    """One part of one hour's bar; `sort` is delivered, under-way or lost. Numbers as SVG writes them."""

    sort: str
    x: str
    y: str
    width: str
    height: str


def bars(hours: Sequence[HourLine]) -> list[Bar]:
    """The bars of all hours, the highest as high as the picture; none without messages."""
    most = max((hour.total for hour in hours), default=0)
    if not most:
        return []
    step = WIDTH / len(hours)
    drawn = []
    for number, hour in enumerate(hours):
        below = 0.0
        parts = (("delivered", hour.delivered), ("under-way", hour.under_way), ("lost", hour.lost))
        for sort, count in parts:
            height = HEIGHT * count / most
            below += height
            if count:
                place = (number * step + step * GAP / 2, HEIGHT - below, step * (1 - GAP), height)
                drawn.append(Bar(sort, *(f"{length:.2f}" for length in place)))
    return drawn
