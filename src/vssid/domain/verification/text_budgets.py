"""Texts that strangers ask for: each costs work, and there are so many an hour and a day.

Somebody who makes money with texts to numbers of theirs can ask for codes to any number. So a network has a
budget and so have all together (`data/text_budgets.csv`, or settings); an alarm rings before it is used up.
Whoever is signed in, a device that the account knows, and officers are not counted: their texts always leave.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from importlib.resources import files

import structlog
from django.conf import settings
from django.db import connection

from vssid.domain.vault import sealing as vault
from vssid.infra import metrics
from vssid.kernel import dated
from vssid.kernel.calendar import VIETNAM, local_day

from . import limits
from .errors import ChallengeNeeded, TextsUsedUp
from .models import TextCount
from .proofs import Address

log = structlog.get_logger()
ALL, NETWORK = "all", "network"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# A person without a script needs that long to read the page and to answer; for a machine it is long.
SUM_AFTER = timedelta(seconds=15)
# One statement counts and refuses, so that of many at once none is beyond the budget.
_COUNT = """
INSERT INTO accounts_text_count (key, starts_at, count) VALUES (%s, %s, 1)
ON CONFLICT (key, starts_at) DO UPDATE SET count = accounts_text_count.count + 1
WHERE accounts_text_count.count < %s RETURNING count
"""


@dataclass(frozen=True, slots=True)
class Budget:
    """So many texts (`most`) of a network or of all (`scope`) in the hour or day from `starts_at` on."""

    scope: str
    window: str
    most: int
    starts_at: datetime
    ends_at: datetime


@lru_cache(maxsize=1)
def _table() -> tuple[dated.Row, ...]:
    path = files("vssid.domain.verification") / "data" / "text_budgets.csv"
    with path.open(encoding="utf-8") as lines:
        return dated.rows(lines)


def budgets(scope: str, now: datetime) -> Iterator[Budget]:
    """The hour's and the day's (of Việt Nam); a setting goes before the dated row."""
    row = dated.on(_table(), local_day(now))
    assert row is not None  # the table has no gap
    local = now.astimezone(VIETNAM)
    starts = {
        "hour": (local.replace(minute=0, second=0, microsecond=0), HOUR),
        "day": (local.replace(hour=0, minute=0, second=0, microsecond=0), DAY),
    }
    for window, (start, length) in starts.items():
        name = f"{scope}_{window}"
        yield Budget(scope, window, settings.TEXT_BUDGETS[name] or int(row[name]), start, start + length)


def ask_for_work(address: str, *, now: datetime) -> None:
    """Before anything is counted: a stranger's text costs a proof of work. Raises ChallengeNeeded or Limited.

    A sum done by a person without a script counts when it was not done at once, for some an hour.
    """
    if not settings.TEXT_WORK_BITS or not isinstance(address, Address) or address.who:
        return
    solved = address.solved(now=now)
    if solved is None or (solved.by_work and solved.bits < settings.TEXT_WORK_BITS):
        raise ChallengeNeeded(was_wrong=address.was_wrong, for_text=True)
    if solved.by_work:
        return
    if solved.age < SUM_AFTER:
        raise ChallengeNeeded(was_wrong=False, for_text=True, was_early=True)
    limits.hit("text_sum_near", limits.network(address), now=now)
    limits.hit("text_sum", ALL, now=now)


def spend(address: str, *, now: datetime) -> None:
    """Count one text that a stranger at this address asked for. Raises TextsUsedUp.

    The network first: one that has used up its own takes nothing from the others.
    """
    for scope, whose in ((NETWORK, limits.network(address)), (ALL, "")):
        for budget in budgets(scope, now):
            _spend(budget, whose)


def _spend(budget: Budget, whose: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [_key(budget, whose), budget.starts_at, budget.most])
        row = cursor.fetchone()
    if row is None:
        metrics.text_refused(budget.scope)
        raise TextsUsedUp(name=f"texts_{budget.scope}", retry_at=budget.ends_at)
    if row[0] == budget.most:
        log.error("texts_used_up", scope=budget.scope, window=budget.window, most=budget.most)
    elif budget.scope == ALL and row[0] == alarm_at(budget):
        log.warning("texts_nearly_used_up", window=budget.window, used=row[0], most=budget.most)


def alarm_at(budget: Budget) -> int:
    """With which text of a budget the alarm rings."""
    return max(1, -(-budget.most * settings.TEXTS_ALARM_PERCENT // 100))


def _key(budget: Budget, whose: str) -> bytes:
    return vault.fingerprint(f"texts:{budget.scope}:{budget.window}", whose)


def used(now: datetime) -> dict[str, float]:
    """How much of the budget of all is used, 0 to 1, by window."""
    shares = {}
    for budget in budgets(ALL, now):
        rows = TextCount.objects.filter(key=_key(budget, ""), starts_at=budget.starts_at)
        shares[budget.window] = (rows.values_list("count", flat=True).first() or 0) / budget.most
    return shares


def sweep(now: datetime) -> int:
    """Forget the counts of the days before yesterday; returns how many."""
    deleted, _ = TextCount.objects.filter(starts_at__lt=now - 2 * DAY).delete()
    return deleted
