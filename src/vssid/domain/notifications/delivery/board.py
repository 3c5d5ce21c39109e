"""The figures of delivery over a time: by hour, gateway, operator, kind, state; from the table of hours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet, Sum

from ..models.delivery import Hour
from ..outbox.states import FINAL, State
from . import counting

LOST = (State.FAILED, State.EXPIRED)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Line:
    """Messages that are alike in one thing. `median` and `slowest` (19 of 20 arrive sooner): seconds to
    arrive, None where none has arrived.
    """

    name: str
    total: int
    delivered: int
    lost: int
    under_way: int
    median: int | None
    slowest: int | None


@dataclass(frozen=True, slots=True)
class HourLine:
    """What became of the messages made in one hour."""

    hour: datetime
    delivered: int
    lost: int
    under_way: int

    @property
    def total(self) -> int:
        """All of the hour."""
        return self.delivered + self.lost + self.under_way


@dataclass(frozen=True, slots=True)
class Board:
    """The figures of one channel from `since` on, as of a moment; None before the first count."""

    as_of: datetime | None
    since: datetime
    whole: Line
    hours: list[HourLine]
    gateways: list[Line]
    operators: list[Line]
    kinds: list[Line]
    states: dict[str, int]


def board(channel: str, *, hours: int, now: datetime) -> Board:
    """The last so many hours, the one under way among them."""
    last = now.replace(minute=0, second=0, microsecond=0)
    since = last - (hours - 1) * HOUR
    rows = Hour.objects.filter(channel=channel, hour__gte=since, hour__lte=last)
    states = dict(rows.values_list("state").annotate(Sum("count")))
    return Board(
        as_of=counting.as_of(),
        since=since,
        whole=_whole(rows, states),
        hours=_by_hour(rows, since, hours),
        gateways=_lines(rows, "gateway"),
        operators=_lines(rows, "operator"),
        kinds=_lines(rows, "kind"),
        states={state.value: states.get(state.value, 0) for state in State},
    )


def _whole(rows: QuerySet[Hour], states: Mapping[str, int]) -> Line:
    times = rows.filter(seconds__gte=0).values_list("seconds").annotate(Sum("count"))
    return _line("", states, list(times))


def _by_hour(rows: QuerySet[Hour], since: datetime, hours: int) -> list[HourLine]:
    """Every hour, also one without a message."""
    counts: dict[datetime, dict[str, int]] = {}
    for hour, state, count in rows.values_list("hour", "state").annotate(Sum("count")):
        counts.setdefault(hour, {})[state] = count
    begun = [since + number * HOUR for number in range(hours)]
    return [HourLine(hour, *_sums(counts.get(hour, {}))) for hour in begun]


def _lines(rows: QuerySet[Hour], column: str) -> list[Line]:
    """A line for each value of a column, the largest first."""
    states: dict[str, dict[str, int]] = {}
    for name, state, count in rows.values_list(column, "state").annotate(Sum("count")):
        states.setdefault(name, {})[state] = count
    times: dict[str, list[tuple[int, int]]] = {}
    for name, seconds, count in (
        rows.filter(seconds__gte=0).values_list(column, "seconds").annotate(Sum("count"))
    ):
        times.setdefault(name, []).append((seconds, count))
    lines = [_line(name, counts, times.get(name, [])) for name, counts in states.items()]
    return sorted(lines, key=lambda line: (-line.total, line.name))


def _line(name: str, states: Mapping[str, int], times: Iterable[tuple[int, int]]) -> Line:
    delivered, lost, under_way = _sums(states)
    ordered = sorted(times)
    return Line(
        name=name,
        total=delivered + lost + under_way,
        delivered=delivered,
        lost=lost,
        under_way=under_way,
        median=percentile(ordered, 50),
        slowest=percentile(ordered, 95),
    )


def _sums(states: Mapping[str, int]) -> tuple[int, int, int]:
    """Delivered, lost, under way."""
    lost = sum(states.get(state.value, 0) for state in LOST)
    under_way = sum(count for state, count in states.items() if state not in FINAL)
    return states.get(State.DELIVERED.value, 0), lost, under_way


def outcome(state: str) -> str:
    """Delivered, lost or under_way."""
    if state in LOST:
        return "lost"
    return "delivered" if state == State.DELIVERED else "under_way"


def percentile(ordered: Iterable[tuple[int, int]], percent: int) -> int | None:
    """The first value that so many percent do not exceed, of (value, count) in order; None of nothing."""
    pairs = list(ordered)
    needed = sum(count for _value, count in pairs) * percent / 100
    reached = 0
    for value, count in pairs:
        reached += count
        if reached >= needed:
            return value
    return None
