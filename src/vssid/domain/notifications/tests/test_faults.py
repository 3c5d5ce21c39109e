"""A fault of ours ends no message; it is told until a provider takes one again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from structlog.testing import capture_logs

from vssid.infra.delivery import OurFault
from vssid.infra.sms import Unavailable

from ..models.messages import Message, ProviderFault
from ..outbox import provider_faults, sending
from ..outbox.states import State
from .fakes import NOW, again, make_message
from .test_channels import endpoint, lan, mailed, pushed, sink, subscribe  # noqa: F401

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def run(message: Message, at=NOW) -> Message:
    sending.attempt(message.subject_id, message.id, clock=lambda: at)
    return again(message.subject_id, message.id)


# The last says nothing: at that step it can be about nobody but us.
NOT_US = ["550 5.7.1 sender not allowed", "530 5.7.0 authentication required", "550 no such user"]


@pytest.mark.parametrize("answer", NOT_US)
def test_a_letter_outlives_a_sender_that_is_refused_and_goes_when_it_is_mended(sink, lan, answer):  # noqa: F811
    sink.answers = {"MAIL": [answer] * 50}
    message, at = mailed(lan), NOW
    for _ in range(5):
        message = run(message, at)
        at = message.next_try_at
    assert (message.state, message.attempts, message.reason) == (State.CREATED, 5, f"smtp_{answer[:3]}")
    assert [(fault.provider, fault.attempts, fault.since) for fault in provider_faults.standing()] == [
        ("email", 5, NOW)
    ]

    sink.answers = {}
    message = run(message, at)

    assert (message.state, len(sink.messages), provider_faults.standing()) == (State.DELIVERED, 1, [])


def test_a_letter_that_fails_dmarc_is_kept(sink, lan):  # noqa: F811
    sink.answers = {"END": ["550 5.7.26 not accepted: DMARC"]}
    assert run(mailed(lan)).state == State.CREATED
    assert [fault.reason for fault in provider_faults.standing()] == ["smtp_550"]


@pytest.mark.parametrize(
    ("status", "says"),
    [(403, '{"reason":"BadJwtToken"}'), (401, ""), (400, '{"reason":"VapidPkHashMismatch"}')],
)
def test_a_token_that_is_refused_costs_neither_message_nor_device(endpoint, lan, status, says):  # noqa: F811
    from ..inbox import subscriptions

    subscribe(lan, endpoint)
    endpoint.answers, endpoint.says = [(status, {})] * 3, says
    message = run(run(pushed(lan)))
    assert (message.state, message.reason) == (State.CREATED, f"http_{status}")
    assert [fault.provider for fault in provider_faults.standing()] == ["push 127.0.0.1"]
    assert len(subscriptions.of(lan)) == 1
    endpoint.answers = []

    message = run(message, message.next_try_at)

    assert (message.state, provider_faults.standing()) == (State.DELIVERED, [])


def test_the_first_refusal_is_an_error_in_the_log_and_its_end_is_told_too(phones):
    phones.errors = [OurFault("http_403")] * 2
    message = make_message()
    with capture_logs() as lines:
        message = run(run(message))
        run(message, message.next_try_at)
    told = [(line["event"], line["log_level"], line["provider"], line["reason"]) for line in lines]
    assert told == [
        ("delivery_fault", "error", "sms", "http_403"),
        ("delivery_fault_over", "warning", "sms", "http_403"),
    ]


def test_what_waits_because_of_it_goes_at_once_when_one_was_taken(phones):
    phones.errors = [OurFault("http_403")] * 4
    delayed = [run(run(make_message())) for _ in range(2)]
    assert all(message.next_try_at > NOW for message in delayed)

    run(make_message())

    assert all(again(message.subject_id, message.id).next_try_at == NOW for message in delayed)
    jobs = ProcrastinateJob.objects.filter(task_name="notifications.send", scheduled_at=None)
    assert {str(message.id) for message in delayed} <= {job.args["message_id"] for job in jobs}


def test_a_provider_that_is_only_away_is_no_fault_of_ours(phones):
    phones.errors = [Unavailable("no_connection")]
    run(make_message())
    assert provider_faults.standing() == []


def test_one_push_service_that_takes_messages_does_not_end_what_another_refuses():
    provider_faults.note("push", OurFault("http_403", provider="web.push.example"), now=NOW)
    assert not provider_faults.over("push", "fcm.example", now=NOW)
    assert [fault.provider for fault in provider_faults.standing()] == ["push web.push.example"]
    assert provider_faults.over("push", "web.push.example", now=NOW)


def test_a_fault_that_nothing_has_met_for_a_week_is_forgotten():
    provider_faults.note("push", OurFault("http_403", provider="gone.example"), now=NOW)
    assert provider_faults.forget_old(NOW + provider_faults.QUIET) == 0
    assert provider_faults.forget_old(NOW + provider_faults.QUIET + HOUR) == 1


def test_prometheus_sees_the_fault_what_waits_and_since_when(phones):
    phones.errors = [OurFault("http_403")]
    run(make_message())
    told = Client().get("/metrics").content.decode()
    assert 'vssid_delivery_fault_seconds{provider="sms"}' in told
    assert 'vssid_messages_oldest_seconds{channel="sms"}' in told
    ProviderFault.objects.all().delete()
    assert "vssid_delivery_fault_seconds{" not in Client().get("/metrics").content.decode()
