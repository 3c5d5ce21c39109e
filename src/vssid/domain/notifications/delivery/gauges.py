"""Delivery for Prometheus: what became of the messages of this hour and the last, from the table of hours.

Labels are bounded: gateways of the file, operators of the list, channels, and kinds that some room has.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Sum

from vssid.infra import metrics
from vssid.infra.metrics import Gauges

from ..inbox.kinds import KINDS, Channel
from ..models.delivery import Hour
from ..outbox import letters, templates
from . import board, counting

HOURS = 2
OTHER = "other"
"""What no label names: kinds of an older version."""
_Parts = dict[tuple[str, ...], float]


def gauges(now: datetime) -> Gauges:
    """How many messages, by what they went and became, and how long those that arrived took."""
    boards = {channel.value: board.board(channel.value, hours=HOURS, now=now) for channel in Channel}
    kinds, seconds, gateways, operators = _kinds(now), {}, {}, {}
    for channel, shown in boards.items():
        gateways.update(_outcomes(shown.gateways, channel))
        operators.update(_outcomes(shown.operators, channel))
        seconds.update(_seconds(shown.gateways, channel))
    counted = counting.as_of()
    return {
        "vssid_delivery_gateway_messages": (
            "Messages made in this hour and the last, by gateway",
            ("channel", "gateway", "outcome"),
            gateways,
        ),
        "vssid_delivery_operator_messages": (
            "Messages made in this hour and the last, by operator of the phone",
            ("channel", "operator", "outcome"),
            operators,
        ),
        "vssid_delivery_kind_messages": (
            "Messages made in this hour and the last, by kind",
            ("channel", "kind", "outcome"),
            kinds,
        ),
        "vssid_delivery_seconds": (
            "Seconds from being made to arriving, within which half (0.5) or nearly all (0.95) arrive",
            ("channel", "gateway", "part"),
            seconds,
        ),
        "vssid_delivery_counted_age_seconds": metrics.gauge(
            "Since when the figures of delivery are counted",
            (now - counted).total_seconds() if counted else 0.0,
        ),
    }


def _outcomes(lines: list[board.Line], channel: str) -> _Parts:
    return {
        (channel, line.name, outcome): float(count)
        for line in lines
        for outcome, count in (
            ("delivered", line.delivered),
            ("lost", line.lost),
            ("under_way", line.under_way),
        )
    }


def _seconds(lines: list[board.Line], channel: str) -> _Parts:
    return {
        (channel, line.name, part): float(seconds)
        for line in lines
        for part, seconds in (("0.5", line.median), ("0.95", line.slowest))
        if seconds is not None
    }


def _kinds(now: datetime) -> _Parts:
    since = now.replace(minute=0, second=0, microsecond=0) - (HOURS - 1) * board.HOUR
    rows = Hour.objects.filter(hour__gte=since).values_list("channel", "kind", "state")
    known = KINDS.keys() | templates.TEXTS.keys() | letters.TEXTS.keys()
    counts: _Parts = {}
    for channel, kind, state, count in rows.annotate(Sum("count")):
        key = (channel, kind if kind in known else OTHER, board.outcome(state))
        counts[key] = counts.get(key, 0.0) + count
    return counts
