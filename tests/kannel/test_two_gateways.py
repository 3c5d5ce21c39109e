"""Two real Kannels: one fails, loses its part, and comes back by one message; no text is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.utils import timezone

from tests.kannel import network
from vssid.domain.notifications.gateways import choosing, health, rules, trials
from vssid.domain.notifications.gateways.states import Use
from vssid.domain.notifications.gateways.tests.conftest import A, B, listed
from vssid.domain.notifications.models.gateways import Attempt, Gateway
from vssid.domain.notifications.models.messages import Message
from vssid.domain.notifications.outbox import provider_faults, sending
from vssid.infra.delivery import posting

from .test_kannel import again, becomes, send

pytestmark = [pytest.mark.kannel, pytest.mark.django_db(transaction=True)]
Pair = dict[str, network.Kannel]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def pair(tmp_path: Path, settings: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pair]:
    """Both run; every text goes by the first that may carry it."""
    if why := network.missing():
        pytest.skip(why)
    kannels = {}
    for name in (A, B):
        (tmp_path / name).mkdir()
        kannels[name] = network.Kannel(tmp_path / name)
    settings.SMS_GATEWAY, settings.SMS_GATEWAYS = "kannel", listed(**{A: 51, B: 49})
    for name, table in settings.SMS_GATEWAYS.items():
        table |= {"send_url": kannels[name].send_url, "username": network.USER}
        table |= {"password": network.PASSWORD, "receipt_base": live_server.url}
    monkeypatch.setattr(choosing, "draw", lambda: 0.0)
    health.keep_in_step(timezone.now())
    try:
        for kannel in kannels.values():
            kannel.start()
        yield kannels
    finally:
        for kannel in kannels.values():
            kannel.stop()


class Clock:
    """The time that workers see; tests move it on."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def now(self) -> datetime:
        return timezone.now() + self.ahead

    def tend(self, *, after: timedelta) -> None:
        """Time goes by, and then the job of each minute runs."""
        self.ahead += after
        trials.give_up(self.now())
        health.tend(self.now())

    def went(self) -> Message:
        """A message, tried until a gateway has it."""
        message = send()
        for _ in range(2):
            if again(message).state == "created":
                sending.attempt(message.subject_id, message.id, clock=self.now)
        return again(message)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def weights() -> list[int]:
    return [standing.weight for standing in health.standings()]


def texts(pair: Pair) -> list[int]:
    return [len(pair[name].received()) for name in (A, B)]


def all_arrive(messages: list[Message]) -> None:
    for message in messages:
        becomes(message, "delivered")


def kill(kannel: network.Kannel, _settings: Any) -> None:
    kannel.stop()


def forget_us(_kannel: network.Kannel, settings: Any) -> None:
    settings.SMS_GATEWAYS[A]["password"] = "wrong"


@pytest.mark.parametrize(
    ("harm", "said"),
    [(kill, "no_connection"), (forget_us, "http_403")],
    ids=["killed", "knows us no more"],
)
def test_a_text_that_a_gateway_does_not_take_goes_at_once_by_the_other(
    pair, clock, settings, harm: Callable[..., None], said: str
):
    harm(pair[A], settings)

    message = clock.went()

    becomes(message, "delivered")
    assert again(message).gateway == B
    assert list(Attempt.objects.order_by("number").values_list("gateway", "said")) == [
        (A, said),
        (B, "delivered"),
    ]
    assert texts(pair) == [0, 1]
    ours = [f"sms {A}"] if harm is forget_us else []
    assert [fault.provider for fault in provider_faults.standing()] == ours


def test_a_dead_gateway_sinks_to_nothing_and_comes_back_by_one_message(pair, clock, monkeypatch):
    clock.ahead = MINUTE
    pair[A].stop()
    messages = [clock.went() for _ in range(51)]
    assert weights() == [41, 59], "more than fifty errors within a minute"

    # The further steps with fewer errors each, so that the test is quick.
    with monkeypatch.context() as patch:
        patch.setattr(rules, "MOST_ERRORS", 1)
        for left in (31, 21, 11, 1, 0):
            clock.ahead += MINUTE
            messages += [clock.went() for _ in range(2)]
            assert weights() == [left, 100 - left]
    assert texts(pair)[0] == 0

    pair[A].start()
    clock.tend(after=14 * MINUTE)
    assert clock.went().gateway == B, "not before its quiet time is over"
    clock.tend(after=MINUTE)
    assert Gateway.objects.get(name=A).use == Use.TRIAL
    trial = clock.went()
    assert trial.gateway == A
    becomes(trial, "delivered")
    network.eventually(lambda: weights() == [10, 90], what="its first points are back")
    for back in (20, 30, 40, 50, 51):
        clock.tend(after=rules.QUIET)
        assert weights() == [back, 100 - back]

    assert {standing.use for standing in health.standings()} == {Use.USED}
    all_arrive(messages)
    assert texts(pair) == [1, len(messages) + 1], "one copy of each"


def test_a_gateway_whose_texts_do_not_arrive_loses_points_and_its_texts_are_kept(pair, clock):
    pair[A].stop("fakesmsc")
    slow = [clock.went() for _ in range(rules.LEAST_SENT)]
    assert {message.gateway for message in slow} == {A}

    clock.tend(after=rules.SLOW_AFTER + MINUTE)

    assert weights() == [41, 59]
    assert {again(message).state for message in slow} == {"sent"}


def test_two_gateways_that_fail_in_turn_keep_their_weights(pair, clock, settings, monkeypatch):
    monkeypatch.setattr(rules, "MOST_ERRORS", 1)
    clock.ahead = MINUTE
    right = {name: table["send_url"] for name, table in settings.SMS_GATEWAYS.items()}
    messages, seen = [], []
    for bad in (A, B, A, B, A, B):
        monkeypatch.setattr(choosing, "draw", lambda bad=bad: 0.0 if bad == A else 0.999)
        settings.SMS_GATEWAYS[bad]["send_url"] = "http://127.0.0.1:9/cgi-bin/sendsms"
        messages += [clock.went() for _ in range(3)]
        settings.SMS_GATEWAYS[bad]["send_url"] = right[bad]
        clock.tend(after=MINUTE)
        seen.append(weights())

    assert seen == [[41, 59]] * 6
    all_arrive(messages)
    assert sum(texts(pair)) == len(messages)


def test_a_gateway_that_says_nothing_is_an_error_and_the_text_comes_by_the_other(
    pair, clock, settings, monkeypatch
):
    from tests.faults.test_silent_providers import peer, silent

    monkeypatch.setattr(posting, "STEPS", httpx.Timeout(0.3))
    with peer(silent) as port:
        settings.SMS_GATEWAYS[A]["send_url"] = f"http://127.0.0.1:{port}/cgi-bin/sendsms"
        message = clock.went()
    assert (message.state, Attempt.objects.get().said) == ("sending", "unsure")

    clock.ahead += 2 * MINUTE
    sending.attempt(message.subject_id, message.id, clock=clock.now)

    becomes(message, "delivered")
    assert (again(message).gateway, texts(pair)) == (B, [0, 1])
