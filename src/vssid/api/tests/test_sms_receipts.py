from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from vssid.domain.notifications import actions
from vssid.domain.notifications.models.messages import Message
from vssid.domain.notifications.outbox import receipts
from vssid.domain.vault import sealing as vault
from vssid.kernel.ids import Phone

pytestmark = pytest.mark.django_db


def make_sent_message() -> Message:
    subject_id = vault.new_subject_id()
    message_id = actions.send_sms(
        to=Phone.parse("0912345678"),
        text="BHXH: ma 123456",
        kind="test",
        subject_id=subject_id,
        now=timezone.now(),
        expires_in=timedelta(hours=1),
    )
    Message.objects.filter(subject_id=subject_id, id=message_id).update(state="sent", attempts=1)
    return Message.objects.get(subject_id=subject_id, id=message_id)


def door(message: Message, *, attempt: int = 1, token: str | None = None) -> str:
    given = token or receipts.token(message.subject_id, message.id, attempt)
    return reverse("sms-receipt", args=[message.subject_id, message.id, attempt, given])


def state(message: Message) -> str:
    return Message.objects.get(subject_id=message.subject_id, id=message.id).state


def test_the_address_given_to_the_gateway_is_this_door(settings):
    settings.SMS_RECEIPT_BASE = "http://inside:8000"
    message = make_sent_message()

    assert receipts.url(message.subject_id, message.id, 1) == "http://inside:8000" + door(message)
    assert "912345678" not in door(message)


@pytest.mark.parametrize(
    ("kind", "becomes"),
    [("1", "delivered"), ("2", "failed"), ("16", "created"), ("8", "sent"), ("4", "sent")],
)
def test_a_receipt_does_what_it_says(client, kind, becomes):
    message = make_sent_message()

    answer = client.get(door(message), {"loai": kind})

    assert answer.status_code == 200
    assert state(message) == becomes


def test_a_receipt_twice_is_answered_alike(client):
    message = make_sent_message()

    answers = [client.get(door(message), {"loai": "1"}) for _ in range(2)]

    assert [answer.content for answer in answers] == [b"OK", b"OK"]
    assert "no-store" in answers[0].headers["Cache-Control"]
    assert not answers[0].cookies


def test_a_wrong_token_is_not_found_and_changes_nothing(client):
    message = make_sent_message()
    other = make_sent_message()

    for token in ("0" * 32, "Đ", receipts.token(other.subject_id, other.id, 1)):
        assert client.get(door(message, token=token), {"loai": "1"}).status_code == 404
    assert (
        client.get(
            door(message, attempt=2, token=receipts.token(message.subject_id, message.id, 1))
        ).status_code
        == 404
    )
    assert state(message) == "sent"


def test_an_unknown_type_is_a_bad_request(client):
    message = make_sent_message()

    assert client.get(door(message), {"loai": "99"}).status_code == 400
    assert client.get(door(message)).status_code == 400
    assert state(message) == "sent"


def test_a_genuine_receipt_of_a_message_that_is_gone_is_taken_quietly(client):
    subject_id, message_id = vault.new_subject_id(), uuid4()
    path = reverse("sms-receipt", args=[subject_id, message_id, 1, receipts.token(subject_id, message_id, 1)])

    assert client.get(path, {"loai": "1"}).status_code == 200


def test_only_get_is_answered(client):
    assert client.post(door(make_sent_message())).status_code == 405
