"""Web Push against a push service on this machine, e-mail against a mail server on this machine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from tests.environment import ROOT
from tests.making.programs import Program
from vssid.domain.vault import sealing as vault
from vssid.infra import push
from vssid.infra.push.vapid import encoded
from vssid.infra.tests import push_endpoint, smtp_sink
from vssid.kernel.email_address import EmailAddress

from ..inbox import notices, subscriptions
from ..inbox.notices import Reach
from ..models.messages import Message
from ..outbox import sending, sweeping
from ..outbox.states import LEASE, State
from .fakes import NOW, again

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def endpoint(settings):
    settings.PUSH_LOOPBACK, settings.VAPID_KEY = True, push.new_key_text()
    with push_endpoint.running() as server:
        yield server


@pytest.fixture
def lan() -> int:
    return vault.new_subject_id()


def subscribe(person_id, endpoint):
    address = subscriptions.PushAddress.parse(
        endpoint.address(), encoded(endpoint.browser.p256dh), encoded(endpoint.browser.auth)
    )
    return subscriptions.subscribe(person_id, address, session_id=uuid4(), device="Chrome", now=NOW)


def pushed(person_id, now=NOW) -> Message:
    notices.notify(person_id, "test", now=now)
    return Message.objects.get(subject_id=person_id, channel="push")


def run(message: Message, at=NOW) -> Message:
    sending.attempt(message.subject_id, message.id, clock=lambda: at)
    return again(message.subject_id, message.id)


def test_the_browser_reads_that_there_is_a_notice_and_the_text_is_erased_here(endpoint, lan):
    subscribe(lan, endpoint)

    message = run(pushed(lan))

    assert endpoint.messages() == [{"title": "Có thông báo mới", "id": str(message.notice_id)}]
    assert (message.state, message.reason, message.body) == (State.DELIVERED, "handed_over", None)
    assert run(message).attempts == 1
    assert len(endpoint.received) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_dead_subscription_is_marked_spared_and_lives_again_when_it_subscribes(endpoint, lan, status):
    subscription = subscribe(lan, endpoint)
    endpoint.answers = [(status, {})]

    message = run(pushed(lan))

    assert (message.state, message.reason) == (State.FAILED, f"http_{status}")
    assert subscriptions.of(lan) == []
    assert [(browser.id, browser.dead_at) for browser in subscriptions.dead(lan)] == [(subscription, NOW)]
    notices.notify(lan, "test", now=NOW)
    assert Message.objects.filter(subject_id=lan, channel="push").count() == 1, "nothing more is sent there"
    subscribe(lan, endpoint)
    assert (len(subscriptions.of(lan)), subscriptions.dead(lan)) == (1, [])


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_service_is_asked_again_when_it_said(endpoint, lan, status):
    subscribe(lan, endpoint)
    endpoint.answers = [(status, {"Retry-After": "120"})]

    message = run(pushed(lan))
    assert (message.state, message.next_try_at) == (State.CREATED, NOW + timedelta(seconds=120))
    assert run(message, NOW + 60 * SECOND).attempts == 1, "not before its time"

    message = run(message, NOW + timedelta(seconds=120))
    assert (message.state, len(endpoint.received)) == (State.DELIVERED, 2)
    assert subscriptions.of(lan) != []


def test_no_answer_is_repeated_once_under_the_same_topic(endpoint, lan):
    subscribe(lan, endpoint)
    endpoint.answers = [(0, {}), (0, {})]
    message = run(pushed(lan))
    assert message.state == State.SENDING

    message = run(message, NOW + LEASE)
    message = run(message, NOW + 2 * LEASE)

    assert (message.state, message.reason) == (State.FAILED, "unsure")
    topics = {request.headers["topic"] for request in endpoint.received}
    assert (len(endpoint.received), len(topics)) == (2, 1)


def test_after_its_end_nothing_is_pushed(endpoint, lan):
    subscribe(lan, endpoint)
    message = pushed(lan)
    assert run(message, message.expires_at).state == State.EXPIRED
    assert endpoint.received == []


def test_a_device_turned_off_meanwhile_gets_nothing(endpoint, lan):
    subscription = subscribe(lan, endpoint)
    message = pushed(lan)
    subscriptions.unsubscribe(lan, subscription, now=NOW)
    assert run(message).reason == "unsubscribed"
    assert endpoint.received == []


def test_one_dead_device_does_not_keep_the_notice_from_another(endpoint, lan):
    subscribe(lan, endpoint)
    with push_endpoint.running() as other:
        subscribe(lan, other)
        endpoint.answers = [(410, {})]
        notices.notify(lan, "test", now=NOW)
        for message in Message.objects.filter(subject_id=lan):
            run(message)
        assert len(other.messages()) == 1
    assert len(subscriptions.of(lan)) == 1


def test_no_transaction_is_open_while_a_provider_is_called(endpoint, lan, transactional_db, monkeypatch):
    subscribe(lan, endpoint)
    seen: list[bool] = []
    plain = push.PushService.send

    def send(self, out):
        seen.append(connection.in_atomic_block)
        return plain(self, out)

    monkeypatch.setattr(push.PushService, "send", send)
    run(pushed(lan))
    assert seen == [False]


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_sending_and_recording_costs_one_extra_copy_and_no_more(
    endpoint, lan, database_url, settings
):
    subscribe(lan, endpoint)
    message = pushed(lan, timezone.now())
    environment = os.environ | {
        "VSSID_DATABASE_URL": database_url,
        "VSSID_VAPID_KEY": settings.VAPID_KEY,
        "VSSID_PUSH_LOOPBACK": "1",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    worker = "vssid.domain.notifications.tests.dying"
    workers: list[subprocess.Popen[bytes]] = []
    endpoint.during = lambda: os.kill(workers[-1].pid, signal.SIGKILL)

    def work() -> int:
        arguments = [sys.executable, "-m", worker, str(lan), str(message.id)]
        workers.append(Program(arguments, env=environment))
        return workers[-1].wait(120)

    assert work() == -signal.SIGKILL
    assert again(lan, message.id).state == State.SENDING
    lease_over = timezone.now() + LEASE + SECOND
    assert sweeping.sweep(lease_over).settled == 1
    Message.objects.filter(subject_id=lan).update(next_try_at=timezone.now())
    assert work() == -signal.SIGKILL
    sweeping.sweep(timezone.now() + LEASE + SECOND)

    done = again(lan, message.id)
    assert (done.state, done.reason, done.body) == (State.FAILED, "unsure", None)
    assert len({request.headers["topic"] for request in endpoint.received}) == 1
    assert len(endpoint.received) == 2


# --- e-mail --------------------------------------------------------------------------------


@pytest.fixture
def sink(settings):
    with smtp_sink.running() as server:
        settings.MAIL_GATEWAY, settings.SMTP_SECURITY = "smtp", "none"
        settings.SMTP_HOST, settings.SMTP_PORT = "127.0.0.1", server.port
        yield server


def mailed(person_id) -> Message:
    facts = {"at": NOW.isoformat(), "device": "Chrome · Android"}
    notices.notify(
        person_id,
        "session_ended",
        now=NOW,
        facts=facts,
        reach=lambda: Reach(email=EmailAddress.parse("lan@example.vn")),
    )
    return Message.objects.get(subject_id=person_id, channel="email")


def test_a_letter_says_what_sort_of_notice_there_is_and_nothing_of_it(sink, lan):
    message = run(mailed(lan))

    [letter] = sink.messages
    assert letter["Subject"] == "BHXH: Một phiên đăng nhập đã kết thúc"
    assert "Android" not in letter.get_content()
    assert "://" not in letter.get_content()
    assert (message.state, message.reason, message.body) == (State.DELIVERED, "handed_over", None)
    assert message.to_masked == "l•••@example.vn"


def test_a_letter_that_is_refused_fails_and_one_that_is_not_taken_now_waits(sink, lan):
    sink.answers = {"RCPT": ["451 later", "550 no"]}
    message = run(mailed(lan))
    assert (message.state, message.reason) == (State.CREATED, "smtp_451")
    message = run(message)
    assert (message.state, message.reason) == (State.FAILED, "smtp_550")


def test_a_letter_sent_twice_is_known_as_one(sink, lan):
    sink.answers = {"END": ["DROP"]}
    message = run(mailed(lan))
    message = run(message, NOW + LEASE)
    assert message.state == State.DELIVERED
    assert len(sink.messages) == 2
    assert len({letter["Message-ID"] for letter in sink.messages}) == 1


def test_mail_switched_off_meanwhile_ends_the_message(sink, lan, settings):
    message = mailed(lan)
    settings.MAIL_GATEWAY = "off"
    assert run(message).reason == "off"
