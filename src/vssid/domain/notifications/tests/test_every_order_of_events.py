"""Any order of sending, dying, receipts, sweeps and cancelling keeps the promises of the README."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from vssid.domain.notifications import actions, receipts, sending, sweeping
from vssid.domain.notifications.models import Message
from vssid.domain.notifications.states import FINAL, LEASE, LOST_AFTER, RECEIPT_WAIT, State
from vssid.infra import sms

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


class OneMessage(RuleBasedStateMachine):
    """One message, a phone network that keeps what it was given, and a clock."""

    def __init__(self) -> None:
        super().__init__()
        Message.objects.all()._raw_delete("default")
        self.now = NOW
        message = make_message(expires_in=LIFE)
        self.key = (message.subject_id, message.id)
        self.copies: list[int] = []
        self.answer = "accepted"
        self.meanwhile: str | None = None
        self.final: tuple[str, str] | None = None

    # --- the gateway ---
    def send(self, outgoing: sms.SmsOut) -> sms.Accepted:
        """Answer as planned; the attempt is read from the receipt address, as a network would."""
        answer, meanwhile = self.answer, self.meanwhile
        self.answer, self.meanwhile = "accepted", None
        attempt = int(outgoing.receipt_url.split("/")[-2])
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
        return sms.Accepted("ref")

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

    @rule(which=st.integers(0, 3), outcome=st.sampled_from(list(sms.Outcome)))
    def receipt(self, which: int, outcome: sms.Outcome) -> None:
        if self.copies:
            receipts.apply(*self.key, self.copies[which % len(self.copies)], outcome, self.now)

    def cancel(self) -> None:
        actions.cancel(self.key[0], "phone_code", self.now)

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


@pytest.mark.django_db
def test_no_order_of_events_breaks_a_promise(monkeypatch):
    # The machine itself is the gateway of whichever message is being played.
    playing: list[OneMessage] = []
    plain = OneMessage.__init__

    def init(self: OneMessage) -> None:
        plain(self)
        playing[:] = [self]

    monkeypatch.setattr(OneMessage, "__init__", init)
    monkeypatch.setattr(sms, "gateway", lambda: playing[0])

    run_state_machine_as_test(
        OneMessage,
        settings=settings(
            max_examples=60,
            stateful_step_count=12,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
