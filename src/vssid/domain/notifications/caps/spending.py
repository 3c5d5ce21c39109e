"""How many texts may leave a day: of codes, of others, of a kind, to a phone. At a cap a text waits.

Codes and passwords have a share of their own, so that notices never take it. What is not set by hand is in
the dated `data/caps.csv`. A text is counted with its first attempt; those after it are the same text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files

import structlog
from django.db import connection

from vssid.infra.metrics import Gauges
from vssid.kernel import dated
from vssid.kernel.calendar import VIETNAM, local_day

from ..models.caps import Cap, CapCount
from ..models.messages import Message

CODES, OTHERS, PHONE, KIND = "codes", "others", "phone", "kind:"
ALARM_PERCENT = 80
KEPT = timedelta(days=2)
_log = structlog.get_logger(__name__)
# One statement counts and refuses, so that of many at once none is beyond the cap.
_COUNT = """
INSERT INTO notifications_cap_count (day, key, count) SELECT %(day)s, %(key)s, 1 WHERE %(most)s > 0
ON CONFLICT (day, key) DO UPDATE SET count = notifications_cap_count.count + 1
WHERE notifications_cap_count.count < %(most)s RETURNING count
"""


@dataclass(frozen=True, slots=True)
class CapView:
    """One cap as it holds on a day. `set_by` is empty for what the data says."""

    scope: str
    most: int
    used: int
    set_by: str
    why: str
    from_on: date | None

    @property
    def alarms(self) -> bool:
        """Is so much used that somebody should look?"""
        return self.scope != PHONE and self.used >= alarm_at(self.most)

    @property
    def is_used_up(self) -> bool:
        """Does no more text of it leave today?"""
        return self.scope != PHONE and self.used >= self.most


class Capped(Exception):
    """The day's texts of a scope are used up; whatever was counted for this one is taken back."""

    def __init__(self, scope: str) -> None:
        super().__init__(scope)
        self.scope = scope


def spend(message: Message, now: datetime) -> None:
    """Count a text that is about to leave for the first time, in the caller's transaction. Raises Capped."""
    day, scopes = local_day(now), dict(_scopes(message))
    for scope, most in _in_force(scopes, day).items():
        _spend(scope, scopes[scope], most, day)


def next_day(now: datetime) -> datetime:
    """When there are texts again: midnight in Việt Nam."""
    return datetime.combine(local_day(now) + timedelta(days=1), time(), VIETNAM)


def alarm_at(most: int) -> int:
    """With which text of a cap the alarm rings."""
    return max(1, -(-most * ALARM_PERCENT // 100))


def listed(now: datetime) -> list[CapView]:
    """Every cap that holds today, and how much of it is used; of phones no single one."""
    day = local_day(now)
    used = dict(CapCount.objects.filter(day=day).exclude(key__startswith=PHONE).values_list("key", "count"))
    kinds = Cap.objects.filter(scope__startswith=KIND, from_on__lte=day).values_list("scope", flat=True)
    scopes = [CODES, OTHERS, PHONE, *sorted(set(kinds))]
    rows = _rows(scopes, day)
    return [
        _view(scope, rows.get(scope), most, used.get(scope, 0))
        for scope, most in _in_force(scopes, day).items()
    ]


def gauges(now: datetime) -> Gauges:
    """For Prometheus: how much of each cap of the day is used."""
    parts: dict[tuple[str, ...], float] = {
        (cap.scope,): cap.used / cap.most for cap in listed(now) if cap.most and cap.scope != PHONE
    }
    return {"vssid_sms_cap_used": ("Part of the day's texts that is used", ("scope",), parts)}


def forget_old(now: datetime) -> int:
    """The counts of the days before yesterday; returns how many."""
    return CapCount.objects.filter(day__lt=local_day(now - KEPT)).delete()[0]


def _scopes(message: Message) -> Iterator[tuple[str, str]]:
    """In one order for all, so that no two wait for each other."""
    if message.to_print:
        yield PHONE, PHONE + ":" + bytes(message.to_print).hex()
    yield KIND + message.kind, KIND + message.kind
    share = CODES if message.series else OTHERS
    yield share, share


def _spend(scope: str, key: str, most: int, day: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"day": day, "key": key[:90], "most": most})
        row = cursor.fetchone()
    if row is None:
        raise Capped(scope)
    if scope == PHONE:
        return
    if row[0] == most:
        _log.error("sms_cap_used_up", scope=scope, most=most)
    elif row[0] == alarm_at(most):
        _log.warning("sms_cap_near", scope=scope, used=row[0], most=most)


def _in_force(scopes: Collection[str], day: date) -> dict[str, int]:
    """What holds on a day, of those scopes that are capped, in their order."""
    rows = _rows(scopes, day)
    caps = {}
    for scope in scopes:
        line = dated.on(_table(), day, scope=scope)
        if scope in rows:
            caps[scope] = rows[scope].most
        elif line is not None:
            caps[scope] = int(line["most"])
    return caps


def _rows(scopes: Collection[str], day: date) -> dict[str, Cap]:
    """What was set by hand and holds on a day: of each scope the last."""
    rows = Cap.objects.filter(scope__in=list(scopes), from_on__lte=day).order_by("from_on", "id")
    return {row.scope: row for row in rows}


def _view(scope: str, row: Cap | None, most: int, used: int) -> CapView:
    if row is None:
        return CapView(scope, most, used, "", "", None)
    return CapView(scope, most, used, row.set_by, row.why, row.from_on)


@lru_cache(maxsize=1)
def _table() -> tuple[dated.Row, ...]:
    path = files("vssid.domain.notifications") / "data" / "caps.csv"
    with path.open(encoding="utf-8") as lines:
        return dated.rows(lines)
