"""Requests for children at the desk: shown to the own office, decided once, 404 to everybody else."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.making.families import AN, make_link, make_member, make_ready, make_request
from tests.page_text import text_of
from vssid.domain.accounts.guardianship import guardians
from vssid.domain.audit.models import Event
from vssid.domain.families.models import ChildRequest
from vssid.domain.participants.models.people import Person
from vssid.web.officer.registration.tests.test_file import make_citizen_browser
from vssid.web.officer.tests.desk import hanh, minh, ngoc

pytestmark = pytest.mark.django_db
ACTS = ("so-giay", "duyet", "tu-choi", "ket-thuc")
PAPERS = ("birth", "portrait")


def at(key: tuple[int, int], rest: str = "") -> str:
    return f"/can-bo/gia-dinh/{key[0]}/{key[1]}" + (f"/{rest}" if rest else "")


def all_urls(key: tuple[int, int]) -> list[tuple[str, str]]:
    gets = [at(key), *(at(key, f"anh/{kind}") for kind in PAPERS)]
    return [("get", url) for url in gets] + [("post", at(key, act)) for act in ACTS]


def test_the_queue_lists_what_waits_by_its_due_day():
    client, key = minh(), make_request()
    said = text_of(client.get("/can-bo/gia-dinh").content)
    assert AN.full_name in said
    assert "23/11/2026" in said
    assert at(key) in client.get("/can-bo/gia-dinh").text


def test_an_empty_queue_says_so():
    client = minh()
    assert "Không còn hồ sơ nào chờ" in text_of(client.get("/can-bo/gia-dinh").content)
    assert "Chưa có hồ sơ nào đã xong" in text_of(client.get("/can-bo/gia-dinh?xem=da-xong").content)


def test_the_file_shows_what_differs_letter_by_letter():
    client, key = minh(), make_request()
    Person.objects.filter(bhxh_code=AN.bhxh_code).update(full_name="Trần Bảo Ân", household_code="39")
    page = client.get(at(key))
    assert 'Trần Bảo <mark class="diff">Â</mark>n' in page.text
    said = text_of(page.content)
    assert "Họ tên khác dữ liệu BHXH" in said
    assert "hai hộ gia đình khác nhau" in said


def test_an_officer_compares_and_approves():
    client, key = minh(), make_request()
    early = client.post(at(key, "duyet"))
    assert early.status_code == 409
    assert "chưa đối chiếu giấy khai sinh" in text_of(early.content)
    assert client.post(at(key, "so-giay")).status_code == 302
    done = client.post(at(key, "duyet"), follow=True)
    assert "Đã duyệt. Người nộp xem được thẻ của con" in text_of(done.content)
    assert ChildRequest.objects.get().state == "approved"
    assert AN.full_name in text_of(client.get("/can-bo/gia-dinh?xem=da-xong").content)


def test_who_comes_second_is_told_who_was_first():
    key = make_ready()
    first, second = minh(), ngoc()
    first.post(at(key, "duyet"))
    late = second.post(at(key, "tu-choi"), {"reasons": "other", "text": "x"})
    assert late.status_code == 409
    assert "Minh đã duyệt hồ sơ này" in text_of(late.content)


def test_a_refusal_that_is_not_complete_comes_back_as_typed():
    client, key = minh(), make_request()
    answer = client.post(at(key, "tu-choi"), {"text": "Xem lại giấy"})
    assert answer.status_code == 422
    assert "Xem lại giấy" in answer.text
    done = client.post(at(key, "tu-choi"), {"reasons": ["not_parent"], "text": "Xem lại giấy"}, follow=True)
    assert "Giấy khai sinh không ghi bạn là cha hoặc mẹ" in text_of(done.content)


def test_the_office_ends_a_link():
    guardian, _link = make_link()
    key = (guardian, ChildRequest.objects.get().id)
    client = minh()
    assert "Kết thúc liên kết" in client.get(at(key)).text
    done = client.post(at(key, "ket-thuc"), follow=True)
    assert "Liên kết đã kết thúc" in text_of(done.content)
    from django.utils import timezone

    assert guardians.children_of(guardian, now=timezone.now()) == []


def test_a_paper_is_a_jpeg_and_each_look_an_event():
    client, key = minh(), make_request()
    answer = client.get(at(key, "anh/birth"))
    assert answer.content[:2] == b"\xff\xd8"
    assert "no-store" in answer["Cache-Control"]
    assert client.get(at(key, "anh/front")).status_code == 404
    assert Event.objects.get(kind="family.paper_viewed").facts["paper"] == "birth"


def test_another_office_gets_404_everywhere_and_nothing_happens():
    key, other = make_ready(), hanh()
    for method, url in all_urls(key):
        answer = getattr(other, method)(url, {"reasons": "other", "text": "x"})
        assert answer.status_code == 404, url
        assert AN.full_name not in answer.text
    assert AN.full_name not in other.get("/can-bo/gia-dinh").text
    assert ChildRequest.objects.get().state == "submitted"
    assert not Event.objects.filter(kind="family.viewed").exists()


def test_the_right_request_with_the_wrong_guardian_is_404():
    guardian, request_id = make_request()
    other = make_member(AN)
    for method, url in all_urls((other, request_id)):
        assert getattr(minh_once(), method)(url).status_code == 404, url
    assert guardian != other


def minh_once() -> Client:
    from vssid.domain.accounts.models.accounts import LoginName
    from vssid.web.officer.tests.desk import browser_of

    known = LoginName.objects.filter(name="minh").first()
    return browser_of(known.person_id) if known else minh()


def test_a_citizen_and_a_stranger_get_nowhere():
    citizen = make_citizen_browser()
    key = make_ready()
    for client in (citizen, Client()):
        for method, url in [*all_urls(key), ("get", "/can-bo/gia-dinh")]:
            answer = getattr(client, method)(url)
            assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/can-bo/dang-nhap"), url


def test_a_change_needs_a_post():
    client, key = minh(), make_request()
    for act in ACTS:
        assert client.get(at(key, act)).status_code == 405
