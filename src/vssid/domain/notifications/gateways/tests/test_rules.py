"""Weights after what was seen: pure, and by every order that Hypothesis finds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from .. import choosing, rules
from ..states import Seen, Standing, Use

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=1)
MINUTE = timedelta(minutes=1)
FAILS, SLOW, WELL = Seen(errors=51), Seen(sent=20, slow=3), Seen(sent=1000)


def gateway(name: str, weight: int, rest: int, use: Use = Use.USED, at: datetime = LONG_AGO) -> Standing:
    return Standing(name, weight, rest, use, "", at, at)


def pair(a: int = 51, b: int = 49) -> rules.Standings:
    return (gateway("a", a, 51), gateway("b", b, 49))


def weights(standings: rules.Standings) -> list[int]:
    return [standing.weight for standing in standings]


def test_more_than_fifty_errors_in_a_minute_cost_ten_points():
    assert weights(rules.after(pair(), {"a": FAILS, "b": WELL}, NOW)) == [41, 59]
    assert weights(rules.after(pair(), {"a": Seen(errors=50), "b": WELL}, NOW)) == [51, 49]


def test_fifteen_percent_of_slow_texts_cost_ten_points_unless_all_are_slow():
    assert weights(rules.after(pair(), {"a": SLOW, "b": WELL}, NOW)) == [41, 59]
    assert weights(rules.after(pair(), {"a": Seen(sent=100, slow=14), "b": WELL}, NOW)) == [51, 49]
    assert weights(rules.after(pair(), {"a": SLOW, "b": SLOW}, NOW)) == [51, 49]


def test_one_slow_text_of_a_few_says_nothing():
    assert weights(rules.after(pair(), {"a": Seen(sent=19, slow=19), "b": WELL}, NOW)) == [51, 49]


def test_when_all_fail_nothing_is_taken():
    assert weights(rules.after(pair(), {"a": FAILS, "b": FAILS}, NOW)) == [51, 49]


def test_one_step_a_minute_is_taken_and_no_more():
    first = rules.after(pair(), {"a": FAILS, "b": WELL}, NOW)
    assert weights(rules.after(first, {"a": FAILS, "b": WELL}, NOW + MINUTE / 2)) == [41, 59]
    assert weights(rules.after(first, {"a": FAILS, "b": WELL}, NOW + MINUTE)) == [31, 69]


def test_it_comes_back_ten_points_after_each_quiet_quarter_of_an_hour():
    low = rules.after(pair(), {"a": FAILS}, NOW)
    lower = rules.after(low, {"a": FAILS}, NOW + MINUTE)
    assert rules.after(lower, {}, NOW + rules.QUIET) == lower, "it is quiet since the last change"
    once = rules.after(lower, {}, NOW + MINUTE + rules.QUIET)
    assert [(one.weight, one.use) for one in once] == [(41, Use.DEMOTED), (59, Use.USED)]
    twice = rules.after(once, {}, NOW + MINUTE + 2 * rules.QUIET)
    assert [(one.weight, one.use) for one in twice] == [(51, Use.USED), (49, Use.USED)]
    assert rules.after(twice, {}, NOW + timedelta(days=1)) == twice


def test_no_points_drift_back_while_something_is_wrong():
    low = (gateway("a", 11, 51, Use.DEMOTED), gateway("b", 89, 49))
    assert weights(rules.after(low, {"a": WELL, "b": WELL}, NOW)) == [21, 79]
    assert weights(rules.after(low, {"a": FAILS, "b": FAILS}, NOW)) == [11, 89]


def test_who_failed_a_moment_ago_takes_no_points_of_who_fails_now():
    first = rules.after(pair(), {"a": FAILS, "b": WELL}, NOW)
    second = rules.after(first, {"a": WELL, "b": FAILS}, NOW + MINUTE)
    assert weights(second) == weights(first) == [41, 59]


def test_a_gateway_with_nothing_waits_for_its_trial_and_comes_back_by_one_step():
    lost = (gateway("a", 0, 51, Use.DEMOTED, NOW), gateway("b", 100, 49))
    assert rules.after(lost, {}, NOW + rules.QUIET - MINUTE)[0].use is Use.DEMOTED
    later = NOW + rules.QUIET
    on_trial = rules.after(lost, {}, later)
    assert [(one.use, one.weight) for one in on_trial] == [(Use.TRIAL, 0), (Use.USED, 100)]
    assert weights(rules.after(on_trial, {}, later + timedelta(days=9))) == [0, 100], "only by its trial"

    failed = rules.tried(on_trial, "a", arrived=False, now=later)
    assert (failed[0].use, failed[0].weight) == (Use.DEMOTED, 0)
    assert rules.after(failed, {}, later + rules.QUIET)[0].use is Use.TRIAL

    back = rules.tried(on_trial, "a", arrived=True, now=later)
    assert [(one.use, one.weight) for one in back] == [(Use.DEMOTED, 10), (Use.USED, 90)]
    assert weights(rules.after(back, {}, later + rules.QUIET)) == [20, 80]


def test_switched_off_by_hand_it_stays_off_until_it_is_switched_on_and_tried():
    off = rules.switched_off(pair(), "a", why="bao tri", now=NOW)
    assert [(one.use, one.weight) for one in off] == [(Use.OFF, 0), (Use.USED, 100)]
    assert rules.after(off, {}, NOW + timedelta(days=1)) == off
    assert rules.tried(off, "a", arrived=True, now=NOW) == off
    assert rules.switched_on(off, "a", why="xong", now=NOW)[0].use is Use.TRIAL


def test_a_text_goes_by_weight_and_after_an_error_by_another():
    standings = pair(51, 49)
    chosen = [choosing.pick(standings, at=number / 100) for number in range(100)]
    assert (chosen.count("a"), chosen.count("b")) == (51, 49)
    assert {choosing.pick(standings, at=number / 100, not_by="a") for number in range(100)} == {"b"}


def test_a_gateway_without_weight_or_switched_off_carries_nothing():
    standings = (
        gateway("a", 100, 51),
        gateway("b", 0, 25, Use.TRIAL),
        gateway("c", 0, 24, Use.OFF),
    )
    assert {choosing.pick(standings, at=number / 100, not_by="a") for number in range(100)} == {"a"}
    assert choosing.pick([gateway("c", 0, 100, Use.OFF)], at=0.5) is None


SEEN = st.sampled_from([WELL, FAILS, SLOW, Seen(errors=1000, sent=500, slow=500)])
RESTS = st.sampled_from([(100,), (51, 49), (60, 40), (34, 33, 33), (90, 9, 1), (25, 25, 25, 25)])
EVENTS = st.tuples(
    st.sampled_from(["seen", "seen", "seen", "arrived", "lost", "off", "on"]),
    st.integers(0, 3),
    st.integers(1, 40),
    st.lists(SEEN, min_size=4, max_size=4),
)


@settings(max_examples=150, deadline=None, database=None)
@given(rests=RESTS, events=st.lists(EVENTS, max_size=40))
def test_whatever_happens_texts_find_a_way_and_no_weight_goes_down_and_up_within_a_quarter(rests, events):
    standings = tuple(gateway(name, rest, rest) for name, rest in zip("abcd", rests, strict=False))
    now, downs = NOW, {}
    for what, which, minutes, met in events:
        now += minutes * MINUTE
        name = standings[which % len(standings)].name
        before = standings
        standings = _happen(standings, what, name, dict(zip("abcd", met, strict=True)), now)

        assert sum(weights(standings)) == 100
        assert choosing.pick(standings, at=0.5) is not None
        for was, one in zip(before, standings, strict=True):
            assert one.carries <= (one.use in {Use.USED, Use.DEMOTED})
            if what == "seen":
                assert abs(one.weight - was.weight) <= 10 * (len(standings) - 1)
                assert was.carries or not one.carries, "from nothing only by a trial"
                if one.weight < was.weight and met_badly(met, one.name):
                    downs[one.name] = now
                elif one.weight > was.weight:
                    assert now - downs.get(one.name, LONG_AGO) >= rules.QUIET


def met_badly(met: list[Seen], name: str) -> bool:
    seen = met["abcd".index(name)]
    return rules.fails(seen) or rules.is_slow(seen)


def _happen(
    standings: rules.Standings, what: str, name: str, met: dict[str, Seen], now: datetime
) -> rules.Standings:
    if what == "seen":
        return rules.after(standings, {one.name: met[one.name] for one in standings}, now)
    if what in {"arrived", "lost"}:
        return rules.tried(standings, name, arrived=what == "arrived", now=now)
    is_last = [one.name for one in standings if one.carries] == [name]
    if what == "off":
        return standings if is_last else rules.switched_off(standings, name, why="x", now=now)
    off = next(one for one in standings if one.name == name).use is Use.OFF
    return rules.switched_on(standings, name, why="x", now=now) if off else standings


def test_two_gateways_that_fail_in_turn_make_one_change_and_then_none():
    standings, changes = pair(), []
    for minute in range(240):
        met = {"a": FAILS, "b": WELL} if minute % 2 == 0 else {"a": WELL, "b": FAILS}
        then = rules.after(standings, met, NOW + minute * MINUTE)
        if weights(then) != weights(standings):
            changes.append((minute, weights(then)))
        standings = then
    assert changes == [(0, [41, 59])]


def test_a_gateway_that_comes_or_goes_leaves_a_hundred_points():
    new = (*pair(), replace(gateway("c", 0, 10), use=Use.TRIAL))
    assert weights(rules.whole(new, NOW)) == [51, 49, 0]
    assert weights(rules.whole((gateway("a", 51, 51),), NOW)) == [100]
    assert weights(rules.whole((gateway("a", 0, 51, Use.TRIAL),), NOW)) == [100]
