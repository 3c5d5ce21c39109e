"""A real Kannel that does not know us, and what becomes of messages meanwhile."""

from __future__ import annotations

import httpx
import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.kannel import network
from vssid.cli.checks import providers
from vssid.domain.notifications.outbox import provider_faults
from vssid.infra.delivery.verdicts import KANNEL, Fault, judge
from vssid.infra.sms import gateway

from .test_kannel import again, attempt, becomes, send

pytestmark = [pytest.mark.kannel, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def receipts_door(live_server, settings):
    settings.SMS_RECEIPT_BASE = live_server.url


def test_a_wrong_password_holds_every_text_and_all_go_out_when_it_is_mended(kannel, receipts_door, settings):
    settings.KANNEL_PASSWORD = "wrong"
    messages = [send(), send()]
    for message in messages:
        assert (attempt(message).state, again(message).reason) == ("created", "http_403")
        attempt(message)  # at once again; then with a pause
    assert [(fault.provider, fault.attempts) for fault in provider_faults.standing()] == [("sms", 4)]
    assert all(again(message).next_try_at > timezone.now() for message in messages)

    settings.KANNEL_PASSWORD = network.PASSWORD
    becomes_of = attempt(send())

    assert becomes_of.state in {"sent", "delivered"}
    assert provider_faults.standing() == []
    assert all(again(message).next_try_at <= timezone.now() for message in messages), "they wait no longer"
    due = ProcrastinateJob.objects.filter(task_name="notifications.send", scheduled_at=None)
    assert {str(message.id) for message in messages} <= {job.args["message_id"] for job in due}
    for message in messages:
        attempt(message)
        becomes(message, "delivered")
    assert len(kannel.received()) == 3


def test_the_check_knows_the_right_password_from_a_wrong_one_and_sends_nothing(kannel, settings):
    assert providers.faults() == []
    settings.KANNEL_PASSWORD = "wrong"
    (said,) = providers.faults()
    assert "VSSID_KANNEL_PASSWORD" in said
    settings.KANNEL_PASSWORD, settings.KANNEL_SEND_URL = network.PASSWORD, kannel.send_url + "x"
    (said,) = providers.faults()
    assert "VSSID_KANNEL_SEND_URL" in said
    assert kannel.received() == []


def test_the_check_lets_go_what_waited(kannel, settings):
    settings.KANNEL_PASSWORD = "wrong"
    message = send()
    attempt(message)
    attempt(message)
    settings.KANNEL_PASSWORD = network.PASSWORD

    assert providers.faults() == []

    assert (provider_faults.standing(), attempt(message).state) == ([], "sent")


@pytest.mark.parametrize(
    ("header", "value"),
    [("X-Kannel-Validity", "-5"), ("X-Kannel-Coding", "9"), ("X-Kannel-DLR-Mask", "-2")],
)
def test_a_number_of_ours_that_is_refused_is_no_fault_of_the_message(kannel, header, value):
    from .test_gateway_contract import out

    sms = out("BHXH")
    headers = gateway()._headers(sms) | {header: value}  # type: ignore[attr-defined]
    answer = httpx.post(kannel.send_url, headers=headers, content=b"BHXH", trust_env=False)

    assert (answer.status_code, answer.text.endswith("rejected")) == (400, True)
    assert judge(KANNEL, answer.status_code, answer.text) is Fault.OURS


def test_the_longest_life_that_settings_allow_is_a_validity_that_is_taken(kannel):
    from dataclasses import replace
    from datetime import timedelta

    from .test_gateway_contract import out

    gateway().send(replace(out("BHXH"), valid_for=timedelta(hours=720)))

    network.eventually(lambda: len(kannel.received()) == 1, what="the text arrives")
