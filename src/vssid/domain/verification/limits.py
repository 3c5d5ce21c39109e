"""Limits on tries that grow, and never lock out others.

A limit is a named rule and a key; the rules are handed in by the rooms and doors that own them. Each hit
counts, successful or not; a hit while waiting is refused but does not lengthen the wait. Each time the limit
is reached again the wait doubles, up to a cap; after a quiet window the level falls back. Keys are stored as
fingerprints.
Call `hit` outside a transaction: a refusal later on must not undo the count.

An address is not a person: a factory's workers have one, and one household's IPv6 network has endless many.
So a rule that is `crowded` asks for a proof of work (`proofs`) instead of refusing, up to so many times its
limit, and an IPv6 address counts by its /64. What only its owner can bring (a right code, a passkey, a device
the account knows, a session) is counted apart from what strangers try, or not at all.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, cast

from django.db import IntegrityError, connection, transaction

from vssid.domain.vault import sealing as vault

from .errors import ChallengeNeeded, Limited
from .models import Throttle

# At every hit, of which a page may have several: built by the model they took four times as long.
_COLUMNS = ("key", "count", "level", "window_start", "blocked_until")
# Laid and locked in one statement: between two, another request may forget the row (`forgive`, `sweep`). A
# row that is there is set to what it says, which locks it.
_LAY = """
INSERT INTO accounts_throttle AS kept (key, count, level, window_start) VALUES (%s, 0, 0, %s)
ON CONFLICT (key) DO UPDATE SET level = kept.level
RETURNING key, count, level, window_start, blocked_until
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """`limit` hits per `window`; then wait `wait`, doubling to `cap`.

    `crowded`: beyond the limit a proof of work is asked for, up to so many times the limit.
    `then`: so many hits after a wait, until the window was quiet; 0 means `limit` again.
    """

    limit: int
    window: timedelta
    wait: timedelta
    cap: timedelta
    crowded: int = 0
    then: int = 0


QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
# Behind one address may be a factory. What is endless never refuses who works: its bound is elsewhere, as the
# five tries of each code.
CROWDED, ENDLESS = 20, 10**6
RULES: dict[str, Rule] = {}
"""Every rule by name, as the rooms and doors that own them handed them in."""


def register(rules: Mapping[str, Rule]) -> None:
    """Take over the rules of one room or door (its `limit_rules.LIMITS`), at start. Refuses a name twice."""
    if twice := RULES.keys() & rules.keys():
        raise ValueError(f"limits named twice: {sorted(twice)}")
    RULES.update(rules)


def place(address: str) -> str:
    """What an address counts as: an IPv4 one as itself, however it is written; an IPv6 one as its /64, which
    is what one household or phone is given. What is no address counts as it is.
    """
    ip = _parsed(address)
    if ip is None or ip.version == 4:
        return str(ip or address)
    return str(ipaddress.ip_network((ip.packed, 64), strict=False))


def network(address: str) -> str:
    """The network around an address that one customer of a provider may have: an IPv4 /24, an IPv6 /56.

    Wider ones are a whole provider's: what is counted there would stop a province.
    """
    ip = _parsed(address.partition("/")[0])
    if ip is None:
        return address
    return str(ipaddress.ip_network((ip.packed, 24 if ip.version == 4 else 56), strict=False))


def _parsed(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return None
    if ip.version == 6:
        return ip.ipv4_mapped or ip.sixtofour or ip
    return ip


class Worker(Protocol):
    """A key that may have brought a proof of work (`proofs.Address`)."""

    was_wrong: bool

    def has_worked(self, *, now: datetime) -> bool:
        """Did it?"""


def hit(name: str, key: str, *, now: datetime, by: str = "") -> None:
    """Count one use of the rule `name` by `key`. Raises Limited while the key must wait.

    Raises ChallengeNeeded instead where a crowd is at it and the request, known by the address `by` (without
    it: the key), brought no proof of work.
    """
    rule, asker = RULES[name], by or key
    try:
        _count(name, rule, key, now)
    except Limited:
        if not (rule.crowded and hasattr(asker, "has_worked")):
            raise
        worker = cast(Worker, asker)
        if not worker.has_worked(now=now):
            raise ChallengeNeeded(was_wrong=worker.was_wrong) from None
        _count(f"{name}:worked", replace(rule, limit=rule.limit * rule.crowded), key, now)


def check(name: str, key: str, *, now: datetime) -> None:
    """Count nothing. Raises Limited while the key must wait."""
    rows = Throttle.objects.filter(key__in=vault.fingerprints(f"throttle:{name}", key), blocked_until__gt=now)
    if row := rows.order_by("blocked_until").last():
        assert row.blocked_until is not None
        raise Limited(name=name, retry_at=row.blocked_until)


def _count(name: str, rule: Rule, key: str, now: datetime) -> None:
    with transaction.atomic():
        row = _row(name, key, now)
        if row.blocked_until is not None and now < row.blocked_until:
            raise Limited(name=name, retry_at=row.blocked_until)
        if now - row.window_start > rule.window:
            quiet = int((now - row.window_start) / rule.window)
            row.count, row.window_start, row.level = 0, now, max(0, row.level - quiet)
        row.count += 1
        if row.count > rule.limit:
            row.blocked_until = now + min(rule.wait * 2**row.level, rule.cap)
            row.level, row.window_start = min(row.level + 1, 20), row.blocked_until
            row.count = max(0, rule.limit - rule.then) if rule.then else 0
            row.save()
        else:
            row.blocked_until = None
            row.save()
            return
    raise Limited(name=name, retry_at=row.blocked_until)


def _row(name: str, key: str, now: datetime) -> Throttle:
    fingerprint, *others = vault.fingerprints(f"throttle:{name}", key)
    if others:
        _take_over(fingerprint, others)
    with connection.cursor() as cursor:
        cursor.execute(_LAY, [fingerprint, now])
        return Throttle.from_db(connection.alias, _COLUMNS, cursor.fetchone())


def _take_over(fingerprint: bytes, others: list[bytes]) -> None:
    """While fingerprint keys are changed: what was counted under another key is counted on under this one."""
    try:
        with transaction.atomic():
            Throttle.objects.filter(key__in=others).update(key=fingerprint)
    except IntegrityError:  # there is one under this key: it counts, and the other goes
        Throttle.objects.filter(key__in=others).delete()


def forgive(name: str, key: str) -> None:
    """Forget the hits of a key, after it proved to be the owner."""
    Throttle.objects.filter(key__in=vault.fingerprints(f"throttle:{name}", key)).delete()


def sweep(now: datetime) -> int:
    """Delete keys at rest for two days; returns how many."""
    deleted, _ = Throttle.objects.filter(window_start__lt=now - 2 * DAY).delete()
    return deleted
