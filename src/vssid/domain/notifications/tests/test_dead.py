"""An address at which nothing arrives is marked, told, spared, and lives again when something arrives."""

from __future__ import annotations

from datetime import timedelta

import pytest

from vssid.infra.sms import Gone, OurFault, Outcome, Refused
from vssid.kernel.email_address import EmailAddress
from vssid.kernel.ids import Phone

from ..inbox import choices, notices, queries
from ..inbox.kinds import Channel, Topic
from ..inbox.notices import Reach
from ..models.messages import DeadAddress, Message
from ..outbox import dead_addresses, receipts, sending
from ..outbox.states import State
from .fakes import NOW, PHONE, again, make_message
from .test_channels import endpoint, lan, mailed, sink, subscribe  # noqa: F401
from .test_notices import FACTS

pytestmark = pytest.mark.django_db
TO, MAIL = Phone.parse(PHONE), EmailAddress.parse("lan@example.vn")
LATER = NOW + timedelta(hours=1)


def run(message: Message, at=NOW) -> Message:
    sending.attempt(message.subject_id, message.id, clock=lambda: at)
    return again(message.subject_id, message.id)


def kill(phones) -> None:
    """The gateway says that nothing arrives at the phone."""
    phones.errors = [Gone("http_403")]
    run(make_message())


def arrears(person_id: int, email: EmailAddress | None = MAIL, now=NOW) -> list[Message]:
    reach = Reach(TO, email)
    notices.notify(person_id, "arrears", now=now, facts=FACTS["arrears"], reach=lambda: reach)
    return list(Message.objects.filter(subject_id=person_id, created_at=now).order_by("channel"))


def channels(person_id: int) -> list[tuple[str, str]]:
    rows = Message.objects.filter(subject_id=person_id, kind="arrears").order_by("created_at", "channel")
    return [(row.channel, row.state) for row in rows]


def test_a_mailbox_that_does_not_exist_is_marked_with_day_and_reason(sink, lan):  # noqa: F811
    sink.answers = {"RCPT": ["550 5.1.1 no such user"]}
    message = run(mailed(lan))
    assert (message.state, message.reason) == (State.FAILED, "smtp_550")
    assert dead_addresses.of(MAIL) == dead_addresses.Mark(Channel.EMAIL, NOW, "smtp_550")
    assert b"lan@" not in bytes(DeadAddress.objects.get().fingerprint)


def test_the_person_finds_in_the_inbox_what_to_do_once(sink, lan):  # noqa: F811
    sink.answers = {"RCPT": ["550 5.1.1 no such user"] * 2}
    run(mailed(lan))
    Message.objects.filter(subject_id=lan).delete()
    run(mailed(lan))
    [told] = [notice for notice in queries.all_of(lan) if notice.kind == "address_dead"]
    assert (told.link, told.facts["to"]) == ("/tai-khoan", "l•••@example.vn")


@pytest.mark.parametrize("error", [OurFault("http_403"), Refused("http_413")])
def test_a_fault_of_ours_or_of_the_message_marks_nothing(phones, error):
    phones.errors = [error]
    run(make_message())
    assert dead_addresses.of(TO) is None


def test_a_text_that_arrives_lifts_the_mark(phones):
    kill(phones)
    assert dead_addresses.of(TO) is not None
    message = run(make_message(), NOW)
    assert dead_addresses.of(TO) is not None, "taken is not arrived"
    receipts.apply(message.subject_id, message.id, 1, Outcome.DELIVERED, NOW)
    assert dead_addresses.of(TO) is None


def test_a_letter_that_is_taken_lifts_the_mark(sink, lan):  # noqa: F811
    sink.answers = {"RCPT": ["550 5.1.1 no such user"]}
    run(mailed(lan))
    Message.objects.filter(subject_id=lan).delete()
    run(mailed(lan))
    assert dead_addresses.of(MAIL) is None


def test_the_first_no_counts_and_the_mark_ends_with_its_term(phones):
    for at in (NOW, LATER):
        phones.errors = [Gone("http_403")]
        message = make_message(expires_in=timedelta(hours=9))
        run(message, at)
    mark = dead_addresses.of(TO)
    assert mark is not None
    assert mark.since == NOW
    assert dead_addresses.forget_old(NOW + dead_addresses.KEPT) == 0
    assert dead_addresses.forget_old(NOW + dead_addresses.KEPT + timedelta(seconds=1)) == 1


# --- the next way --------------------------------------------------------------------------


def test_a_notice_whose_letter_leads_nowhere_goes_by_text(sink, lan, phones):  # noqa: F811
    sink.answers = {"RCPT": ["550 5.1.1 no such user"]}
    [letter] = arrears(lan)
    run(letter)
    assert channels(lan) == [("email", "failed"), ("sms", "created")]
    [text] = Message.objects.filter(subject_id=lan, channel="sms")
    assert run(text).state == State.SENT
    assert phones.copies[0].to == TO
    assert text.expires_at == letter.expires_at


def test_an_address_known_as_dead_is_spared_and_the_next_way_used_at_once(sink, lan):  # noqa: F811
    sink.answers = {"RCPT": ["550 5.1.1 no such user"]}
    run(mailed(lan))
    assert [message.channel for message in arrears(lan, now=LATER)] == ["sms"]


def test_while_another_way_leads_somewhere_nothing_more_is_sent(endpoint, sink, lan):  # noqa: F811
    subscribe(lan, endpoint)
    sink.answers = {"RCPT": ["550 5.1.1 no such user"]}
    letter, push = arrears(lan)
    run(letter)
    run(push)
    assert channels(lan) == [("email", "failed"), ("push", "delivered")]


def test_when_both_ways_lead_nowhere_the_next_is_used_once(endpoint, sink, lan):  # noqa: F811
    subscribe(lan, endpoint)
    sink.answers = {"RCPT": ["550 5.1.1 no such user"]}
    endpoint.answers = [(410, {})]
    letter, push = arrears(lan)
    run(letter)
    run(push)
    assert channels(lan) == [("email", "failed"), ("push", "failed"), ("sms", "created")]


def test_a_channel_that_the_person_has_switched_off_is_not_used_instead(sink, lan):  # noqa: F811
    choices.choose(lan, {Topic.ARREARS: [Channel.EMAIL]}, now=NOW)
    sink.answers = {"RCPT": ["550 5.1.1 no such user"]}
    [letter] = arrears(lan)
    run(letter)
    assert channels(lan) == [("email", "failed")]


def test_where_no_other_way_is_left_the_dead_one_is_tried_again(sink, lan, phones):  # noqa: F811
    kill(phones)
    sink.answers = {"RCPT": ["550 5.1.1 no such user"]}
    run(mailed(lan))
    assert [message.channel for message in arrears(lan, now=LATER)] == ["email"]


def test_of_what_concerns_safety_a_dead_phone_is_spared_while_a_letter_arrives(phones, sink, lan):  # noqa: F811
    kill(phones)
    facts = {"at": NOW.isoformat()}
    notices.notify(lan, "password_reset", now=NOW, facts=facts, reach=lambda: Reach(TO, MAIL))
    assert [message.channel for message in Message.objects.filter(subject_id=lan)] == ["email"]
