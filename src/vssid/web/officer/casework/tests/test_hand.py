"""The next file, a colleague's file, one's own: in each of the console's queues."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests.making.families import AN, GIA, make_member
from tests.making.families import make_request as make_family_request
from tests.making.registrations import BINH, LAN, NOW, make_application, make_office, make_person, make_ready
from tests.making.requests_of_people import make_insured, make_request
from tests.page_text import text_of
from vssid.domain.casework.models import Claim
from vssid.domain.procedures.definition.shapes import Kind
from vssid.domain.registration.models import Application
from vssid.domain.support.tests.desk import make_ticket
from vssid.web.officer.families.tests import test_families
from vssid.web.officer.procedures.tests import test_procedures
from vssid.web.officer.tests.desk import file_of, hanh, minh, ngoc

pytestmark = pytest.mark.django_db


def open_next(client: Client, queue: str, after: int = 0) -> str:
    return client.post(f"/can-bo/tiep/{queue}", {"sau": after})["Location"]


def test_two_officers_who_ask_for_the_next_file_get_two() -> None:
    first, second = make_application(), make_application(BINH)
    assert open_next(minh(), "ho-so") == file_of(first)
    assert open_next(ngoc(), "ho-so") == file_of(second)


def test_when_all_are_in_other_hands_the_queue_says_so() -> None:
    make_application()
    open_next(minh(), "ho-so")
    colleague = ngoc()
    assert open_next(colleague, "ho-so") == "/can-bo/ho-so?het=1"
    said = text_of(colleague.get("/can-bo/ho-so?het=1").content)
    assert "Không còn hồ sơ nào chưa có người xử lý" in said
    assert "Minh" in said


def test_next_goes_on_behind_the_open_file_and_round_to_the_first() -> None:
    first, second = make_application(), make_application(BINH)
    client = minh()
    assert open_next(client, "ho-so", first) == file_of(second)
    assert open_next(client, "ho-so", second) == file_of(first)
    Application.objects.filter(id=first).delete()
    assert open_next(client, "ho-so", second) == "/can-bo/ho-so"


def test_no_queue_of_another_name() -> None:
    assert minh().post("/can-bo/tiep/tat-ca").status_code == 404


def test_a_colleagues_file_is_read_not_decided_until_taken_over() -> None:
    application, first, second = make_ready(), minh(), ngoc()
    first.get(file_of(application))
    page = second.get(file_of(application)).content.decode()
    assert "Minh đang xử lý từ 20:14" in text_of(page.encode())
    assert "Duyệt và gửi mật khẩu" not in page
    refused = second.post(file_of(application, "duyet"), {"da-xem": ""})
    assert refused.status_code == 409
    assert "Minh đang xử lý hồ sơ này từ 20:14" in text_of(refused.content)
    assert second.post(f"/can-bo/nhan-ve/ho-so/{application}")["Location"] == file_of(application)
    assert "Duyệt và gửi mật khẩu" in second.get(file_of(application)).content.decode()
    assert "Ngọc đang xử lý hồ sơ này" in text_of(first.post(file_of(application, "xem-ban-chinh")).content)
    history = text_of(second.get(file_of(application)).content)
    assert "Ngọc nhận hồ sơ từ đồng nghiệp" in history


def test_what_was_written_for_a_colleagues_file_is_kept_and_sent_when_it_is_taken_over() -> None:
    application, first, second = make_application(), minh(), ngoc()
    first.get(file_of(application))
    typed = {"reasons": ["photo_unclear", "other"], "text": "Chụp lại <mặt> sau."}
    page = second.post(file_of(application, "tu-choi"), typed).text
    assert "Chụp lại &lt;mặt&gt; sau.</textarea>" in page
    assert page.count('type="hidden" name="reasons"') == 2
    answer = second.post(file_of(application, "tu-choi"), typed | {"nhan-ve": "1"})
    assert answer.status_code == 302
    row = Application.objects.get(id=application)
    assert (row.state, row.closed_by, row.reason_text) == ("refused", "Ngọc", "Chụp lại <mặt> sau.")


def test_a_file_left_open_is_free_after_five_minutes(wednesday: time_machine.Traveller) -> None:
    application, first, second = make_application(), minh(), ngoc()
    first.get(file_of(application))
    wednesday.move_to(NOW + timedelta(minutes=4))
    assert first.post(f"/can-bo/giu/ho-so/{application}").status_code == 204
    wednesday.move_to(NOW + timedelta(minutes=8))
    assert "Minh đang xử lý" in text_of(second.get(file_of(application)).content)
    wednesday.move_to(NOW + timedelta(minutes=9, seconds=1))
    assert "Minh đang xử lý" not in text_of(second.get(file_of(application)).content)
    assert first.post(f"/can-bo/giu/ho-so/{application}").status_code == 409


def test_another_offices_file_cannot_be_taken() -> None:
    application, stranger = make_application(), hanh()
    for door in ("nhan-ve", "giu"):
        assert stranger.post(f"/can-bo/{door}/ho-so/{application}").status_code == 404
    assert open_next(stranger, "ho-so") == "/can-bo/ho-so"
    assert not Claim.objects.exists()


def test_a_decided_file_is_in_nobodys_hand() -> None:
    application, client = make_application(), minh()
    client.get(file_of(application))
    client.post(file_of(application, "tu-choi"), {"reasons": ["photo_unclear"], "text": "Chụp lại."})
    client.get(file_of(application))
    assert not Claim.objects.exists()


def test_the_lists_name_who_has_a_file() -> None:
    application, other = make_application(), make_application(BINH)
    minh().get(file_of(application))
    client = ngoc()
    row = re.search(rf"{LAN.full_name}.*?</a></li>", client.get(file_of(other)).content.decode(), re.S)
    assert row is not None
    assert "Minh" in row[0]


@pytest.mark.parametrize(
    ("queue", "kind"), [("gia-dinh", "child"), ("dich-vu", "request"), ("tin-nhan", "ticket")]
)
def test_every_queue_gives_two_officers_two_files_and_guards_them(queue: str, kind: str) -> None:
    files = MAKE[queue]()
    first, second = minh(), ngoc()
    got = [open_next(first, queue), open_next(second, queue)]
    assert set(got) == set(files)
    assert set(Claim.objects.values_list("kind", flat=True)) == {kind}
    assert open_next(first, queue, after=int(got[0].rsplit("/", 1)[1])).endswith("?het=1")
    answer = second.post(f"{got[0]}/{ACT[queue]}", {"text": "x", "reasons": ["other"]})
    assert answer.status_code == 409
    assert "Minh đang xử lý hồ sơ này" in text_of(answer.content)
    colleague = text_of(second.get(got[0]).content)
    assert "Minh đang xử lý từ 20:14" in colleague
    assert "Nhận về xử lý" in colleague
    taken = second.post(f"/can-bo/nhan-ve/{queue}/{got[0].rsplit('/', 1)[1]}")
    assert taken["Location"] == got[0]
    assert second.post(f"{got[0]}/{ACT[queue]}", {"text": "x", "reasons": ["other"]}).status_code == 302


def two_children() -> list[str]:
    guardian = make_member(LAN)
    return [test_families.at(make_family_request(guardian, child)) for child in (AN, GIA)]


def two_requests() -> list[str]:
    make_office()
    return [
        test_procedures.address(make_request(Kind.CARD_REISSUE, make_insured(who))) for who in (LAN, BINH)
    ]


def two_messages() -> list[str]:
    return [f"/can-bo/tin-nhan/{make_ticket(make_person(who))}" for who in (LAN, BINH)]


MAKE = {"gia-dinh": two_children, "dich-vu": two_requests, "tin-nhan": two_messages}
ACT = {"gia-dinh": "so-giay", "dich-vu": "tiep-nhan", "tin-nhan": "nhan"}
