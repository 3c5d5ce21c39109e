"""A message is kept, sent once, tried again, and ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from vssid.domain.notifications.errors import BadText
from vssid.domain.vault import sealing as vault
from vssid.infra.sms import Outcome, Refused, Unavailable
from vssid.kernel.ids import Phone

from .. import actions, queries
from ..models.messages import Message
from ..outbox import sending, transitions
from ..outbox.states import State, pause
from .fakes import NOW, PHONE, SECOND, TEXT, again, jobs, make_message, receipt, run

pytestmark = pytest.mark.django_db


def test_the_job_names_ids_only_and_is_known_to_the_worker():
    from procrastinate.contrib.django import app

    message = make_message()

    [job] = jobs()
    assert job.args == {"subject_id": message.subject_id, "message_id": str(message.id)}
    assert {"notifications.send", "notifications.sweep"} <= set(app.tasks)


def test_the_text_and_the_phone_are_sealed_and_shown_masked():
    message = make_message()

    assert message.body is not None
    assert PHONE[1:].encode() not in bytes(message.body)
    assert message.to_masked.endswith("678")


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_caller_leaves_neither_message_nor_job():
    def approve() -> None:
        with transaction.atomic():
            make_message()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        approve()

    assert not Message.objects.exists()
    assert not jobs()


def test_a_text_with_a_link_is_never_kept():
    with pytest.raises(BadText):
        actions.send_sms(
            to=Phone.parse(PHONE),
            text="Vao abc.vn",
            kind="x",
            subject_id=vault.new_subject_id(),
            now=NOW,
            expires_in=SECOND,
        )
    assert not Message.objects.exists()


def test_a_message_goes_out_and_waits_for_its_receipt(phones):
    message = run(make_message())

    [copy] = phones.copies
    assert (copy.to.reveal(), copy.text) == ("+84912345678", TEXT)
    assert (message.state, message.sent_at, message.provider_ref) == (State.SENT, NOW, "ref-1")


def test_no_transaction_is_open_while_the_gateway_is_called(phones, transactional_db):
    open_transactions = []
    phones.during = lambda _sms: open_transactions.append(connection.in_atomic_block)

    run(make_message())

    assert open_transactions == [False]


def test_the_gateway_may_report_arrival_at_once(settings, tmp_path):
    settings.DATA = tmp_path

    message = run(make_message())

    assert message.state == State.DELIVERED
    assert TEXT in (tmp_path / "demo" / "sms.jsonl").read_text()


def test_a_refusal_ends_it(phones):
    phones.errors = [Refused("http_400")]

    message = run(make_message())

    assert (message.state, message.reason, message.body) == (State.FAILED, "http_400", None)


def test_a_gateway_that_is_down_is_tried_again_at_once_and_then_later_and_later(phones):
    phones.errors = [Unavailable("no_connection")] * 3
    message = run(make_message())
    assert (message.state, message.next_try_at) == (State.CREATED, NOW)

    message = run(message)
    assert message.next_try_at == NOW + waited(message, 2) > NOW

    assert run(message).attempts == 2, "not before its time"
    later = message.next_try_at
    message = run(message, later)
    assert message.next_try_at == later + waited(message, 3)
    assert [job.scheduled_at for job in jobs()][1:] == [
        NOW,
        NOW + waited(message, 2),
        later + waited(message, 3),
    ]

    assert run(message, message.next_try_at).state == State.SENT
    assert len(phones.copies) == 1


def waited(message, attempts):
    """The pause after so many attempts at a message."""
    return pause(attempts, life=message.expires_at - message.created_at)


def test_pauses_grow_to_ten_minutes():
    pauses = [pause(n, life=timedelta(days=2)) for n in range(1, 12)]

    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(0), timedelta(minutes=10))


def test_a_code_is_tried_again_within_a_tenth_of_its_life():
    pauses = [pause(n, life=timedelta(minutes=5)) for n in range(1, 12)]

    assert (pauses[0], pauses[1], max(pauses)) == (timedelta(0), timedelta(seconds=10), timedelta(seconds=30))


def test_after_its_end_a_message_is_not_sent(phones):
    message = make_message(expires_in=SECOND)

    message = run(message, NOW + SECOND)

    assert (message.state, message.reason, message.body) == (State.EXPIRED, "unsent", None)
    assert phones.calls == 0


def test_two_workers_send_it_once(phones):
    message = make_message()
    phones.during = lambda _sms: sending.attempt(message.subject_id, message.id, clock=lambda: NOW)

    run(message)
    run(message)

    assert len(phones.copies) == 1


def test_of_two_workers_that_read_it_at_once_one_gets_it():
    message = make_message()

    assert transitions.claim(message, NOW) is not None
    assert transitions.claim(message, NOW) is None


def test_an_erased_subject_gets_no_message(phones):
    message = make_message()
    vault.erase(message.subject_id)

    message = run(message)

    assert (message.state, message.reason) == (State.FAILED, "erased")
    assert phones.calls == 0


def test_cancelling_stops_what_is_not_delivered_and_erases_it(phones):
    message = run(make_message())
    other = make_message(message.subject_id, kind="reminder")

    assert actions.cancel(message.subject_id, "phone_code", NOW) == 1

    message = again(message.subject_id, message.id)
    assert (message.state, message.reason, message.body) == (State.EXPIRED, "cancelled", None)
    assert again(other.subject_id, other.id).state == State.CREATED
    assert receipt(message).state == State.EXPIRED


def test_cancelling_leaves_a_delivered_message_as_it_is(phones):
    message = receipt(run(make_message()))

    assert actions.cancel(message.subject_id, "phone_code", NOW) == 0


def test_what_the_network_rejects_is_tried_again_and_never_given_up_before_its_end(phones):
    message, at = make_message(expires_in=timedelta(hours=72)), NOW
    for attempt in range(1, 9):
        assert run(message, at).state == State.SENT
        message = receipt(message, Outcome.REJECTED, attempt=attempt, at=at)
        assert (message.state, message.reason, message.sent_at) == (State.CREATED, "rejected", None)
        assert jobs()[-1].scheduled_at == message.next_try_at
        at = message.next_try_at
    assert at - NOW > timedelta(hours=2), "in the end each hour"
    assert message.body is not None
    assert receipt(message, Outcome.REJECTED, attempt=1).attempts == 8, "an old one changes nothing"
    run(message, at)
    assert receipt(message, Outcome.DELIVERED, attempt=9).state == State.DELIVERED


def test_the_latest_message_of_a_kind_is_shown(phones):
    subject = make_message().subject_id
    newest = run(make_message(subject, kind="reminder"))

    view = queries.latest(subject, "reminder")

    assert view is not None
    assert (view.id, view.state, view.attempts) == (newest.id, "sent", 1)
    assert len(queries.messages_of(subject)) == 2
    assert queries.latest(subject, "nothing") is None


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"state": "lost"}, "message_state_known"),
        ({"body": None}, "message_text_gone_when_final"),
        ({"state": State.EXPIRED, "ended_at": NOW}, "message_text_gone_when_final"),
        ({"state": State.DELIVERED, "ended_at": NOW, "body": None}, "message_delivered_has_time"),
        ({"unsure": 3, "attempts": 9}, "message_one_extra_copy"),
    ],
)
def test_the_database_refuses_what_must_not_be(change, constraint):
    message = make_message()
    rows = Message.objects.filter(subject_id=message.subject_id, id=message.id)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        rows.update(**change)
