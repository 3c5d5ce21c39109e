"""The office's side of messages: queue, conversation, answer, forward, close; another office's is 404."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from tests.making.registrations import ELSEWHERE, HONG_BANG, NOW, make_office, make_person, plain_photo
from tests.making.sms import texts_to
from tests.page_text import text_of
from vssid.domain.audit import queries as audit
from vssid.domain.support.models import Note, Ticket
from vssid.domain.support.tests.desk import TEXT, make_draft, make_strangers, make_ticket
from vssid.web.citizen.tests.cast import make_citizen
from vssid.web.officer.tests import desk

pytestmark = pytest.mark.django_db
HERE = "/can-bo/tin-nhan"
ACTS = ("nhan", "tra-loi", "dong", "chuyen")


@pytest.fixture
def ticket_id() -> int:
    make_office()
    return make_ticket(make_citizen(person_id=make_person()), photo=plain_photo())


def state(ticket_id: int) -> str:
    return Ticket.objects.get(id=ticket_id).state


def test_the_queue_shows_number_subject_wait_and_day_but_no_text(ticket_id):
    with time_machine.travel(NOW + timedelta(hours=16), tick=False):  # the next day, a quarter past noon
        page = text_of(desk.minh().get(HERE).content)
    assert str(Ticket.objects.get().number) in page
    assert "Quá trình tham gia thiếu hoặc sai" in page
    assert "cơ quan · 4 giờ làm việc" in page
    assert "26/11/2026" in page
    assert TEXT not in page
    assert "ticket.opened" not in [event.kind for event in audit.events_of(ticket_id)]


def test_a_late_message_is_marked(ticket_id):
    with time_machine.travel(NOW + timedelta(days=10), tick=False):
        assert "Quá hạn 26/11/2026" in text_of(desk.minh().get(HERE).content)


def test_the_conversation_shows_sender_text_and_photo_and_is_audited(ticket_id):
    minh = desk.minh()
    page = text_of(minh.get(f"{HERE}/{ticket_id}").content)
    assert TEXT in page
    assert "Nguyễn Thị Lan" in page
    assert "0912 345 678" in page
    assert minh.get(f"{HERE}/{ticket_id}/anh/1")["Content-Type"] == "image/jpeg"
    kinds = [event.kind for event in audit.events_of(ticket_id)]
    assert {"ticket.opened", "ticket.photo_seen"} <= set(kinds)


def test_opening_does_not_change_the_state(ticket_id):
    desk.minh().get(f"{HERE}/{ticket_id}")
    assert state(ticket_id) == "sent"


def test_taking_answering_and_closing(ticket_id):
    minh = desk.minh()
    assert minh.post(f"{HERE}/{ticket_id}/nhan")["Location"] == f"{HERE}/{ticket_id}?xong=nhan"
    assert state(ticket_id) == "read"
    answer = {"text": "Đơn vị đã nộp bổ sung.", "once": "a1"}
    for _ in range(2):
        assert minh.post(f"{HERE}/{ticket_id}/tra-loi", answer).status_code == 302
    assert state(ticket_id) == "answered"
    assert Note.objects.filter(kind="officer").count() == 1
    assert len(texts_to(Ticket.objects.get(id=ticket_id).person_id or 0, "ticket_answered")) == 1
    page = text_of(minh.get(f"{HERE}/{ticket_id}?xong=tra-loi").content)
    assert "Đã gửi trả lời" in page
    assert "Minh, BHXH quận Hồng Bàng (mẫu)" in page
    assert "Chuyển cơ quan khác" in page
    assert "Bạn chỉ xem hồ sơ này" not in page
    minh.post(f"{HERE}/{ticket_id}/dong")
    assert state(ticket_id) == "closed"
    assert str(Ticket.objects.get().number) in minh.get(f"{HERE}?xem=da-dong").content.decode()


def test_an_empty_answer_is_refused(ticket_id):
    answer = desk.minh().post(f"{HERE}/{ticket_id}/tra-loi", {"text": " "})
    assert answer.status_code == 422
    assert "Hãy viết nội dung." in answer.content.decode()
    assert state(ticket_id) == "sent"


def test_an_answer_to_a_closed_message_is_refused(ticket_id):
    minh = desk.minh()
    minh.post(f"{HERE}/{ticket_id}/dong")
    answer = minh.post(f"{HERE}/{ticket_id}/tra-loi", {"text": "Muộn"})
    assert answer.status_code == 409
    assert "Không làm được ở tình trạng này" in answer.content.decode()


def test_forwarding_needs_another_office(ticket_id):
    minh = desk.minh()
    for office in ("", HONG_BANG, "09999"):
        assert minh.post(f"{HERE}/{ticket_id}/chuyen", {"office_code": office}).status_code == 422
    assert Ticket.objects.get().office_id == HONG_BANG


def test_a_forwarded_message_changes_hands(ticket_id):
    minh, hanh = desk.minh(), desk.hanh()
    sent = minh.post(f"{HERE}/{ticket_id}/chuyen", {"office_code": ELSEWHERE})
    assert sent["Location"] == f"{HERE}?xong=chuyen"
    assert minh.get(f"{HERE}/{ticket_id}").status_code == 404
    assert "Đã chuyển đến BHXH 03102" in text_of(hanh.get(f"{HERE}/{ticket_id}").content)


def test_an_officer_of_another_office_finds_nothing(ticket_id):
    hanh = desk.hanh()
    number = str(Ticket.objects.get().number)
    assert number not in hanh.get(HERE).content.decode()
    for path in (f"{HERE}/{ticket_id}", f"{HERE}/{ticket_id}/anh/1", f"{HERE}/424242"):
        assert hanh.get(path).status_code == 404
    for act in ACTS:
        facts = {"text": "x", "office_code": ELSEWHERE}
        assert hanh.post(f"{HERE}/{ticket_id}/{act}", facts).status_code == 404
    assert state(ticket_id) == "sent"
    assert Note.objects.count() == 1


def test_a_draft_is_at_no_office():
    draft = make_draft()
    minh = desk.minh()
    assert minh.get(f"{HERE}/{draft}").status_code == 404
    for act in ACTS:
        assert minh.post(f"{HERE}/{draft}/{act}", {"text": "x"}).status_code == 404


def test_people_and_strangers_do_not_reach_the_desk(client, ticket_id):
    for path in (HERE, f"{HERE}/{ticket_id}", f"{HERE}/{ticket_id}/anh/1"):
        assert client.get(path)["Location"].startswith("/can-bo/dang-nhap")
    for act in ACTS:
        assert client.post(f"{HERE}/{ticket_id}/{act}")["Location"].startswith("/can-bo/dang-nhap")
    assert state(ticket_id) == "sent"


def test_an_officer_does_not_read_by_the_persons_address(ticket_id):
    assert desk.minh().get(f"/tro-giup/tin-nhan/{ticket_id}").status_code == 404


def test_a_stranger_is_shown_with_the_proved_phone():
    ticket_id = make_strangers()
    page = text_of(desk.minh().get(f"{HERE}/{ticket_id}").content)
    assert "Không đăng nhập; đã xác nhận số điện thoại" in page
    assert "0912 345 678" in page


def test_what_a_person_wrote_is_shown_as_text():
    ticket_id = make_ticket(make_citizen(), "<script>alert(1)</script>")
    assert "<script>alert" not in desk.minh().get(f"{HERE}/{ticket_id}").content.decode()
