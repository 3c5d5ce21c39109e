from __future__ import annotations

from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from tests.making.registrations import BINH, LAN
from tests.page_text import text_of
from vssid.domain.employers.handing_in import working
from vssid.domain.employers.handing_in.tests.sent import HOA, make_list, make_sent, number_of
from vssid.domain.employers.models import PrintRun
from vssid.domain.employers.seats.roles import Role
from vssid.domain.registration.handover import agreeing
from vssid.web.employer.tests import cast

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/don-vi/to-khai"


def work() -> None:
    """The job does its work."""
    working.work(PrintRun.objects.latest("id").id, now=timezone.now())


def test_hr_has_the_forms_printed_and_sees_how_far_it_is_without_a_script() -> None:
    client, now = cast.tuan(), timezone.now()
    lan, binh = (make_sent(who, now=now) for who in (LAN, BINH))
    make_sent(HOA, agrees=False, now=now)
    assert "In được 2" in text_of(client.get(PAGE).content)
    page = client.post(PAGE, {"co-quan": "03101"})["Location"]
    waiting = client.get(page).content.decode()
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in waiting
    assert "0 trong 2 tờ khai" in text_of(client.get(f"{page}/tien-do").content)
    assert client.get(f"{page}/to-khai.pdf").status_code == 409
    work()
    assert "data-ended" in client.get(f"{page}/tien-do").content.decode()
    ready = client.get(page).content.decode()
    assert ("http-equiv" in ready, "Tệp đã xong" in ready) == (False, True)
    pages = PdfReader(BytesIO(client.get(f"{page}/to-khai.pdf").content)).pages
    words = [each.extract_text() for each in pages]
    assert [number_of(each) in said for each, said in zip((binh, lan), words, strict=True)] == [True, True]


def test_the_forms_of_a_list_are_printed_in_its_order() -> None:
    client, now = cast.tuan(), timezone.now()
    lan = make_sent(LAN, now=now)
    make_sent(BINH, now=now)
    list_id = make_list(lan, now=now)
    assert "In tờ khai theo bảng kê" in client.get(f"/don-vi/bang-ke/{list_id}").content.decode()
    page = client.post(PAGE, {"bang-ke": list_id})["Location"]
    work()
    assert len(PdfReader(BytesIO(client.get(f"{page}/to-khai.pdf").content)).pages) == 1
    for no_list in ("9" * 30, "x", "0"):
        assert client.post(PAGE, {"bang-ke": no_list}).status_code == 404


def test_a_pdf_in_which_somebody_took_the_word_back_is_gone_and_says_so() -> None:
    client, lan = cast.tuan(), make_sent(LAN, now=timezone.now())
    page = client.post(PAGE, {})["Location"]
    work()
    agreeing.take_back(lan, now=timezone.now())
    refused = client.get(f"{page}/to-khai.pdf")
    assert (refused.status_code, "Tệp này không còn" in refused.content.decode()) == (409, True)
    assert "đã rút đồng ý" in client.get(page).content.decode()
    assert "Không còn" in client.get(PAGE).content.decode()
    assert client.post(PAGE, {}).status_code == 422


def test_hr_puts_a_pdf_away() -> None:
    client = cast.tuan()
    make_sent(LAN, now=timezone.now())
    page = client.post(PAGE, {})["Location"]
    assert client.post(f"{page}/bo")["Location"] == PAGE
    assert "đã được đơn vị xóa" in client.get(page).content.decode()


def test_who_only_reads_prints_nothing() -> None:
    client = cast.tuan(Role.READER)
    make_sent(LAN, now=timezone.now())
    assert "Tạo tệp PDF" not in client.get(PAGE).content.decode()
    assert client.post(PAGE, {}).status_code == 403
