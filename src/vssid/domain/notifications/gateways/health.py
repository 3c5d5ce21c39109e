"""The rows of the gateways: in step with settings, and with what was seen of them.

They are locked only while weights change, in a transaction of their own; never while a provider is called.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import F, Q, QuerySet

from vssid.infra import sms
from vssid.infra.metrics import Gauges

from ..models.gateways import Attempt, Gateway
from . import rules
from .states import Seen, Standing, Use

Change = Callable[[rules.Standings], rules.Standings]
_log = structlog.get_logger(__name__)


def standings() -> rules.Standings:
    """Every gateway that settings name, as its row says, by name."""
    return tuple(_standing(row) for row in _rows().order_by("name"))


def change(how: Change, *, now: datetime, by: str = "", wait: bool = True) -> rules.Standings:
    """Lock the rows, let `how` say how they stand from now on, and write that down.

    Without `wait` nothing happens while somebody else is changing them.
    """
    with transaction.atomic():
        rows = list(_rows().select_for_update(skip_locked=not wait).order_by("name"))
        if not wait and len(rows) != _rows().count():
            return ()
        before = tuple(_standing(row) for row in rows)
        then = how(before)
        for row, was, is_now in zip(rows, before, then, strict=True):
            if was != is_now:
                _write(row, was, is_now, by)
    return then


def tend(now: datetime, *, wait: bool = True) -> None:
    """Look at what was seen of each gateway and change the weights by the rules."""
    seen = {standing.name: _seen(standing, now) for standing in standings()}
    change(lambda before: rules.after(before, seen, now), now=now, wait=wait)


def note_errors(name: str, now: datetime) -> None:
    """After an error: weights change at once when there were too many within the minute."""
    known = {standing.name: standing for standing in standings()}
    if len(known) < 2 or name not in known:
        return
    # One step a minute at most: in a storm of errors the rows are not locked for each.
    last = max(known[name].weighed_at, known[name].bad_at or known[name].weighed_at)
    if now - last >= rules.ERROR_WINDOW and rules.fails(Seen(errors=_errors(known[name], now))):
        tend(now, wait=False)


def keep_in_step(now: datetime) -> None:
    """A row for each gateway that settings name. The first begin with their parts at rest; one that comes
    later begins with a trial. Rows of others stay: a process with the settings of before may still use them.
    """
    rests = {route.name: route.rest for route in sms.routes().values()}
    known = dict(_rows().values_list("name", "rest"))
    if known == rests:
        return
    with transaction.atomic():
        for name in rests.keys() - known.keys():
            new = {"weight": 0, "use": Use.TRIAL} if known else {"weight": rests[name], "use": Use.USED}
            row = Gateway(name=name, rest=rests[name], changed_at=now, weighed_at=now, why="new", **new)
            Gateway.objects.bulk_create([row], ignore_conflicts=True)
        for name, rest in rests.items():
            Gateway.objects.filter(name=name).exclude(rest=rest).update(rest=rest)
        change(lambda before: rules.whole(before, now), now=now)


def gauges() -> Gauges:
    """For Prometheus: the weight of each gateway."""
    weights: dict[tuple[str, ...], float] = {
        (one.name,): float(one.weight) for one in standings() if one.use is not Use.OFF
    }
    return {
        "vssid_sms_gateway_weight": (
            "Points of 100 of the texts that go by a gateway; none where it is switched off",
            ("gateway",),
            weights,
        )
    }


def _rows() -> QuerySet[Gateway]:
    return Gateway.objects.filter(name__in=sms.routes())


def _seen(standing: Standing, now: datetime) -> Seen:
    since = max(standing.weighed_at, now - rules.SLOW_WINDOW)
    taken = Attempt.objects.filter(gateway=standing.name, at__gt=since, accepted_at__isnull=False)
    slow = taken.filter(_took_long(now))
    return Seen(errors=_errors(standing, now), sent=taken.count(), slow=slow.count())


def _took_long(now: datetime) -> Q:
    """Texts that arrived late, or have not arrived in that time."""
    arrived = Q(delivered_at__gte=F("at") + rules.SLOW_AFTER)
    under_way = Q(delivered_at__isnull=True, failed_at__isnull=True, at__lte=now - rules.SLOW_AFTER)
    return arrived | under_way


def _errors(standing: Standing, now: datetime) -> int:
    """Errors within the window, counted no further than the rule asks."""
    since = max(standing.weighed_at, now - rules.ERROR_WINDOW)
    failed = Attempt.objects.filter(gateway=standing.name, failed_at__gt=since)
    return failed[: rules.MOST_ERRORS + 1].count()


def _standing(row: Gateway) -> Standing:
    return Standing(
        row.name,
        row.weight,
        row.rest,
        Use(row.use),
        row.why,
        row.changed_at,
        row.weighed_at,
        row.bad_at,
    )


def _write(row: Gateway, was: Standing, is_now: Standing, by: str) -> None:
    for name in ("weight", "use", "why", "changed_at", "weighed_at", "bad_at"):
        setattr(row, name, getattr(is_now, name))
    if (was.use, was.why) != (is_now.use, is_now.why):
        row.changed_by = by
    if is_now.use is not Use.TRIAL or was.use is not Use.TRIAL:
        row.trial_message = row.trial_at = None
    row.save()
    if (was.weight, was.use) == (is_now.weight, is_now.use):
        return
    _log.warning(
        "sms_gateway_changed",
        gateway=row.name,
        weight=row.weight,
        was=was.weight,
        use=row.use,
        why=row.why if is_now.use is not Use.OFF else "by_hand",
    )
