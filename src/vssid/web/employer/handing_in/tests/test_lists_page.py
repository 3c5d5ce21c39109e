from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from tests.making.registrations import BINH, LAN, Someone, make_officer
from vssid.domain.employers.handing_in.tests import sent as handing_in
from vssid.domain.employers.handing_in.tests.sent import AN, HOA, make_sent, number_of
from vssid.domain.employers.seats.roles import Role
from vssid.domain.registration.handover import agreeing
from vssid.domain.registration.handover import lists as counter
from vssid.domain.registration.models import HandoverList
from vssid.web.employer.tests import cast

pytestmark = pytest.mark.django_db
PAGE, NEW = "/don-vi/bang-ke", "/don-vi/bang-ke/moi"
OFFICE = {"co-quan": "03101"}


def sent(who: Someone, *, agrees: bool = True) -> int:
    return make_sent(who, agrees=agrees, now=timezone.now())


def words_of(content: bytes) -> str:
    """What a PDF says, in single spaces."""
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def make_list(*chosen: int) -> int:
    return handing_in.make_list(*chosen, now=timezone.now())


def test_hr_chooses_the_signed_forms_and_gets_a_list_to_print() -> None:
    client = cast.tuan()
    lan, binh = sent(LAN), sent(BINH)
    sent(HOA, agrees=False)
    assert "2 tờ khai" in client.get(PAGE).content.decode()
    offered = client.get(NEW, OFFICE).content.decode()
    assert ("Nguyễn Thị Lan" in offered, "Phạm Thị Hoa" in offered) == (True, False)
    made = client.post(NEW, {**OFFICE, "chon": [lan]})
    shown = client.get(made["Location"]).content.decode()
    assert (number_of(lan) in shown, number_of(binh) in shown) == (True, False)
    paper = client.get(f"{made['Location']}/bang-ke.pdf")
    words = words_of(paper.content)
    assert number_of(lan) in words
    assert HandoverList.objects.get().number in words


def test_nothing_chosen_is_said_and_what_was_chosen_stays() -> None:
    client, lan = cast.tuan(), sent(LAN)
    answer = client.post(NEW, OFFICE)
    assert (answer.status_code, "Hãy chọn ít nhất một tờ khai" in answer.content.decode()) == (422, True)
    assert f'value="{lan}" id="chon-{lan}">' in answer.content.decode()
    assert client.post(NEW, {**OFFICE, "chon": ["x", "9" * 30]}).status_code == 422
    assert client.get(NEW, {"co-quan": "99999"}).status_code == 404


def test_hr_reads_every_difference_and_the_receipt() -> None:
    client, minh = cast.tuan(), make_officer()
    lan, binh, an = sent(LAN), sent(BINH), sent(AN)
    list_id, now = make_list(lan, binh, an), timezone.now()
    page = f"{PAGE}/{list_id}"
    assert client.get(f"{page}/bien-nhan.pdf").status_code == 404
    counter.receive(list_id, number_of(lan), by=minh, now=now)
    counter.receive(list_id, number_of(binh), by=minh, now=now, unsigned=True)
    counter.receive(list_id, "00999/2026/03101", by=minh, now=now)
    assert "Cơ quan đang nhận" in client.get(page).content.decode()
    counter.close(list_id, by=minh, now=now)
    shown = client.get(page).content.decode()
    for said in ("Chưa ký", "Thiếu trong chồng", "Không có trong bảng kê", "1 trong 3"):
        assert said in shown, said
    receipt = client.get(f"{page}/bien-nhan.pdf")
    words = words_of(receipt.content)
    for said in ("Minh", "Chưa ký, trả lại", number_of(an), "00999/2026/03101", "1 trong 3"):
        assert said in words, said


def test_who_took_the_word_back_is_named_no_more_and_hr_is_told() -> None:
    client, lan = cast.tuan(), sent(LAN)
    list_id = make_list(lan)
    agreeing.take_back(lan, now=timezone.now())
    shown = client.get(f"{PAGE}/{list_id}").content.decode()
    assert ("Nguyễn Thị Lan" in shown, "đã rút đồng ý" in shown) == (False, True)


def test_a_list_is_cancelled_before_the_counter_begins_and_not_after() -> None:
    client, lan = cast.tuan(), sent(LAN)
    first = make_list(lan)
    answer = client.post(f"{PAGE}/{first}/huy", follow=True)
    assert "Đã hủy" in answer.content.decode()
    second = make_list(lan)
    counter.receive(second, number_of(lan), by=make_officer(), now=timezone.now() + timedelta(seconds=1))
    assert client.post(f"{PAGE}/{second}/huy").status_code == 409


def test_who_only_reads_makes_prints_and_cancels_no_list() -> None:
    client, lan = cast.tuan(Role.READER), sent(LAN)
    list_id = make_list(lan)
    assert "Hủy bảng kê" not in client.get(f"{PAGE}/{list_id}").content.decode()
    assert client.get(f"{PAGE}/{list_id}/bang-ke.pdf").status_code == 403
    assert client.post(NEW, {**OFFICE, "chon": [lan]}).status_code == 403
