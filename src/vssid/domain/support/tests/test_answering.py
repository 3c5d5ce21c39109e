"""The conversation about a message: who may read and write, who is told, what an officer does."""

from datetime import date, timedelta

import pytest

from tests.making.registrations import (
    ELSEWHERE,
    HONG_BANG,
    NOW,
    make_office,
    make_officer,
    plain_photo,
)
from tests.making.sms import texts_to
from vssid.domain.audit import queries as audit
from vssid.domain.notifications.inbox import queries as inbox
from vssid.domain.support.errors import NotOpenAnyMore, SameOffice
from vssid.domain.support.models import Note, Ticket
from vssid.domain.support.writing import Reader
from vssid.kernel.errors import NotYours
from vssid.web.citizen.tests.cast import make_citizen

from .. import answering, looks, queries, writing
from ..notes import written
from .desk import TEXT, answer, make_draft, make_strangers, make_ticket, state_of

pytestmark = pytest.mark.django_db
LAN, OTHER = 11, 12


# --- who may read and write ----------------------------------------------------------------


def test_nobody_else_reads_writes_or_closes():
    own, strangers, draft = make_ticket(LAN), make_strangers(), make_draft(sender={"phone": "0987654321"})
    matrix = [
        (own, Reader(OTHER)),
        (own, Reader(ticket_id=own)),
        (own, Reader()),
        (own, Reader(OTHER, strangers)),
        (strangers, Reader(LAN)),
        (strangers, Reader(ticket_id=own)),
        (strangers, Reader()),
        (draft, Reader(ticket_id=draft)),
        (draft, Reader(LAN)),
        (999_999, Reader(LAN, 999_999)),
    ]
    for ticket_id, reader in matrix:
        with pytest.raises(NotYours):
            queries.thread(ticket_id, by=reader, now=NOW)
        with pytest.raises(NotYours):
            queries.photo(ticket_id, 1, by=reader)
        with pytest.raises(NotYours):
            writing.write(ticket_id, written("x", ""), by=reader, now=NOW)
        with pytest.raises(NotYours):
            writing.close(ticket_id, by=reader, now=NOW)
    assert Note.objects.filter(ticket_id__in=[own, strangers]).count() == 2


def test_an_officer_of_another_office_can_do_nothing():
    ticket_id, hanh = make_ticket(LAN, photo=plain_photo()), make_officer("Hạnh", ELSEWHERE)
    for act in (
        lambda: looks.look_at(ticket_id, by=hanh, now=NOW),
        lambda: looks.look_at_photo(ticket_id, 1, by=hanh, now=NOW),
        lambda: answering.take(ticket_id, by=hanh, now=NOW),
        lambda: answer(ticket_id, by=hanh),
        lambda: answering.close(ticket_id, by=hanh, now=NOW),
        lambda: answering.forward(ticket_id, ELSEWHERE, by=hanh, now=NOW),
    ):
        with pytest.raises(NotYours):
            act()
    assert state_of(ticket_id) == "sent"
    assert not queries.queue(ELSEWHERE, "waiting").exists()


def test_an_officer_sees_no_draft():
    ticket_id = make_draft()
    assert not queries.queue(HONG_BANG, "waiting").exists()
    with pytest.raises(NotYours):
        looks.look_at(ticket_id, by=make_officer(), now=NOW)


# --- the conversation ----------------------------------------------------------------------


def test_an_answer_tells_the_person_and_is_read_in_the_thread():
    person_id = make_citizen()
    ticket_id = make_ticket(person_id)
    answering.take(ticket_id, by=make_officer(), now=NOW)
    assert state_of(ticket_id) == "read"
    answer(ticket_id)
    thread = queries.thread(ticket_id, by=Reader(person_id), now=NOW)
    assert thread.row.state == "answered"
    assert [(note.kind, note.author_name) for note in thread.notes] == [("person", ""), ("officer", "Minh")]
    (told,) = texts_to(person_id, "ticket_answered")
    (notice,) = inbox.page(person_id).notices
    assert (notice.kind, notice.link) == ("ticket_answered", f"/tro-giup/tin-nhan/{ticket_id}")
    assert thread.row.number in told


def test_the_same_answer_form_twice_is_one_answer_and_one_notice():
    person_id = make_citizen()
    ticket_id = make_ticket(person_id)
    answer(ticket_id, once="a")
    answer(ticket_id, once="a")
    assert Note.objects.filter(ticket_id=ticket_id).count() == 2
    assert len(texts_to(person_id, "ticket_answered")) == 1
    assert inbox.unread(person_id) == 1


def test_an_answer_to_a_stranger_is_a_text_to_the_proved_phone():
    ticket_id = make_strangers()
    answer(ticket_id)
    assert len(texts_to(ticket_id, "ticket_answered")) == 1


def test_writing_again_after_an_answer_waits_anew_with_a_new_day():
    ticket_id = make_ticket(LAN)
    answer(ticket_id)
    later = NOW + timedelta(days=7)
    writing.write(ticket_id, written("Vẫn thiếu.", "w"), by=Reader(LAN), now=later)
    writing.write(ticket_id, written("Vẫn thiếu.", "w"), by=Reader(LAN), now=later)
    row = queries.thread(ticket_id, by=Reader(LAN), now=later).row
    assert (row.state, row.waiting_since, row.due_on) == ("sent", later, date(2026, 12, 2))
    assert Note.objects.filter(ticket_id=ticket_id).count() == 3


def test_writing_again_before_an_answer_does_not_put_off_the_day():
    ticket_id = make_ticket(LAN)
    writing.write(ticket_id, written("Thêm.", ""), by=Reader(LAN), now=NOW + timedelta(days=3))
    assert Ticket.objects.get(id=ticket_id).due_on == date(2026, 11, 26)


def test_a_closed_message_takes_nothing_more():
    ticket_id, minh = make_ticket(LAN), make_officer()
    make_office(ELSEWHERE)
    writing.close(ticket_id, by=Reader(LAN), now=NOW)
    writing.close(ticket_id, by=Reader(LAN), now=NOW)
    for act in (
        lambda: writing.write(ticket_id, written("x", ""), by=Reader(LAN), now=NOW),
        lambda: answer(ticket_id),
        lambda: answering.take(ticket_id, by=minh, now=NOW),
        lambda: answering.forward(ticket_id, ELSEWHERE, by=minh, now=NOW),
    ):
        with pytest.raises(NotOpenAnyMore):
            act()
    answering.close(ticket_id, by=minh, now=NOW)


def test_an_answered_message_cannot_be_taken():
    ticket_id = make_ticket(LAN)
    answer(ticket_id)
    with pytest.raises(NotOpenAnyMore):
        answering.take(ticket_id, by=make_officer(), now=NOW)


def test_a_forwarded_message_lies_at_the_other_office_only():
    ticket_id, minh = make_ticket(LAN), make_officer()
    make_office(ELSEWHERE)
    answering.take(ticket_id, by=minh, now=NOW)
    answering.forward(ticket_id, ELSEWHERE, by=minh, now=NOW)
    assert [row.id for row in queries.queue(ELSEWHERE, "waiting")] == [ticket_id]
    assert state_of(ticket_id) == "sent"
    with pytest.raises(NotYours):
        looks.look_at(ticket_id, by=minh, now=NOW)
    thread, _sender = looks.look_at(ticket_id, by=make_officer("Hạnh", ELSEWHERE), now=NOW)
    assert thread.notes[-1].kind == "forwarded"


def test_it_is_not_forwarded_to_its_own_or_an_unknown_office():
    ticket_id, minh = make_ticket(LAN), make_officer()
    for office in (HONG_BANG, "09999", ""):
        with pytest.raises(SameOffice):
            answering.forward(ticket_id, office, by=minh, now=NOW)


def test_every_act_and_look_of_an_officer_is_in_the_log():
    ticket_id, minh = make_ticket(LAN, photo=plain_photo()), make_officer()
    looks.look_at(ticket_id, by=minh, now=NOW)
    looks.look_at_photo(ticket_id, 1, by=minh, now=NOW)
    answering.take(ticket_id, by=minh, now=NOW)
    answer(ticket_id)
    answering.close(ticket_id, by=minh, now=NOW)
    kinds = [event.kind for event in audit.events_of(ticket_id)][::-1]
    acts = ["sent", "opened", "photo_seen", "taken", "answered", "closed"]
    assert kinds == [f"ticket.{kind}" for kind in acts]
    assert TEXT not in str([event.facts for event in audit.events_of(ticket_id)])


def test_the_queue_has_what_is_due_first_and_counts_what_is_late():
    later = make_ticket(LAN, topic="participation")
    sooner = make_ticket(OTHER, topic="card")
    assert [row.id for row in queries.queue(HONG_BANG, "waiting")] == [sooner, later]
    counts = queries.counts(HONG_BANG, NOW + timedelta(days=6))
    assert (counts.waiting, counts.late, counts.answered) == (2, 1, 0)
