"""The office's queue of what HR asks it to mend."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.making import employers_hr as hr
from tests.making.employers_hr import HERE, HR
from tests.making.registrations import make_office, make_officer_account
from tests.making.roll_out import FIRST, NOW, SECOND
from tests.page_text import text_of
from vssid.domain.audit.models import Event
from vssid.domain.employers.corrections import sending
from vssid.domain.employers.models import Correction, Difference
from vssid.web.officer.tests.desk import browser_of

from .test_employer_pages import desk

pytestmark = pytest.mark.django_db
QUEUE, ANSWER = "/can-bo/don-vi/sua-doi", "/can-bo/don-vi/sua-doi/tra-loi"


@pytest.fixture
def sent(wednesday: time_machine.Traveller) -> list[int]:
    """Three requests of Sao Mai lie at the first office: Lan's ID number, and An and Hòa in no file."""
    hr.make_employers()
    hr.take(hr.table("Nguyễn Thị Lan,01/01/1990,0000000001,031190000009,,,,"))
    numbers = list(Difference.objects.order_by("id").values_list("id", flat=True))
    sending.send(HERE, numbers, by=HR, now=NOW)
    return list(Correction.objects.order_by("id").values_list("id", flat=True))


def answer(client: Client, act: str, *chosen: int, **more: Any) -> Any:
    return client.post(ANSWER, {"viec": act, "chon": list(chosen), **more})


def test_the_queue_names_employer_worker_and_what_differs(sent: list[int]) -> None:
    page = text_of(desk().get(QUEUE).content)
    number = Correction.objects.get(kind="id_number").number
    for said in (number, "Công ty TZ0001A (mẫu)", "Nguyễn Thị Lan", "Số giấy tờ", "Đã gửi"):
        assert said in page, said


def test_one_is_opened_with_the_number_that_hr_gave_and_the_look_is_an_event(sent: list[int]) -> None:
    lan = Correction.objects.get(kind="id_number")
    page = text_of(desk().get(f"{QUEUE}/{lan.id}").content)
    assert "031190000009" in page
    assert Event.objects.filter(kind="correction.opened", subject_id=1).count() == 1


def test_many_are_answered_with_one_act_and_hr_reads_why(sent: list[int]) -> None:
    client = desk()
    assert answer(client, "nhan", *sent)["Location"] == f"{QUEUE}?xong=3"
    assert set(Correction.objects.values_list("state", flat=True)) == {"taken"}
    done = answer(client, "giu", *sent[:2], **{"ly-do": "papers_agree", "text": "Đã xem hồ sơ gốc"})
    assert done["Location"] == f"{QUEUE}?xong=2"
    assert "Đã ghi 2 đề nghị." in text_of(client.get(done["Location"]).content)
    assert answer(client, "da-sua", sent[2], cach="file").status_code == 302
    said = Correction.objects.order_by("id").values_list("state", "reason_text")
    assert list(said) == [("as_it_is", "Đã xem hồ sơ gốc")] * 2 + [("mended", "")]


def test_all_that_wait_of_an_employer_are_taken_with_one_tick(sent: list[int]) -> None:
    done = answer(desk(), "nhan", **{"tat-ca": "1", "don-vi": HERE})
    assert done["Location"] == f"{QUEUE}?xong=3&don-vi={HERE}"


def test_what_is_not_filled_in_is_said_and_what_was_typed_stays(sent: list[int]) -> None:
    client = desk()
    refused = answer(client, "giu", sent[0], text="Lời nhắn dở dang")
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Hãy chọn cách đã sửa, hoặc lý do giữ nguyên." in page
    assert "Lời nhắn dở dang" in page
    assert "Chưa chọn đề nghị nào." in answer(client, "nhan").content.decode()
    assert "dài quá" in answer(client, "giu", sent[0], text="x" * 1001, **{"ly-do": "papers_agree"}).text
    assert answer(client, "khac", sent[0]).status_code == 404
    assert set(Correction.objects.values_list("state", flat=True)) == {"sent"}


def test_what_hr_took_back_meanwhile_is_told_by_its_number_and_the_rest_is_done(sent: list[int]) -> None:
    sending.withdraw(sent[0], HERE, by=HR, now=NOW)
    refused = answer(desk(), "da-sua", *sent, cach="file")
    assert refused.status_code == 409
    text = text_of(refused.content)
    assert "Đã ghi 2 đề nghị." in text
    number = Correction.objects.get(id=sent[0]).number
    assert f"{number}: đã được trả lời, rút lại hoặc tự đóng trước đó" in text


@pytest.mark.parametrize(
    ("role", "office", "status"),
    [("collection_officer", SECOND, 404), ("auditor", FIRST, 403), ("reviewer", FIRST, 403)],
)
def test_nobody_else_answers(sent: list[int], role: str, office: str, status: int) -> None:
    make_office(office, "BHXH (mẫu)")
    client = desk(role, office)
    assert answer(client, "giu", sent[0], **{"ly-do": "papers_agree"}).status_code == status
    assert client.get(f"{QUEUE}/{sent[0]}").status_code == (200 if role == "auditor" else status)
    assert set(Correction.objects.values_list("state", flat=True)) == {"sent"}


def test_a_request_in_a_colleagues_hands_is_taken_over_and_hr_reads_the_new_name(sent: list[int]) -> None:
    first, other = desk(), browser_of(make_officer_account("ha", FIRST, "Hà", "collection_officer"))
    answer(first, "nhan", sent[0])
    page = text_of(other.get(f"{QUEUE}/{sent[0]}").content)
    assert "Đồng nghiệp đang xử lý" in page
    assert answer(other, "giu", sent[0], mot=sent[0], **{"ly-do": "papers_agree"}).status_code == 409
    taken = answer(other, "nhan-ve", sent[0], mot=sent[0])
    assert taken["Location"] == f"{QUEUE}/{sent[0]}"
    assert "Đồng nghiệp đang xử lý" not in text_of(other.get(taken["Location"]).content)
    assert Correction.objects.get(id=sent[0]).taken_by == "Hà"
    assert Event.objects.filter(kind="file.taken_over", subject_id=sent[0]).count() == 1
    done = answer(other, "giu", sent[0], **{"ly-do": "papers_agree"})
    assert done.status_code == 302


def test_one_that_was_answered_is_not_taken_over(sent: list[int]) -> None:
    client = desk()
    answer(client, "giu", sent[0], **{"ly-do": "papers_agree"})
    assert answer(client, "nhan-ve", sent[0], mot=sent[0]).status_code == 409
    assert Correction.objects.get(id=sent[0]).state == "as_it_is"
