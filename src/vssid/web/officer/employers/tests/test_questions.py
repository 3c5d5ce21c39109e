"""The office reads and answers what HR writes, and writes first."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.making import employers
from tests.making.employers import BIEN_XANH, SAO_MAI, make_hr
from tests.making.registrations import make_officer_account
from tests.making.roll_out import FIRST, SECOND
from tests.page_text import text_of
from vssid.domain.audit.models import Event
from vssid.domain.employers.seats.roles import Role
from vssid.domain.rollout import assigning
from vssid.domain.support.employers import conversation
from vssid.domain.support.models import Note, Ticket
from vssid.domain.support.notes import written
from vssid.domain.support.tests.desk import make_ticket
from vssid.kernel.actor import SYSTEM, Actor, ActorKind
from vssid.kernel.calendar import local_day
from vssid.web.officer.tests.desk import browser_of

pytestmark = pytest.mark.django_db
HERE = f"/can-bo/don-vi/{SAO_MAI}"


@pytest.fixture(autouse=True)
def places(wednesday: time_machine.Traveller) -> None:
    employers.make_employers()


def desk(role: str = "collection_officer", office: str = FIRST) -> Client:
    return browser_of(make_officer_account(f"{role}.{office}", office, "Thu", role))


@pytest.fixture
def asked(places: None) -> int:
    by = Actor(ActorKind.EMPLOYER, 9_100_001, "Trần Tuấn", employer=SAO_MAI)
    what = written("Tháng 11 ghi thiếu.", "a")
    return conversation.send(what, topic="participation", office_code=FIRST, by=by, now=timezone.now())


def answer(client: Client, ticket: int, text: str = "Đã xem.", at: str = HERE) -> Any:
    return client.post(f"{at}/hoi/{ticket}/tra-loi", {"text": text, "once": "b"})


def test_who_follows_the_employer_reads_and_answers(asked: int) -> None:
    client = desk()
    assert "Chưa có tin nhắn" not in text_of(client.get(HERE).content)
    page = text_of(client.get(f"{HERE}/hoi/{asked}").content)
    for said in ("Trần Tuấn , Công ty Sao Mai (mẫu)", "Tháng 11 ghi thiếu.", "Gửi trả lời"):
        assert said in page, said
    assert Event.objects.filter(kind="ticket.opened", subject_id=asked).count() == 1
    assert answer(client, asked)["Location"] == f"{HERE}/hoi/{asked}"
    assert answer(client, asked, "").status_code == 422
    assert (Ticket.objects.get().state, Note.objects.count()) == ("answered", 2)
    client.post(f"{HERE}/hoi/{asked}/dong")
    late = answer(client, asked, "Thêm")
    assert late.status_code in (302, 409)
    assert Note.objects.count() == 2


def test_the_start_page_of_who_looks_after_the_employer_tells_of_it_until_it_is_answered(asked: int) -> None:
    number = make_officer_account("hoa", FIRST, "Hoa", "collection_officer")
    client, told = browser_of(number), "Tin nhắn của đơn vị chờ trả lời"
    assert told not in text_of(client.get("/can-bo").content)
    assigning.assign(SAO_MAI, number, local_day(timezone.now()), by=SYSTEM, now=timezone.now())
    assert told in text_of(client.get("/can-bo").content)
    answer(client, asked)
    assert told not in text_of(client.get("/can-bo").content)


def test_the_support_queue_has_it_with_the_employers_name(asked: int) -> None:
    client = desk("support_agent")
    assert SAO_MAI in text_of(client.get("/can-bo/tin-nhan").content)
    page = text_of(client.get(f"/can-bo/tin-nhan/{asked}").content)
    assert "Công ty Sao Mai (mẫu)" in page
    assert "Không đăng nhập" not in page
    assert client.get(f"{HERE}/hoi/{asked}").status_code == 403


def test_a_persons_message_is_none_of_who_follows_employers(asked: int) -> None:
    own = make_ticket(77, office=FIRST)
    client = desk()
    assert client.get(f"{HERE}/hoi/{own}").status_code == 404
    assert answer(client, own).status_code == 404
    assert client.get(f"/can-bo/don-vi/{BIEN_XANH}/hoi/{asked}").status_code == 404
    assert answer(client, asked, at=f"/can-bo/don-vi/{BIEN_XANH}").status_code == 404
    assert Note.objects.count() == 2


@pytest.mark.parametrize(
    ("role", "office", "status"), [("collection_officer", SECOND, 404), ("auditor", FIRST, 403)]
)
def test_nobody_else_answers_or_begins(asked: int, role: str, office: str, status: int) -> None:
    client = desk(role, office)
    assert answer(client, asked).status_code == status
    assert client.post(f"{HERE}/hoi", {"text": "x", "once": "c"}).status_code == status
    assert Note.objects.count() == 1


def test_the_office_writes_first_where_somebody_would_read_it() -> None:
    client = desk()
    nobody = client.post(f"{HERE}/hoi", {"text": "Xin gửi danh sách.", "once": "c"})
    assert nobody.status_code == 409
    assert "không ai đọc được tin nhắn" in text_of(nobody.content)
    make_hr("Tuấn", (SAO_MAI, Role.ADMINISTRATOR))
    assert client.post(f"{HERE}/hoi", {"text": " ", "once": "c"}).status_code == 422
    begun = client.post(f"{HERE}/hoi", {"text": "Xin gửi danh sách.", "once": "c"})
    ticket = Ticket.objects.get()
    assert begun["Location"] == f"{HERE}/hoi/{ticket.id}"
    assert (ticket.state, ticket.office_id, ticket.employer_code) == ("answered", FIRST, SAO_MAI)
