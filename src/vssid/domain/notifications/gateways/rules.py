"""From what was seen to weights: demotion, drift back, the way back from nothing. Values in, values out.

The figures are GOV.UK Notify's (alphagov/notifications-api at 8ea2366, 2026-08-20); those marked "ours" are
not. Together the weights are 100 points while any gateway carries texts. They do not flap
(notifications-api #2373): what a gateway lost comes back by the slow drift alone, never because another
failed after it; who failed within the last quarter of an hour is given nothing; and what was seen before a
change counts for no second one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from .states import Seen, Standing, Use

STEP = 10
MOST_ERRORS = 50
ERROR_WINDOW = timedelta(seconds=60)
SLOW_AFTER = timedelta(minutes=5)
SLOW_WINDOW = timedelta(minutes=15)
SLOW_PERCENT = 15
QUIET = timedelta(minutes=15)
# Ours: one phone that was switched off is no slow gateway.
LEAST_SENT = 20
# Ours: a trial whose text did not arrive so soon has failed.
TRIAL_WAIT = timedelta(minutes=15)
NOTHING = Seen()
Standings = tuple[Standing, ...]


def fails(seen: Seen) -> bool:
    """More errors than a gateway may make in a minute?"""
    return seen.errors > MOST_ERRORS


def is_slow(seen: Seen) -> bool:
    """Did too many of its texts take too long?"""
    return seen.sent >= LEAST_SENT and seen.slow * 100 >= seen.sent * SLOW_PERCENT


def after(standings: Iterable[Standing], seen: Mapping[str, Seen], now: datetime) -> Standings:
    """How they stand after what was seen: points are taken, or drift back, or a trial begins."""
    before = tuple(sorted(standings, key=lambda standing: standing.name))
    taken = _demoted(before, seen, now)
    if taken != before:
        return taken
    calm = all(not (fails(met) or is_slow(met)) for met in seen.values())
    return _trials(_drifted(before, now) if calm else before, now)


def _demoted(standings: Standings, seen: Mapping[str, Seen], now: datetime) -> Standings:
    """Take a step from each that fails or is slow and give it to one that long did neither."""
    why = {
        name: "errors" if fails(met) else "slow" for name, met in seen.items() if fails(met) or is_slow(met)
    }
    calm = [one.name for one in standings if one.carries and one.name not in why and not _was_bad(one, now)]
    standings = tuple(replace(one, bad_at=now) if one.name in why else one for one in standings)
    for bad in [one for one in standings if one.carries and one.name in why]:
        # When all are bad, or have been, the reason may lie elsewhere.
        if not calm or now - bad.weighed_at < ERROR_WINDOW:
            continue
        taker = max(
            (one for one in standings if one.name in calm), key=lambda one: (one.rest - one.weight, one.name)
        )
        points = min(STEP, bad.weight)
        lower = replace(
            bad,
            weight=bad.weight - points,
            use=Use.DEMOTED,
            why=why[bad.name],
            changed_at=now,
            weighed_at=now,
        )
        standings = _with(standings, lower, replace(taker, weight=taker.weight + points, weighed_at=now))
    return standings


def _was_bad(standing: Standing, now: datetime) -> bool:
    return standing.bad_at is not None and now - standing.bad_at < QUIET


def _drifted(standings: Standings, now: datetime) -> Standings:
    """After a quiet time one step towards the parts at rest."""
    carrying = [standing for standing in standings if standing.carries]
    if not carrying or any(now - standing.weighed_at < QUIET for standing in carrying):
        return standings
    goals = goals_of(carrying)
    above = max(carrying, key=lambda standing: (standing.weight - goals[standing.name], standing.name))
    below = min(carrying, key=lambda standing: (standing.weight - goals[standing.name], standing.name))
    points = min(STEP, above.weight - goals[above.name], goals[below.name] - below.weight)
    if points <= 0:
        return _at_rest(standings, goals, now)
    moved = _with(
        standings,
        replace(above, weight=above.weight - points, weighed_at=now),
        replace(below, weight=below.weight + points, weighed_at=now),
    )
    return _at_rest(moved, goals, now)


def _at_rest(standings: Standings, goals: Mapping[str, int], now: datetime) -> Standings:
    """Those that have their part again are in use."""
    back = [
        replace(standing, use=Use.USED, why="", changed_at=now)
        for standing in standings
        if standing.use is Use.DEMOTED and standing.carries and standing.weight >= goals[standing.name]
    ]
    return _with(standings, *back)


def _trials(standings: Standings, now: datetime) -> Standings:
    """Who has had nothing for a quiet time is tried by one message."""
    waiting = [
        replace(standing, use=Use.TRIAL, changed_at=now)
        for standing in standings
        if standing.use is Use.DEMOTED and not standing.carries and now - standing.changed_at >= QUIET
    ]
    return _with(standings, *waiting)


def tried(standings: Iterable[Standing], name: str, *, arrived: bool, now: datetime) -> Standings:
    """After a trial: its first step back, or nothing until the next quiet time is over. Of one that is not on
    trial (switched off meanwhile) nothing changes.
    """
    before = tuple(standings)
    tried_one = next((one for one in before if one.name == name and one.use is Use.TRIAL), None)
    if tried_one is None:
        return before
    if not arrived:
        return _with(before, replace(tried_one, use=Use.DEMOTED, why="trial_failed", changed_at=now))
    goals = goals_of([one for one in before if one.carries or one.name == name])
    carrying = [one for one in before if one.carries]
    giver = max(carrying, key=lambda one: (one.weight, one.name), default=None)
    points = min(STEP, giver.weight // 2) if giver else 100
    back = replace(
        tried_one, weight=points, use=Use.DEMOTED, why="coming_back", changed_at=now, weighed_at=now
    )
    givers = [replace(giver, weight=giver.weight - points, weighed_at=now)] if giver else []
    return _at_rest(_with(before, back, *givers), goals, now)


def switched_off(standings: Iterable[Standing], name: str, *, why: str, now: datetime) -> Standings:
    """Its points go to the others. The caller refuses the last one that carries."""
    before = tuple(standings)
    lost = next(one for one in before if one.name == name)
    off = replace(lost, weight=0, use=Use.OFF, why=why, changed_at=now, weighed_at=now)
    return whole(_with(before, off), now)


def switched_on(standings: Iterable[Standing], name: str, *, why: str, now: datetime) -> Standings:
    """It begins with a trial."""
    before = tuple(standings)
    return _with(before, *(
        replace(one, use=Use.TRIAL, why=why, changed_at=now) for one in before if one.name == name
    ))  # fmt: skip


def whole(standings: Iterable[Standing], now: datetime) -> Standings:
    """With 100 points again, after one came or went: what is missing is given by the parts at rest.

    When none carries any, all that are not switched off do.
    """
    before = tuple(standings)
    carrying = [one for one in before if one.carries] or [one for one in before if one.use is not Use.OFF]
    if not carrying or sum(one.weight for one in carrying) == 100:
        return before
    rest = 100 - sum(one.weight for one in carrying)
    share = _shares(carrying, rest) if rest > 0 else goals_of(carrying)
    return _with(before, *(
        replace(
            one,
            weight=(one.weight if rest > 0 else 0) + share[one.name],
            use=one.use if one.carries else Use.USED,
            weighed_at=now,
        )
        for one in carrying
    ))  # fmt: skip


def goals_of(carrying: Sequence[Standing]) -> dict[str, int]:
    """The parts at rest of those that carry texts, 100 together."""
    return _shares(carrying, 100)


def _shares(of: Sequence[Standing], points: int) -> dict[str, int]:
    """Points by the parts at rest, whole numbers; what rounding leaves goes to the first names."""
    rests = {one.name: one.rest for one in of}
    if not sum(rests.values()):
        rests = dict.fromkeys(rests, 1)
    total = sum(rests.values())
    shares = {name: points * rest // total for name, rest in rests.items()}
    for name in sorted(rests, key=lambda name: (-rests[name], name))[: points - sum(shares.values())]:
        shares[name] += 1
    return shares


def _with(standings: Standings, *changed: Standing) -> Standings:
    by_name = {one.name: one for one in changed}
    return tuple(by_name.get(one.name, one) for one in standings)
