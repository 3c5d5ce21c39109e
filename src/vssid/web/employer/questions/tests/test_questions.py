"""HR and its office write to each other; another employer's messages are not there."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.making.employers import BIEN_XANH, SAO_MAI, make_hr
from tests.making.registrations import make_officer
from tests.making.roll_out import FIRST
from tests.page_text import text_of
from vssid.domain.employers import questions
from vssid.domain.employers.seats.roles import Role
from vssid.domain.notifications.models.messages import Message
from vssid.domain.participants.models.people import Employer
from vssid.domain.support.models import Note, Ticket
from vssid.domain.support.notes import written
from vssid.kernel.actor import Actor
from vssid.web.employer.tests import cast

pytestmark = pytest.mark.django_db
PAGE = "/don-vi/hoi"


def ask(client: Client, text: str = "Tháng 11 ghi thiếu.", **more: str) -> Any:
    return client.post(PAGE, {"topic": "participation", "text": text, "once": "khoa-1", **more})


def thu() -> Actor:
    return make_officer("Lê Thị Thu", FIRST, "collection_officer")


def test_a_question_lies_at_the_employers_office_and_the_answer_comes_back() -> None:
    client = cast.tuan()
    sent = ask(client)
    ticket = Ticket.objects.get()
    assert sent["Location"] == f"{PAGE}/{ticket.id}"
    assert (ticket.office_id, ticket.employer_code, ticket.person_id) == (FIRST, SAO_MAI, None)
    assert "Trần Tuấn , Đơn vị" in text_of(client.get(sent["Location"]).content)
    answer = written("Đã xem, sẽ sửa.", "b")
    questions.answer(ticket.id, SAO_MAI, answer, by=thu(), now=timezone.now())
    page = text_of(client.get(f"{PAGE}/{ticket.id}").content)
    for said in ("Đã xem, sẽ sửa.", "Lê Thị Thu", "Đã trả lời", "Hỏi cơ quan (1)"):
        assert said in page, said
    again = client.post(f"{PAGE}/{ticket.id}", {"text": "Cảm ơn.", "once": "khoa-2"})
    assert again["Location"] == f"{PAGE}/{ticket.id}#cuoi"
    client.post(f"{PAGE}/{ticket.id}/dong")
    assert Ticket.objects.get().state == "closed"
    closed = client.post(f"{PAGE}/{ticket.id}", {"text": "Còn nữa", "once": "khoa-3"})
    assert closed.status_code == 422
    told = text_of(closed.content)
    assert "Tin nhắn này đã đóng." in told
    assert "Còn nữa" in told
    assert not Message.objects.exists()


def test_the_same_form_twice_is_one_message() -> None:
    client = cast.tuan()
    assert ask(client)["Location"] == ask(client)["Location"]
    assert (Ticket.objects.count(), Note.objects.count()) == (1, 1)


def test_what_is_not_filled_in_is_said_and_what_was_typed_stays() -> None:
    client = cast.tuan()
    refused = ask(client, topic="")
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Hãy chọn việc cần hỏi." in page
    assert "Tháng 11 ghi thiếu." in page
    assert "Nội dung dài tối đa" in ask(client, "x" * 4001).content.decode()
    Employer.objects.filter(code=SAO_MAI).update(office_id=None)
    assert "Chưa rõ cơ quan BHXH quản lý đơn vị" in ask(client).content.decode()
    assert not Ticket.objects.exists()


def test_who_only_reads_writes_nothing() -> None:
    ask(cast.tuan())
    ticket, reader = Ticket.objects.get(), cast.tuan(Role.READER)
    assert "Tháng 11 ghi thiếu." in reader.get(f"{PAGE}/{ticket.id}").content.decode()
    assert ask(reader).status_code == 403
    assert reader.post(f"{PAGE}/{ticket.id}", {"text": "x"}).status_code == 403
    assert reader.post(f"{PAGE}/{ticket.id}/dong").status_code == 403
    assert Note.objects.count() == 1


def test_colleagues_of_the_employer_read_it_and_hr_of_another_does_not() -> None:
    ask(cast.tuan())
    ticket = Ticket.objects.get()
    nga = cast.browser_of(make_hr("Nga", (SAO_MAI, Role.CLERK)))
    hoa = cast.browser_of(make_hr("Hoa", (BIEN_XANH, Role.ADMINISTRATOR)))
    assert nga.get(f"{PAGE}/{ticket.id}").status_code == 200
    assert hoa.get(f"{PAGE}/{ticket.id}").status_code == 404
    assert hoa.post(f"{PAGE}/{ticket.id}", {"text": "x"}).status_code == 404
    assert str(ticket.number) not in hoa.get(PAGE).content.decode()


def test_what_the_office_wrote_first_waits_for_hr() -> None:
    client = cast.tuan()
    begun = written("Xin gửi danh sách tháng 11.", "c")
    number = questions.begin(SAO_MAI, begun, by=thu(), now=timezone.now())
    assert "Hỏi cơ quan (1)" in text_of(client.get(PAGE).content)
    assert "Xin gửi danh sách tháng 11." in client.get(f"{PAGE}/{number}").content.decode()
    client.post(f"{PAGE}/{number}", {"text": "Đã gửi.", "once": "d"})
    assert Ticket.objects.get().state == "sent"
