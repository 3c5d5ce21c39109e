"""A message to an office under several hands at once: one outcome."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.journeys.test_at_once import at_once
from tests.making.registrations import ELSEWHERE, HONG_BANG, make_office
from tests.making.sms import last_code, texts_to
from vssid.domain.support.models import Note, Ticket
from vssid.domain.support.tests.desk import make_draft, make_ticket
from vssid.web.citizen.tests import cast
from vssid.web.officer.tests.desk import browser_of, minh, ngoc
from vssid.web.public import handover_cookie

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
TYPED = {"topic": "card", "office_code": HONG_BANG, "text": "Xin hỏi", "once": "f1"}


def test_six_taps_on_send_make_one_message() -> None:
    make_office()
    person_id = cast.make_citizen()
    taps = [browser_of(person_id) for _ in range(6)]
    answers = at_once(*[lambda tap=tap: tap.post("/tro-giup/tin-nhan/moi", TYPED) for tap in taps])
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer["Location"] for answer in answers}) == 1
    assert Ticket.objects.count() == Note.objects.count() == 1


def test_the_code_entered_twice_at_once_sends_one_message_and_one_notice() -> None:
    ticket_id = make_draft(now=timezone.now())
    code = last_code(ticket_id)
    taps = [Client(), Client()]
    for tap in taps:
        handed_over = HttpResponse()
        handover_cookie.put(handed_over, "ticket-code", {"draft": ticket_id}, scope="public:help")
        tap.cookies.update(handed_over.cookies)
    answers = at_once(
        *[lambda tap=tap: tap.post("/tro-giup/tin-nhan/ma", {"code": code}).status_code for tap in taps]
    )
    assert 302 in answers
    assert Ticket.objects.get().state == "sent"
    assert len(texts_to(ticket_id, "ticket_received")) == 1


def test_of_an_answer_and_a_forwarding_at_once_each_is_whole_or_refused() -> None:
    make_office(ELSEWHERE)
    of_minh, of_ngoc = minh(), ngoc()
    person_id = cast.make_citizen()
    ticket_id = make_ticket(person_id)
    here = f"/can-bo/tin-nhan/{ticket_id}"
    answered, forwarded = at_once(
        lambda: of_minh.post(f"{here}/tra-loi", {"text": "Trả lời", "once": "a"}).status_code,
        lambda: of_ngoc.post(f"{here}/chuyen", {"office_code": ELSEWHERE}).status_code,
    )
    # 409: a colleague had it in hand; 404: it already lay at the other office.
    assert {answered, forwarded} <= {302, 404, 409}
    assert 302 in (answered, forwarded)
    assert Note.objects.filter(kind="officer").count() == (answered == 302)
    assert len(texts_to(person_id, "ticket_answered")) == (answered == 302)
    assert (Ticket.objects.get().office_id == ELSEWHERE) is (forwarded == 302)


def test_of_two_officers_who_answer_at_once_nothing_written_is_lost() -> None:
    of_minh, of_ngoc = minh(), ngoc()
    ticket_id = make_ticket(cast.make_citizen())
    here = f"/can-bo/tin-nhan/{ticket_id}/tra-loi"
    answers = at_once(
        lambda: of_minh.post(here, {"text": "Một", "once": "a"}),
        lambda: of_ngoc.post(here, {"text": "Hai", "once": "b"}),
    )
    taken = [answer for answer in answers if answer.status_code == 302]
    assert taken
    assert Note.objects.filter(ticket_id=ticket_id, kind="officer").count() == len(taken)
    for answer, text in zip(answers, ("Một", "Hai"), strict=True):
        if answer not in taken:
            assert answer.status_code == 409
            assert f">{text}</textarea>" in answer.text
