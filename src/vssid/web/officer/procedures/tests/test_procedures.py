"""Requests at the desk: queue, file, decisions, and who finds nothing there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests.certain import certain
from tests.making.registrations import BINH, NOW, make_officer
from tests.making.requests_of_people import NEW_PLACE, make_insured, make_request
from tests.page_text import text_of
from vssid.domain.audit.queries import events_of
from vssid.domain.participants import queries as participants
from vssid.domain.participants.models.people import Person
from vssid.domain.procedures import actions
from vssid.domain.procedures.definition.shapes import Kind
from vssid.domain.procedures.models import Request
from vssid.web.officer.tests.desk import hanh, minh, ngoc

pytestmark = pytest.mark.django_db
QUEUE = "/can-bo/dich-vu"
SAID = {"reasons": ["other"], "text": "Xin gửi thêm."}
ACTS = ("tiep-nhan", "bo-sung", "dong-y", "tu-choi")


def address(key: tuple[int, int], rest: str = "") -> str:
    return f"{QUEUE}/{key[0]}/{key[1]}" + (f"/{rest}" if rest else "")


def decide(client: Client, key: tuple[int, int], act: str, **data):
    return client.post(address(key, act), data or SAID)


def test_the_queue_lists_the_own_office_by_due_day_with_its_figures(wednesday):
    client = minh()
    make_request(Kind.CARD_REISSUE, make_insured(BINH))
    make_request(Kind.DATA_CHANGE)
    page = text_of(client.get(QUEUE).content)
    assert page.index("DV00002") < page.index("DV00001")
    assert "Điều chỉnh thông tin cá nhân" in page
    assert text_of(hanh().get(QUEUE).content).count("DV0000") == 0
    wednesday.move_to(NOW + timedelta(days=9))
    client = ngoc()
    late = text_of(client.get(QUEUE, {"xem": "qua-han"}).content)
    assert "Quá hạn 26/11/2026" in late
    assert "DV00001" not in late
    assert client.get(QUEUE).context["counts"].overdue == 1


def test_an_empty_queue_says_so():
    client = minh()
    assert "Không còn hồ sơ nào chờ" in text_of(client.get(QUEUE).content)
    assert "quá hạn" in text_of(client.get(QUEUE, {"xem": "qua-han"}).content)
    assert client.get(QUEUE, {"xem": "x", "trang": "9"}).status_code == 200


def test_a_reissue_is_accepted_and_granted_with_a_message():
    client, key = minh(), make_request()
    assert decide(client, key, "tiep-nhan").headers["Location"] == f"{address(key)}?xong=tiep-nhan"
    decide(client, key, "dong-y", text="Lấy thẻ từ thứ Hai.")
    page = text_of(client.get(f"{address(key)}?xong=dong-y").content)
    assert "Đã phê duyệt. Người dân được nhắn tin báo." in page
    assert "Lấy thẻ từ thứ Hai." in page
    assert "DV00001" in text_of(client.get(QUEUE, {"xem": "da-xong"}).content)


def test_a_change_of_data_is_shown_beside_the_register_and_written():
    client, key = minh(), make_request(Kind.DATA_CHANGE)
    page = client.get(address(key)).content.decode()
    assert '<mark class="new">0987 654 321</mark>' in page
    assert "0912 345 678" in page
    decide(client, key, "tiep-nhan")
    decide(client, key, "dong-y", text="")
    assert certain(certain(participants.person(key[0])).phone).reveal() == "+84987654321"


def test_a_facility_is_named_and_its_day_told():
    client, key = minh(), make_request(Kind.FACILITY_CHANGE)
    page = text_of(client.get(address(key)).content)
    assert "Bệnh viện Mẫu Hai Trạm y tế Mẫu Một" in page
    assert NEW_PLACE not in page
    decide(client, key, "tiep-nhan")
    decide(client, key, "dong-y", text="")
    assert "Sẽ ghi vào dữ liệu ngày 01/01/2027" in text_of(client.get(address(key)).content)


def test_more_is_asked_for_and_a_refusal_given():
    client, key = minh(), make_request()
    decide(client, key, "tiep-nhan")
    decide(client, key, "bo-sung")
    assert "thời hạn tính lại sau khi bổ sung" in text_of(client.get(address(key)).content)
    decide(client, key, "tu-choi")
    assert Request.objects.get().state == "refused"


@pytest.mark.parametrize("act", ["bo-sung", "tu-choi"])
def test_a_decision_without_reason_or_words_comes_back_as_it_was(act):
    client, key = minh(), make_request()
    decide(client, key, "tiep-nhan")
    answer = decide(client, key, act, text="Chỉ có lời")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Chọn ít nhất một lý do" in page
    assert "Chỉ có lời</textarea>" in page
    assert page.count(" open>") == 1
    assert "Viết lời nhắn" in decide(client, key, act, reasons=["other"], text="").content.decode()


def test_a_message_that_is_too_long_comes_back():
    client, key = minh(), make_request()
    decide(client, key, "tiep-nhan")
    assert decide(client, key, "dong-y", text="x" * 1001).status_code == 422


def test_who_comes_second_is_told_who_was_first():
    key = make_request()
    first, second = minh(), ngoc()
    decide(first, key, "tiep-nhan")
    assert "Minh đã tiếp nhận" in text_of(decide(second, key, "tiep-nhan").content)
    decide(first, key, "dong-y", text="")
    late = decide(second, key, "tu-choi")
    assert late.status_code == 409
    assert "Minh đã phê duyệt" in text_of(late.content)
    assert "Bạn đã phê duyệt" in text_of(decide(first, key, "dong-y", text="").content)


def test_a_decision_before_it_was_accepted_is_refused():
    client, key = minh(), make_request()
    answer = decide(client, key, "dong-y", text="")
    assert answer.status_code == 409
    assert "chưa được tiếp nhận" in text_of(answer.content)


def test_a_request_taken_back_meanwhile_says_so():
    client, key = minh(), make_request()
    actions.withdraw(*key, now=NOW)
    assert "Người dân đã rút hồ sơ" in text_of(decide(client, key, "tiep-nhan").content)


def test_what_the_register_does_not_take_is_said_and_stays_open():
    client, key = minh(), make_request(Kind.DATA_CHANGE, by=make_officer())
    Person.objects.filter(person_id=key[0]).delete()
    answer = decide(client, key, "dong-y", text="")
    assert answer.status_code == 409
    assert "Chưa ghi được vào dữ liệu" in text_of(answer.content)
    assert Request.objects.get().state == "in_review"


def test_another_office_and_a_wrong_person_find_nothing():
    key = make_request(Kind.CARD_REISSUE, reason="damaged", by=make_officer())
    other = make_insured(BINH)
    for client, wrong in ((hanh(), key), (minh(), (other, key[1])), (ngoc(), (key[0], key[1] + 999))):
        for rest in ("", "anh/card"):
            assert client.get(address(wrong, rest)).status_code == 404
        for act in ACTS:
            assert decide(client, wrong, act).status_code == 404
    assert Request.objects.get().state == "in_review"


def test_a_draft_is_at_no_office():
    key = make_request()
    Request.objects.update(state="draft", number=None, office=None, due_on=None, submitted_at=None)
    assert minh().get(address(key)).status_code == 404


def test_each_look_is_written_down():
    client, key = minh(), make_request(Kind.CARD_REISSUE, reason="damaged")
    client.get(address(key))
    answer = client.get(address(key, "anh/card"))
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "no-store, private")
    kinds = [event.kind for event in events_of(key[0])]
    assert kinds[:2] == ["procedure.file_viewed", "procedure.viewed"]


def test_the_next_request_follows():
    client, first = minh(), make_request(Kind.DATA_CHANGE)
    second = make_request(Kind.CARD_REISSUE, make_insured(BINH))
    assert 'data-key="n"' in client.get(address(first)).content.decode()
    assert client.post("/can-bo/tiep/dich-vu", {"sau": first[1]})["Location"] == address(second)
