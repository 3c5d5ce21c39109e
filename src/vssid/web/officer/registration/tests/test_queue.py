"""The queue shows the own office, sorts, finds, and a scan opens the file."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from tests.making.registrations import (
    BINH,
    ELSEWHERE,
    NOW,
    Someone,
    make_application,
    make_office,
    make_officer,
)
from tests.page_text import text_of
from vssid.domain.audit.models import Event
from vssid.domain.registration import actions
from vssid.domain.registration.models import Application
from vssid.web.officer.tests.desk import file_of, hanh, minh

pytestmark = pytest.mark.django_db
LAN_NAME = "Nguyễn Thị Lan"
ANH = Someone("0000000003", "Đỗ Thị Ánh", id_number="031190000003", phone="+84911111111")


def number_of(application_id: int) -> str:
    return Application.objects.get(id=application_id).number


def test_it_lists_and_counts_the_files_of_the_own_office_only() -> None:
    client = minh()
    make_application()
    make_office(ELSEWHERE)
    make_application(BINH, office_code=ELSEWHERE)
    said = text_of(client.get("/can-bo/ho-so").content)
    assert "Nguyễn Thị Lan" in said
    assert "Trần Văn Bình" not in said
    assert "Chờ tờ khai 1 Chờ duyệt 0 Hạn hôm nay 0 Xong hôm nay 0" in said


def test_an_empty_queue_says_so() -> None:
    assert "Không còn hồ sơ nào chờ" in text_of(minh().get("/can-bo/ho-so").content)


def test_the_tabs_part_the_files_by_state() -> None:
    client, lan, binh = minh(), make_application(), make_application(BINH)
    actions.receive_form(lan, by=make_officer(), now=NOW)
    actions.withdraw(binh, now=NOW)
    shown = {
        tab: text_of(client.get(f"/can-bo/ho-so?xem={tab}").content)
        for tab in ("mo", "da-nhan", "cho-nop", "da-xong")
    }
    assert {tab: (LAN_NAME in said, BINH.full_name in said) for tab, said in shown.items()} == {
        "mo": (True, False),
        "da-nhan": (True, False),
        "cho-nop": (False, False),
        "da-xong": (False, True),
    }


def test_a_file_due_today_is_marked_and_counted(wednesday: time_machine.Traveller) -> None:
    due = Application.objects.get(id=make_application()).due_at
    wednesday.move_to(due - timedelta(minutes=1))
    assert "Hạn hôm nay 1" in text_of(minh().get("/can-bo/ho-so").content)


@pytest.mark.parametrize("sort", ["tinh-trang", "so", "ten", "han", "cho", "khac"])
def test_every_column_sorts_both_ways(sort: str) -> None:
    client, lan, binh = (
        minh(),
        make_application(),
        make_application(BINH, now=NOW - timedelta(hours=1), sex=2),
    )
    up = client.get(f"/can-bo/ho-so?sap={sort}").content.decode()
    down = client.get(f"/can-bo/ho-so?sap=-{sort}").content.decode()
    places = [page.index(file_of(lan)) < page.index(file_of(binh)) for page in (up, down)]
    assert places[0] != places[1]
    assert 'aria-sort="ascending"' in up
    assert 'aria-sort="descending"' in down


def test_files_with_findings_can_be_looked_at_alone() -> None:
    client, lan, binh = minh(), make_application(), make_application(BINH)
    Application.objects.filter(id=lan).update(findings=[])
    with_findings = client.get("/can-bo/ho-so?khac=co").content.decode()
    without = client.get("/can-bo/ho-so?khac=khong").content.decode()
    assert (file_of(lan) in with_findings, file_of(binh) in with_findings) == (False, True)
    assert (file_of(lan) in without, file_of(binh) in without) == (True, False)


def test_a_long_queue_comes_in_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vssid.web.officer.registration.queue.PER_PAGE", 1)
    client = minh()
    make_application()
    make_application(BINH)
    first = client.get("/can-bo/ho-so?sap=ten").content.decode()
    assert "Trang 1/2 · 2 dòng" in first
    assert 'href="/can-bo/ho-so?sap=ten&amp;trang=2"' in first
    assert "Trang 2/2" in client.get("/can-bo/ho-so?sap=ten&trang=99").content.decode()


@pytest.mark.parametrize(
    "odd", ["trang=x", "trang=-1", "trang=999999999999", "sap=--", "sap=password", "xem=%00", "khac=1"]
)
def test_odd_addresses_show_the_usual_queue(odd: str) -> None:
    assert minh().get(f"/can-bo/ho-so?{odd}").status_code == 200


def test_a_scanned_number_opens_the_file() -> None:
    client, application = minh(), make_application()
    answer = client.post("/can-bo/tim", {"q": number_of(application)})
    assert (answer.status_code, answer["Location"]) == (302, file_of(application))


def test_a_number_scanned_with_dashes_opens_it_too() -> None:
    client, application = minh(), make_application()
    dashed = number_of(application).replace("/", "-")
    assert client.post("/can-bo/tim", {"q": f" {dashed} "})["Location"] == file_of(application)


def test_a_slash_pressed_in_the_focused_box_does_not_spoil_the_number() -> None:
    client, application = minh(), make_application()
    assert client.post("/can-bo/tim", {"q": f"/{number_of(application)}"})["Location"] == file_of(application)


def test_a_number_without_its_zeros_is_listed_not_opened() -> None:
    client, application = minh(), make_application()
    sequence, year, office = number_of(application).split("/")
    answer = client.post("/can-bo/tim", {"q": f"{int(sequence)}/{year}/{office}"})
    assert answer.status_code == 200
    assert file_of(application) in answer.content.decode()


def test_an_unknown_number_and_one_of_another_office_read_the_same() -> None:
    client, application, other = minh(), make_application(), hanh()
    lying_there = other.post("/can-bo/tim", {"q": number_of(application)})
    unknown = client.post("/can-bo/tim", {"q": "99999/2026/03101"})
    assert (lying_there.status_code, unknown.status_code) == (404, 404)
    said = text_of(unknown.content)
    assert "Không có hồ sơ này tại cơ quan" in said
    assert text_of(lying_there.content).count("Không thấy hồ sơ số") == said.count("Không thấy hồ sơ số") == 1
    assert LAN_NAME not in text_of(lying_there.content)


@pytest.mark.parametrize(
    "typed", ["do thi anh", "ĐỖ THỊ ÁNH", "ánh đỗ", "Đỗ Thị Ánh", "0000000003", "0000 000 003"]
)
def test_it_finds_by_name_without_marks_in_any_order_and_by_bhxh_code(typed: str) -> None:
    client, anh = minh(), make_application(ANH)
    make_application()
    page = client.post("/can-bo/tim", {"q": typed}).content.decode()
    assert file_of(anh) in page
    assert LAN_NAME not in page


def test_a_search_sees_no_other_office() -> None:
    make_application(ANH)
    said = text_of(hanh().post("/can-bo/tim", {"q": "Đỗ Thị Ánh"}).content)
    assert "Không tìm thấy hồ sơ tại cơ quan này" in said


def test_a_name_never_stands_in_an_address() -> None:
    client = minh()
    make_application(ANH)
    assert client.get("/can-bo/tim?q=Ánh")["Location"] == "/can-bo/ho-so"
    assert 'method="post" action="/can-bo/tim"' in client.get("/can-bo/ho-so").content.decode()


def test_looking_at_the_queue_or_searching_is_no_view_of_a_file() -> None:
    client = minh()
    make_application()
    before = Event.objects.count()
    client.get("/can-bo/ho-so")
    client.post("/can-bo/tim", {"q": "lan"})
    assert Event.objects.count() == before
