"""Two gateways on PostgreSQL: another one at once, points taken and given back, the trial."""

from __future__ import annotations

from datetime import timedelta

import pytest
import structlog
from django.db import connection

from tests.together import at_once
from vssid.domain.notifications.models.gateways import Attempt, Gateway
from vssid.domain.notifications.models.messages import Message
from vssid.domain.notifications.outbox import receipts
from vssid.domain.notifications.outbox.states import State
from vssid.domain.notifications.tests.fakes import NOW, again, make_message, receipt, run
from vssid.infra.sms import Gone, OurFault, Outcome, Refused, Unavailable, Unsure

from .. import health, rules, trials
from ..states import Use
from .conftest import A, B, listed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pair")]
MINUTE = timedelta(minutes=1)
LATER = NOW + MINUTE


def weights() -> list[int]:
    return [standing.weight for standing in health.standings()]


def make_failed(name: str, count: int, at=LATER) -> None:
    Attempt.objects.bulk_create(
        Attempt(subject_id=1, message_id=make_message().id, number=number, gateway=name, at=at, failed_at=at)
        for number in range(count)
    )


def make_slow(name: str, sent: int, slow: int, at=LATER) -> None:
    message_id = make_message().id
    for number in range(sent):
        arrived = at + (rules.SLOW_AFTER if number < slow else MINUTE)
        Attempt.objects.create(
            subject_id=1,
            message_id=message_id,
            number=number,
            gateway=name,
            at=at,
            accepted_at=at,
            delivered_at=arrived,
        )


def stand(name: str, weight: int, use: Use, at=NOW) -> None:
    Gateway.objects.filter(name=name).update(weight=weight, use=use, changed_at=at, weighed_at=at)
    Gateway.objects.exclude(name=name).update(weight=100 - weight, weighed_at=at)


@pytest.mark.parametrize("error", [Unavailable("no_connection"), OurFault("http_403")])
def test_after_an_error_the_other_gateway_has_the_text_at_once(pair, error):
    pair[A].errors = [error]
    message = run(make_message())
    assert (message.state, message.next_try_at, message.gateway) == (State.CREATED, NOW, A)

    message = run(message)

    assert (message.state, message.gateway, len(pair[B].copies)) == (State.SENT, B, 1)
    assert list(Attempt.objects.order_by("number").values_list("gateway", "said")) == [
        (A, error.reason),
        (B, "accepted"),
    ]


def test_what_the_network_rejects_goes_by_the_other_gateway(pair):
    message = receipt(run(make_message()), Outcome.REJECTED)
    assert run(message, message.next_try_at).gateway == B


def test_a_text_is_sent_under_the_name_that_the_gateway_knows_us_by(pair, settings):
    settings.SMS_GATEWAYS[A]["sender"] = "BHXHVN"
    run(make_message())
    assert [copy.sender for copy in pair[A].copies] == ["BHXHVN"]


def test_a_receipt_comes_under_the_secret_of_the_gateway_it_speaks_for(pair, settings):
    settings.SMS_GATEWAYS[A]["receipt_base"] = "http://inside:8001/"
    message = run(make_message())
    address = pair[A].copies[0].receipt_url
    assert address.startswith("http://inside:8001/api/sms/bien-nhan/")
    token = address.rpartition("/")[2]
    assert receipts.is_genuine(message.subject_id, message.id, 1, token)
    digest = receipts.token(message.subject_id, message.id, 1, by=B).rpartition(".")[2]
    for forged in (f"{A}.{digest}", f"nobody.{digest}", digest, "x."):
        assert not receipts.is_genuine(message.subject_id, message.id, 1, forged)


def test_the_message_names_the_gateway_that_brought_it(pair):
    pair[A].errors = [Unsure("no_answer")]
    message = run(make_message())
    assert message.lease_until is not None
    message = run(message, message.lease_until)
    assert (message.state, message.gateway) == (State.SENT, B)

    assert receipt(message, attempt=1).gateway == A, "the first copy arrived after all"


def test_fifty_one_errors_within_a_minute_take_ten_points_at_once(pair):
    make_failed(A, 50)
    pair[A].errors = [Unavailable("no_connection")]
    with structlog.testing.capture_logs() as logs:
        run(make_message(), LATER)
    assert weights() == [41, 59]
    told = [(entry["gateway"], entry["weight"]) for entry in logs if entry["event"] == "sms_gateway_changed"]
    assert told == [(A, 41), (B, 59)]


@pytest.mark.parametrize("error", [Refused("http_413"), Gone("http_403")])
def test_the_fault_of_a_message_or_a_phone_is_no_error_of_the_gateway(pair, error):
    make_failed(A, 50)
    pair[A].errors = [error]
    run(make_message(), LATER)
    health.tend(LATER)
    assert weights() == [51, 49]


def test_errors_of_before_the_minute_do_not_count():
    make_failed(A, 60, at=LATER - timedelta(seconds=1))
    health.tend(LATER + MINUTE)
    assert weights() == [51, 49]


def test_slow_texts_take_ten_points_unless_the_other_is_slow_too():
    make_slow(A, 20, 3)
    make_slow(B, 20, 0)
    health.tend(LATER + 10 * MINUTE)
    assert weights() == [41, 59]
    make_slow(A, 40, 40, at=LATER + 11 * MINUTE)
    make_slow(B, 40, 40, at=LATER + 11 * MINUTE)
    health.tend(LATER + 20 * MINUTE)
    assert weights() == [41, 59]


def test_a_text_that_has_not_arrived_for_five_minutes_is_slow():
    make_slow(A, 20, 0)
    Attempt.objects.filter(gateway=A).update(delivered_at=None)
    health.tend(LATER + 4 * MINUTE)
    assert weights() == [51, 49]
    health.tend(LATER + 5 * MINUTE)
    assert weights() == [41, 59]


def test_what_is_tried_is_one_message_and_no_code(pair):
    stand(A, 0, Use.TRIAL)
    code = make_message()
    Message.objects.filter(id=code.id).update(series="phone")
    assert run(again(code.subject_id, code.id)).gateway == B

    first, second = run(make_message()), run(make_message())

    assert (first.gateway, second.gateway) == (A, B)
    receipt(first)
    assert weights() == [10, 90]
    assert run(make_message()).gateway == A, "it carries texts again"


def test_a_code_is_tried_when_nothing_else_was_sent_for_an_hour(pair):
    stand(A, 0, Use.TRIAL, at=NOW - trials.CODES_AFTER)
    code = make_message()
    Message.objects.filter(id=code.id).update(series="phone")
    assert run(again(code.subject_id, code.id)).gateway == A


def test_a_trial_that_fails_goes_by_the_other_gateway_and_waits_for_the_next(pair):
    stand(A, 0, Use.TRIAL)
    pair[A].errors = [Unavailable("no_connection")]
    message = run(make_message())
    assert run(message, message.next_try_at).gateway == B
    [row] = Gateway.objects.filter(name=A)
    assert (row.use, row.why, row.trial_message, row.weight) == (Use.DEMOTED, "trial_failed", None, 0)


def test_a_trial_that_never_arrives_is_given_up(pair):
    stand(A, 0, Use.TRIAL)
    run(make_message())
    trials.give_up(NOW + rules.TRIAL_WAIT - MINUTE)
    assert Gateway.objects.get(name=A).trial_message is not None
    trials.give_up(NOW + rules.TRIAL_WAIT)
    assert (Gateway.objects.get(name=A).use, weights()) == (Use.DEMOTED, [0, 100])


def test_a_trial_to_a_phone_that_takes_nothing_says_nothing_of_the_gateway(pair):
    stand(A, 0, Use.TRIAL)
    receipt(run(make_message()), Outcome.FAILED)
    assert Gateway.objects.get(name=A).use == Use.TRIAL
    assert run(make_message()).gateway == A, "the next one tries it"


def test_while_all_are_switched_off_texts_wait_and_the_log_says_so(pair):
    Gateway.objects.update(use=Use.OFF, weight=0)
    with structlog.testing.capture_logs() as logs:
        message = run(make_message())
    assert (message.state, message.reason) == (State.CREATED, "switched_off")
    assert [entry["event"] for entry in logs if entry["log_level"] == "error"] == ["sms_gateways_all_off"]


def test_a_gateway_that_comes_later_begins_with_a_trial_and_one_that_is_gone_leaves_its_points(settings):
    settings.SMS_GATEWAYS = listed(**{B: 90, "mobifone": 10})
    health.keep_in_step(LATER)
    assert [(one.name, one.weight, one.rest, one.use) for one in health.standings()] == [
        ("mobifone", 0, 10, Use.TRIAL),
        (B, 100, 90, Use.USED),
    ]


def test_prometheus_sees_the_weights_of_those_that_are_not_switched_off():
    stand(A, 0, Use.OFF)
    (measured,) = health.gauges().values()
    assert measured[2] == {(B,): 100.0}


@pytest.mark.django_db(transaction=True)
def test_no_gateway_is_locked_and_no_transaction_is_open_while_it_is_called(pair):
    seen = []
    pair[A].during = lambda _sms: seen.append((connection.in_atomic_block, _is_free()))
    run(make_message())
    assert seen == [(False, True)]


def _is_free() -> bool:
    def lock() -> bool:
        return Gateway.objects.select_for_update(nowait=True).count() == 2

    return at_once(lock) == [True]


@pytest.mark.django_db(transaction=True)
def test_of_many_messages_at_once_one_is_the_trial(pair):
    stand(A, 0, Use.TRIAL)
    messages = [make_message() for _ in range(4)]
    at_once(*(lambda message=message: run(message) for message in messages))
    went = sorted(again(message.subject_id, message.id).gateway for message in messages)
    assert went == [A, B, B, B]
