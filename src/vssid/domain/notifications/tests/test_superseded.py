"""Of what only the newest is good for, an older one is stopped, and never sent after it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from vssid.domain.vault import sealing as vault
from vssid.infra.sms import Unavailable
from vssid.kernel.ids import Phone

from .. import actions
from ..models.messages import Message
from ..outbox import sending
from ..outbox.states import State
from .fakes import NOW, PHONE, again

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)
HOUR = timedelta(hours=1)


def kept(subject_id: int, series: str, now=NOW, kind: str = "account_activation") -> Message:
    message_id = actions.send_sms(
        to=Phone.parse_mobile(PHONE),
        text=f"BHXH: mat khau {series}.",
        kind=kind,
        subject_id=subject_id,
        now=now,
        expires_in=HOUR,
        series=series,
    )
    return again(subject_id, message_id)


def run(message: Message, at=LATER) -> Message:
    sending.attempt(message.subject_id, message.id, clock=lambda: at)
    return again(message.subject_id, message.id)


def test_an_older_password_that_still_waits_is_stopped_whatever_it_was_kept_for(phones):
    application, person = vault.new_subject_id(), vault.new_subject_id()
    phones.errors = [Unavailable("no_connection")]
    older = run(kept(application, "activation:7"))
    assert older.state == State.CREATED, "the gateway was away"

    newer = kept(person, "activation:7", LATER)

    older = run(older)
    assert (older.state, older.reason, older.body) == (State.EXPIRED, "cancelled", None)
    assert run(newer).state == State.SENT
    assert len(phones.copies) == 1


def test_of_two_that_were_kept_at_once_without_seeing_each_other_the_older_is_never_sent(phones, monkeypatch):
    subject = vault.new_subject_id()
    monkeypatch.setattr(actions, "_stop", lambda rows, now: 0)
    older, newer = kept(subject, "code:x:1"), kept(subject, "code:x:1", NOW + timedelta(seconds=1))

    assert run(newer).state == State.SENT
    older = run(older)

    assert (older.state, older.reason, older.body) == (State.EXPIRED, "cancelled", None)
    assert [copy.message_id for copy in phones.copies] == [newer.id]


def test_what_was_in_hand_when_a_newer_one_came_is_not_tried_again(phones):
    older = kept(vault.new_subject_id(), "activation:8")
    phones.errors = []

    class Away(Unavailable):
        pass

    def meanwhile(_sms: object) -> None:
        kept(vault.new_subject_id(), "activation:8", LATER)
        raise Away("no_connection")

    phones.during = meanwhile
    older = run(older, NOW)

    assert (older.state, older.reason) == (State.EXPIRED, "cancelled")


def test_another_series_and_what_belongs_to_none_stay(phones):
    subject = vault.new_subject_id()
    first = [kept(subject, "code:contact_phone_old:7"), kept(subject, ""), kept(subject, "")]
    kept(subject, "code:contact_email_old:7", LATER)
    assert [run(message).state for message in first] == [State.SENT] * 3
