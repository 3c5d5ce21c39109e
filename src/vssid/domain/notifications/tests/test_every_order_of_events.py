"""Any order of sending, dying, receipts, sweeps and cancelling keeps the promises of the README."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from vssid.domain.vault import sealing as vault
from vssid.infra import push, sms
from vssid.infra.tests.push_endpoint import Browser

from .. import actions
from ..caps import spending
from ..inbox import notices, subscriptions
from ..models.messages import Message
from ..outbox import receipts, sending, sweeping
from ..outbox.states import FINAL, LEASE, LOST_AFTER, RECEIPT_WAIT, State
from .fakes import NOW, Killed, again, make_message

LIFE = timedelta(minutes=30)
# What leaves us in doubt comes twice, so that doubt on doubt is tried often.
DOUBT = ["unsure_kept", "killed_after"]
ANSWERS = ["accepted", "refused", "unavailable", "unsure_lost", "killed_before", *DOUBT, *DOUBT]
MEANWHILE = [
    "accepted",
    "delivered",
    "failed",
    "other worker",
    "lease over",
    "lease over and taken",
    "cancel",
]

# What becomes of a copy that the network has; one that it rejected is none (test_sending).
REPORTS = [outcome for outcome in sms.Outcome if outcome is not sms.Outcome.REJECTED]


class OneMessage(RuleBasedStateMachine):
    """One message, a phone network that keeps what it was given, and a clock."""

    def __init__(self) -> None:
        super().__init__()
        Message.objects.all()._raw_delete("default")
        self.now = NOW
        message = self.make()
        self.key = (message.subject_id, message.id)
        self.copies: list[int] = []
        self.answer = "accepted"
        self.meanwhile: str | None = None
        self.final: tuple[str, str] | None = None

    def make(self) -> Message:
        """The message that is played."""
        return make_message(expires_in=LIFE)

    # --- the gateway ---
    def send(self, outgoing: Any) -> sms.Accepted:
        """Answer as planned; the attempt is read from the receipt address, as a network would."""
        self.take(int(outgoing.receipt_url.split("/")[-2]))
        return sms.Accepted("ref")

    def take(self, attempt: int) -> None:
        """What becomes of one attempt."""
        answer, meanwhile = self.answer, self.meanwhile
        self.answer, self.meanwhile = "accepted", None
        if answer == "killed_before":
            raise Killed
        if answer in {"accepted", "unsure_kept", "killed_after"}:
            self.copies.append(attempt)
        self.happen(meanwhile, attempt)
        if answer == "killed_after":
            raise Killed
        if answer == "unavailable":
            raise sms.Unavailable("down")
        if answer == "refused":
            raise sms.Refused("no")
        if answer.startswith("unsure"):
            raise sms.Unsure("silence")

    def happen(self, event: str | None, attempt: int) -> None:
        """Something that comes between the gateway taking the text and our writing it down."""
        if event in {"accepted", "delivered", "failed"} and attempt in self.copies:
            receipts.apply(*self.key, attempt, sms.Outcome(event), self.now)
        elif event == "other worker":
            self.work("accepted", None)
        elif event == "lease over":
            self.now += LEASE
            self.sweep()
        elif event == "lease over and taken":
            self.now += LEASE
            self.sweep()
            self.work("accepted", None)
        elif event == "cancel":
            self.cancel()

    # --- what may happen ---
    @rule(answer=st.sampled_from(ANSWERS), meanwhile=st.just(None) | st.sampled_from(MEANWHILE))
    def work(self, answer: str, meanwhile: str | None) -> None:
        self.answer, self.meanwhile = answer, meanwhile
        with suppress(Killed):
            sending.attempt(*self.key, clock=lambda: self.now)

    @rule(seconds=st.sampled_from([1, 10, 30, 60, 120, 600]))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def a_minute_passes_and_the_next_worker_dies(self) -> None:
        self.now += LEASE
        self.sweep()
        self.work("killed_after", None)

    @rule()
    def sweep(self) -> None:
        assert sweeping.sweep(self.now).errors == 0

    @rule(which=st.integers(0, 3), outcome=st.sampled_from(REPORTS))
    def receipt(self, which: int, outcome: sms.Outcome) -> None:
        if self.copies:
            receipts.apply(*self.key, self.copies[which % len(self.copies)], outcome, self.now)

    def cancel(self) -> None:
        actions.cancel(self.key[0], again(*self.key).kind, self.now)

    # --- what must hold ---
    @invariant()
    def a_final_state_stays(self) -> None:
        message = again(*self.key)
        if self.final:
            assert (message.state, message.reason) == self.final
        elif message.state in FINAL:
            self.final = (message.state, message.reason)

    @invariant()
    def at_most_one_extra_copy(self) -> None:
        assert len(self.copies) <= 2

    @invariant()
    def the_text_lives_exactly_as_long_as_the_message(self) -> None:
        message = again(*self.key)
        assert (message.body is None) == (message.state in FINAL)

    def teardown(self) -> None:
        """Nothing is lost: with a healthy gateway and time, an open message goes out or ends."""
        self.now += max(LEASE, RECEIPT_WAIT, LOST_AFTER)
        for _ in range(3):
            self.sweep()
            self.work("accepted", None)
            self.now += timedelta(minutes=10)
        assert again(*self.key).state in {State.SENT, *FINAL}
        self.now = NOW + LIFE + LEASE + timedelta(hours=1)
        self.sweep()
        assert again(*self.key).state in FINAL
        self.a_final_state_stays()
        self.at_most_one_extra_copy()


class OnePush(OneMessage):
    """The same for Web Push: no receipts ever come, and a subscription may be gone."""

    def make(self) -> Message:
        """A notice pushed to one browser."""
        person_id = vault.new_subject_id()
        browser = Browser()
        address = subscriptions.PushAddress("https://fcm.googleapis.com/x", browser.p256dh, browser.auth)
        subscriptions.subscribe(person_id, address, session_id=uuid4(), device="", now=NOW)
        facts = {"at": NOW.isoformat(), "device": ""}
        notices.notify(person_id, "session_ended", now=NOW, facts=facts)
        Message.objects.filter(subject_id=person_id).update(expires_at=NOW + LIFE)
        return Message.objects.get(subject_id=person_id)

    def send(self, outgoing: Any) -> sms.Accepted:
        """As a push service: it takes the message or not, and that is all it says."""
        self.take(again(*self.key).attempts)
        return sms.Accepted("", receipts=False)

    def happen(self, event: str | None, attempt: int) -> None:
        """No receipt comes."""
        super().happen(None if event in {"accepted", "delivered", "failed"} else event, attempt)

    @rule(which=st.integers(0, 3), outcome=st.sampled_from(REPORTS))
    def receipt(self, which: int, outcome: sms.Outcome) -> None:
        """The browser is turned off instead, now and then."""
        if which == 0:
            for browser in subscriptions.of(self.key[0]):
                subscriptions.remove(self.key[0], browser.id)


@pytest.mark.django_db
@pytest.mark.parametrize("machine", [OneMessage, OnePush])
def test_no_order_of_events_breaks_a_promise(monkeypatch, settings, machine):
    # The machine itself is the provider of whichever message is being played.
    playing: list[OneMessage] = []
    plain = machine.__init__

    def init(self: OneMessage) -> None:
        plain(self)
        playing[:] = [self]

    settings.VAPID_KEY = push.new_key_text()
    monkeypatch.setattr(machine, "__init__", init)
    # All go to one phone on one day.
    monkeypatch.setattr(spending, "_table", tuple)
    monkeypatch.setattr(sms, "gateway", lambda: playing[0])
    monkeypatch.setattr(push, "service", lambda: playing[0])

    run_state_machine_as_test(
        machine,
        settings=hypothesis_settings(
            max_examples=60,
            stateful_step_count=12,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
