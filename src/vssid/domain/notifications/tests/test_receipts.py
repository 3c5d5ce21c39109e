"""What receipts do to a message: once each, in any order, early and late."""

from __future__ import annotations

import pytest

from vssid.infra.sms import Outcome

from ..outbox import receipts
from ..outbox.states import State
from .fakes import NOW, SECOND, make_message, receipt, run

pytestmark = pytest.mark.django_db


def test_a_receipt_ends_it_and_erases_the_text(phones):
    message = receipt(run(make_message()), at=NOW + SECOND)

    assert message.state == State.DELIVERED
    assert message.body is None
    assert message.delivered_at == message.ended_at == NOW + SECOND


def test_a_receipt_that_comes_before_sent_is_written_is_kept(phones):
    message = make_message()
    phones.during = lambda _sms: receipts.apply(
        message.subject_id, message.id, 1, Outcome.DELIVERED, NOW + SECOND
    )

    assert run(message).state == State.DELIVERED


def test_an_accepted_receipt_that_comes_early_keeps_its_time(phones):
    message = make_message()
    phones.during = lambda _sms: receipts.apply(message.subject_id, message.id, 1, Outcome.ACCEPTED, NOW)

    message = run(message, NOW)

    assert (message.state, message.sent_at, message.provider_ref) == (State.SENT, NOW, "ref-1")


def test_a_receipt_twice_is_once(phones):
    first = receipt(run(make_message()), at=NOW)
    second = receipt(first, at=NOW + SECOND)

    assert second.delivered_at == NOW


@pytest.mark.parametrize("later", list(Outcome))
@pytest.mark.parametrize("final", [Outcome.DELIVERED, Outcome.FAILED])
def test_a_final_state_never_goes_back(phones, final, later):
    done = receipt(run(make_message()), final)

    assert receipt(done, later, at=NOW + SECOND).state == done.state
    assert run(done).state == done.state
    assert phones.calls == 1


def test_accepted_after_delivered_changes_nothing(phones):
    message = receipt(run(make_message()))

    assert receipt(message, Outcome.ACCEPTED).state == State.DELIVERED


def test_a_receipt_for_an_attempt_that_was_not_made_is_ignored(phones):
    assert receipt(make_message()).state == State.CREATED
