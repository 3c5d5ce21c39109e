"""The whole way: our worker, a real Kannel, its receipts through the real door."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app

from tests.kannel import network
from tests.kannel.withholding import Withholding
from tests.ports import free_port
from vssid.domain.notifications import actions
from vssid.domain.notifications.models.messages import Message
from vssid.domain.notifications.outbox import sending, states, sweeping
from vssid.domain.vault import sealing as vault
from vssid.infra.sms import Unavailable, gateway
from vssid.kernel.ids import Phone

from .test_gateway_contract import out

pytestmark = [pytest.mark.kannel, pytest.mark.django_db(transaction=True)]
HOUR = timedelta(hours=1)


def send(text: str = "BHXH: ma xac nhan 123456.") -> Message:
    subject_id = vault.new_subject_id()
    message_id = actions.send_sms(
        to=Phone.parse_mobile("0912345678"),
        text=text,
        kind="test",
        subject_id=subject_id,
        now=timezone.now(),
        expires_in=HOUR,
    )
    return Message.objects.get(subject_id=subject_id, id=message_id)


def again(message: Message) -> Message:
    return Message.objects.get(subject_id=message.subject_id, id=message.id)


def attempt(message: Message) -> Message:
    sending.attempt(message.subject_id, message.id, clock=timezone.now)
    return again(message)


def becomes(message: Message, state: str) -> None:
    network.eventually(lambda: again(message).state == state, what=f"the message is {state}", within=120)


@pytest.fixture
def receipts_door(live_server, settings):
    settings.SMS_RECEIPT_BASE = live_server.url


@pytest.fixture
def no_receipts(settings):
    settings.SMS_RECEIPT_BASE = f"http://127.0.0.1:{free_port()}"


def test_a_text_with_marks_arrives_as_ucs_2_and_its_receipt_ends_it(kannel, receipts_door):
    message = send("Mã của Đỗ Thị Ánh là 123456")

    attempt(message)

    becomes(message, "delivered")
    [sms] = kannel.received()
    assert (sms.coding, sms.text) == ("ucs-2", "Mã của Đỗ Thị Ánh là 123456")
    assert again(message).body is None


def test_a_text_without_marks_arrives_as_gsm(kannel, receipts_door):
    message = send()

    attempt(message)

    becomes(message, "delivered")
    assert [sms.coding for sms in kannel.received()] == ["text"]


def test_a_wrong_password_of_ours_does_not_lose_the_message(kannel, settings):
    settings.KANNEL_PASSWORD = "wrong"

    message = attempt(send())

    assert (message.state, message.reason) == ("created", "http_403")
    assert kannel.received() == []


def test_smsbox_that_lost_its_bearerbox_is_unavailable(kannel):
    kannel.stop("bearerbox", "fakesmsc")

    with pytest.raises(Unavailable):
        gateway().send(out("a"))


def test_a_gateway_that_was_down_gets_the_message_when_it_is_up(kannel, receipts_door, worker):
    kannel.stop()
    worker()
    message = send()
    network.eventually(lambda: again(message).attempts >= 2, what="two attempts")
    becomes(message, "created")  # between two attempts, whenever the next one begins

    kannel.start()

    becomes(message, "delivered")
    assert len(kannel.received()) == 1


def test_a_worker_killed_before_recording_sends_no_second_text_when_the_receipt_came(
    kannel, receipts_door, worker, settings
):
    with Withholding(kannel.send_port) as proxy:
        settings.KANNEL_SEND_URL = f"http://127.0.0.1:{proxy.port}/cgi-bin/sendsms"
        first = worker()
        message = send()
        network.eventually(lambda: proxy.withheld, what="the gateway has answered")
        network.kill_9(first)
        becomes(message, "delivered")
        proxy.holding = False

        _a_minute_later()
        worker()
        _the_worker_has_worked(send())

    assert len(kannel.received()) == 2, "one each"
    assert again(message).attempts == 1


def test_a_worker_killed_before_recording_costs_one_extra_text_when_no_receipt_came(
    kannel, no_receipts, worker, settings
):
    with Withholding(kannel.send_port) as proxy:
        settings.KANNEL_SEND_URL = f"http://127.0.0.1:{proxy.port}/cgi-bin/sendsms"
        first = worker()
        message = send()
        network.eventually(lambda: proxy.withheld, what="the gateway has answered")
        network.kill_9(first)
        assert again(message).state == "sending"
        proxy.holding = False

        _a_minute_later()
        worker()
        becomes(message, "sent")
        _a_minute_later()
        _the_worker_has_worked(send())

    message = again(message)
    assert (message.state, message.attempts, message.unsure) == ("sent", 2, 1)
    assert len(kannel.received()) == 3, "two of this and one of the other"


def test_the_worker_knows_the_jobs():
    assert {"notifications.send", "notifications.sweep"} <= set(app.tasks)


def _a_minute_later() -> None:
    """The minute of the lease goes by at once, and its sweep runs."""
    for message in Message.objects.filter(state="sending"):
        Message.objects.filter(subject_id=message.subject_id, id=message.id).update(
            lease_until=timezone.now() - states.LEASE
        )
    sweeping.sweep(timezone.now())


def _the_worker_has_worked(later: Message) -> None:
    """A message made later went out, so whatever waited before has had its turn."""
    network.eventually(lambda: again(later).state in {"sent", "delivered"}, what="the queue is empty")
