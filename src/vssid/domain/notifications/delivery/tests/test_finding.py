"""One message is found, its course shown without its text, and sent again where that makes sense."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from vssid.domain.audit.models import Event
from vssid.domain.notifications import actions
from vssid.domain.notifications.inbox import notices
from vssid.domain.notifications.models.messages import Message, Notice
from vssid.domain.notifications.outbox import transitions
from vssid.domain.notifications.outbox.states import State
from vssid.domain.notifications.tests.fakes import NOW, PHONE, TEXT, again, jobs, make_message, receipt, run
from vssid.domain.vault import sealing as vault
from vssid.infra.sms import Outcome, Refused, Unavailable
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.ids import Phone

from .. import finding, resending
from ..errors import NotAgain

pytestmark = pytest.mark.django_db
ADMIN = Actor(ActorKind.OFFICER, 500, "Vân", "0000", "administrator")
REACH = notices.Reach(phone=Phone.parse_mobile("0987654321"))


def resend(message: Message, reach: notices.Reach = REACH) -> Any:
    return resending.resend(message.subject_id, message.id, reach=reach, by=ADMIN, now=NOW)


def make_told() -> Message:
    """A text that tells of a notice."""
    subject_id = vault.new_subject_id()
    phone = Phone.parse_mobile(PHONE)
    facts = {"at": NOW.isoformat()}
    notices.notify(subject_id, "account_frozen", now=NOW, facts=facts, reach=lambda: notices.Reach(phone))
    return Message.objects.get(subject_id=subject_id, channel="sms")


def test_it_is_found_by_its_number_phone_and_person():
    message, other = make_message(), make_message()
    Message.objects.filter(id=other.id).update(to_print=b"x")
    for found in (
        finding.by_number(message.id.hex[:8].upper()),
        finding.by_number(str(message.id)),
        finding.to(Phone.parse_mobile(PHONE)),
        finding.of(message.subject_id),
    ):
        assert [one.message.id for one in found] == [message.id]
    assert finding.to(Phone.parse_mobile("0987654321")) == []


@pytest.mark.parametrize("text", ["", "1234567", "không phải số", "g" * 8, "1" * 33])
def test_what_is_no_number_finds_nothing(text):
    make_message()
    assert finding.by_number(text) == []


def test_after_some_months_it_is_found_by_its_phone_no_more():
    make_message()
    phone = Phone.parse_mobile(PHONE)
    assert finding.forget_old(NOW + finding.FOUND_FOR) == 0
    assert len(finding.to(phone)) == 1
    assert finding.forget_old(NOW + finding.FOUND_FOR + timedelta(seconds=1)) == 1
    assert finding.to(phone) == []


@pytest.mark.parametrize(
    ("index", "query"),
    [
        ("message_by_number", "id >= '{id}' AND id <= '{id}'"),
        ("message_by_phone", "to_print = '\\x01'"),
    ],
)
def test_it_is_found_by_an_index(index, query):
    message = make_message()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT * FROM notifications_message WHERE " + query.format(id=message.id))
        assert index in "\n".join(line for (line,) in cursor.fetchall())


def test_its_course_names_attempts_and_no_text_and_the_look_is_written_down(phones):
    phones.errors = [Unavailable("http_503")]
    message = run(run(make_message()))
    receipt(message, attempt=2, at=NOW + timedelta(seconds=3))

    course = finding.course(message.subject_id, message.id, by=ADMIN, now=NOW)

    assert [(one.number, one.gateway, one.said) for one in course.tries] == [
        (1, "log", "http_503"),
        (2, "log", "delivered"),
    ]
    assert course.tries[1].delivered_at == NOW + timedelta(seconds=3)
    assert TEXT not in repr(course)
    assert "912345" not in repr(course)
    event = Event.objects.get(kind="message.viewed")
    assert (event.subject_id, event.actor_name) == (message.subject_id, "Vân")


def test_a_message_that_does_not_exist_is_not_looked_at():
    with pytest.raises(transitions.NoMessage):
        finding.course(1, make_message().id, by=ADMIN, now=NOW)
    assert not Event.objects.filter(kind="message.viewed").exists()


def test_what_waits_goes_at_once(phones):
    phones.errors = [Unavailable("x")] * 2
    message = run(run(make_message()))
    assert message.next_try_at > NOW
    before = len(jobs())

    assert resend(message) == message.id

    assert again(message.subject_id, message.id).next_try_at == NOW
    assert len(jobs()) == before + 1
    assert run(message).state == State.SENT
    assert Event.objects.get(kind="message.resent").facts["message"] == str(message.id)


def test_a_notice_that_did_not_arrive_is_told_anew_to_the_phone_of_today(phones):
    phones.errors = [Refused("http_413")]
    message = run(make_told())
    assert (message.state, message.body) == (State.FAILED, None)

    made = resend(message)

    fresh = again(message.subject_id, made)
    assert (fresh.notice_id, fresh.kind, fresh.state) == (message.notice_id, message.kind, State.CREATED)
    assert fresh.to_masked.endswith("321")
    assert Notice.objects.filter(person_id=message.subject_id).count() == 1


def test_a_code_is_never_sent_again_and_the_reason_is_said(phones):
    message = make_message()
    Message.objects.filter(id=message.id).update(series="phone")
    ended = receipt(run(again(message.subject_id, message.id)), Outcome.FAILED)
    with pytest.raises(NotAgain) as refused:
        resend(ended)
    assert refused.value.facts == {"why": "code"}


def test_of_a_series_only_the_newest_goes(phones):
    subject_id = vault.new_subject_id()
    old, new = make_message(subject_id), make_message(subject_id)
    Message.objects.filter(subject_id=subject_id).update(series="phone")
    Message.objects.filter(id=new.id).update(created_at=NOW + timedelta(seconds=1))
    with pytest.raises(NotAgain) as refused:
        resend(again(subject_id, old.id))
    assert refused.value.facts == {"why": "overtaken"}
    assert resend(again(subject_id, new.id)) == new.id


def test_what_arrived_is_under_way_or_has_nowhere_to_go_is_not_sent_again(phones):
    told = make_told()
    sent = run(told)
    with pytest.raises(NotAgain) as refused:
        resend(sent)
    assert refused.value.facts == {"why": "under_way"}
    with pytest.raises(NotAgain) as refused:
        resend(receipt(sent))
    assert refused.value.facts == {"why": "arrived"}
    lost = make_told()
    transitions.end(Message.objects.filter(id=lost.id), State.FAILED, reason="x", now=NOW)
    with pytest.raises(NotAgain) as refused:
        resend(again(lost.subject_id, lost.id), notices.nowhere())
    assert refused.value.facts == {"why": "no_way"}
    alone = make_message()
    actions.cancel(alone.subject_id, alone.kind, NOW)
    with pytest.raises(NotAgain) as refused:
        resend(again(alone.subject_id, alone.id))
    assert refused.value.facts == {"why": "no_notice"}
    assert not Event.objects.filter(kind="message.resent").exists()
