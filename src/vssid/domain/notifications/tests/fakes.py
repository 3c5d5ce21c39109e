"""A gateway that does as a test says, and the few things every test makes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from procrastinate.contrib.django.models import ProcrastinateJob

from vssid.domain.vault import sealing as vault
from vssid.infra.push.vapid import encoded
from vssid.infra.sms import Accepted, NotTaken, Outcome, SmsOut
from vssid.infra.tests.push_endpoint import Browser
from vssid.kernel.ids import Phone

from .. import actions
from ..inbox import subscriptions
from ..models.messages import Message
from ..outbox import receipts, sending

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PHONE = "0912345678"
TEXT = "BHXH: ma xac nhan 123456."
SECOND = timedelta(seconds=1)


class FakeGateway:
    """Keeps what reached the phone network. `next` is what the next calls do, `during` runs inside a call."""

    def __init__(self) -> None:
        self.copies: list[SmsOut] = []
        self.calls = 0
        self.errors: list[NotTaken] = []
        self.during: Callable[[SmsOut], None] | None = None

    def send(self, sms: SmsOut) -> Accepted:
        """Raise the next planned error, else take the message."""
        self.calls += 1
        if self.errors:
            raise self.errors.pop(0)
        self.copies.append(sms)
        if self.during:
            self.during(sms)
        return Accepted(provider_ref=f"ref-{self.calls}")


class Killed(BaseException):
    """The worker dies here."""


def make_message(
    subject_id: int | None = None, *, kind: str = "phone_code", expires_in: timedelta = timedelta(hours=1)
) -> Message:
    """A message just created, at NOW."""
    subject_id = subject_id or vault.new_subject_id()
    message_id = actions.send_sms(
        to=Phone.parse_mobile(PHONE),
        text=TEXT,
        kind=kind,
        subject_id=subject_id,
        now=NOW,
        expires_in=expires_in,
    )
    return again(subject_id, message_id)


def again(subject_id: int, message_id: UUID) -> Message:
    """The message as the database has it."""
    return Message.objects.get(subject_id=subject_id, id=message_id)


def subscribe(person_id: int, name: str = "a", session_id: UUID | None = None, now: datetime = NOW) -> UUID:
    """A browser of the person that takes Web Push, at an address where nobody listens."""
    browser = Browser()
    address = subscriptions.PushAddress.parse(
        f"http://127.0.0.1:9/{name}", encoded(browser.p256dh), encoded(browser.auth)
    )
    return subscriptions.subscribe(
        person_id, address, session_id=session_id or uuid4(), device="Chrome · Android", now=now
    )


def run(message: Message, at: datetime = NOW) -> Message:
    """One attempt at a message by a worker; the message as it then is."""
    sending.attempt(message.subject_id, message.id, clock=lambda: at)
    return again(message.subject_id, message.id)


def receipt(
    message: Message, outcome: Outcome = Outcome.DELIVERED, *, attempt: int = 1, at: datetime = NOW
) -> Message:
    """What the gateway reports of an attempt; the message as it then is."""
    receipts.apply(message.subject_id, message.id, attempt, outcome, at)
    return again(message.subject_id, message.id)


def jobs() -> list[ProcrastinateJob]:
    """The jobs that send messages, in the order in which they were made."""
    return list(ProcrastinateJob.objects.filter(task_name="notifications.send").order_by("id"))
