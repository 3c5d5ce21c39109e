"""A worker that was killed, a gateway that did not answer, a receipt that never came, a job that was lost."""

from __future__ import annotations

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from vssid.infra.sms import Outcome, Unsure

from ..outbox import sweeping
from ..outbox.states import LEASE, LOST_AFTER, RECEIPT_WAIT, State
from .fakes import NOW, SECOND, Killed, again, jobs, make_message, receipt, run

pytestmark = pytest.mark.django_db


def _dies(_sms: object) -> None:
    raise Killed


def test_a_killed_worker_whose_text_arrived_is_not_repeated(phones):
    message = make_message()
    phones.during = _dies
    with pytest.raises(Killed):
        run(message)
    receipt(message)

    sweeping.sweep(NOW + LEASE)

    assert run(message, NOW + LEASE).state == State.DELIVERED
    assert len(phones.copies) == 1


def test_a_killed_worker_without_a_receipt_costs_one_extra_copy_and_no_more(phones):
    message = make_message()
    phones.during = _dies
    with pytest.raises(Killed):
        run(message)

    sweeping.sweep(NOW + LEASE - SECOND)
    assert again(message.subject_id, message.id).state == State.SENDING, "the lease still runs"
    sweeping.sweep(NOW + LEASE)
    with pytest.raises(Killed):
        run(message, NOW + LEASE)
    sweeping.sweep(NOW + 2 * LEASE)

    message = again(message.subject_id, message.id)
    assert (message.state, message.reason, message.body) == (State.FAILED, "unsure", None)
    assert len(phones.copies) == 2


def test_no_answer_waits_for_a_receipt_before_the_one_repetition(phones):
    phones.errors = [Unsure("no_answer")]
    message = run(make_message())
    assert (message.state, message.lease_until) == (State.SENDING, NOW + RECEIPT_WAIT)
    assert jobs()[-1].scheduled_at == NOW + RECEIPT_WAIT

    message = run(message, NOW + RECEIPT_WAIT)

    assert (message.state, message.attempts, message.unsure) == (State.SENT, 2, 1)


def test_no_answer_and_then_a_receipt_sends_nothing_more(phones):
    phones.errors = [Unsure("no_answer")]
    message = receipt(run(make_message()), Outcome.ACCEPTED)

    assert run(message, NOW + RECEIPT_WAIT).state == State.SENT
    assert phones.calls == 1


def test_a_slow_worker_whose_lease_ran_out_still_counts_when_nobody_took_over(phones):
    message = make_message()
    phones.during = lambda _sms: sweeping.sweep(NOW + LEASE)

    assert run(message).state == State.SENT
    assert run(message, NOW + LEASE).attempts == 1


def test_a_lost_first_copy_does_not_fail_the_second(phones):
    phones.errors = [Unsure("no_answer")]
    message = run(run(make_message()), NOW + RECEIPT_WAIT)

    assert receipt(message, Outcome.FAILED, attempt=1).state == State.SENT
    assert receipt(message, Outcome.DELIVERED, attempt=1).state == State.DELIVERED


def test_sent_without_a_receipt_ends_unconfirmed_when_the_text_is_worthless(phones):
    message = run(make_message())

    sweeping.sweep(message.expires_at - SECOND)
    assert again(message.subject_id, message.id).state == State.SENT
    sweeping.sweep(message.expires_at)

    message = again(message.subject_id, message.id)
    assert (message.state, message.reason, message.body) == (State.EXPIRED, "unconfirmed", None)


def test_a_message_that_lost_its_job_gets_another(phones):
    message = make_message()
    ProcrastinateJob.objects.filter(task_name="notifications.send")._raw_delete("default")

    assert sweeping.sweep(NOW + LOST_AFTER - SECOND).woken == 0
    assert sweeping.sweep(NOW + LOST_AFTER).woken == 1
    assert sweeping.sweep(NOW + LOST_AFTER).woken == 0, "one job is enough"
    assert len(jobs()) == 1
    assert run(message, NOW + LOST_AFTER).state == State.SENT


def test_one_bad_message_does_not_stop_the_sweep(phones, monkeypatch):
    bad, good = make_message(), make_message()
    expire = sweeping._expire

    def stumble(message, now):
        if message.id == bad.id:
            raise ZeroDivisionError
        return expire(message, now)

    monkeypatch.setattr(sweeping, "_expire", stumble)

    swept = sweeping.sweep(good.expires_at)

    assert (swept.expired, swept.errors) == (1, 1)
