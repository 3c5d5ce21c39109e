"""/don-vi/thong-bao: each reader's own notices of the employer that is open, and the work e-mail beside."""

from __future__ import annotations

from typing import Any

import pytest

from tests.making.employers import BIEN_XANH, NOW, SAO_MAI, make_hr
from tests.making.sms import letters_to
from tests.page_text import text_of
from vssid.domain.employers import telling
from vssid.domain.employers.seats.roles import Role
from vssid.kernel.text import digits

from ...tests import cast

pytestmark = pytest.mark.django_db
PAGE, EMAIL = "/don-vi/thong-bao", "/don-vi/e-mail"


def told(employer: str = SAO_MAI, of: int = 7) -> None:
    telling.tell(employer, "employer_correction_answered", of, now=NOW, number=f"SD-{of}")


def test_hr_reads_what_the_office_did_and_puts_it_away() -> None:
    client = cast.tuan()
    told()
    page = client.get(PAGE)
    assert "yêu cầu SD-7 có trả lời" in text_of(page.content)
    assert '<h2><a href="/don-vi/doi-chieu">' in page.content.decode()
    assert "Cơ quan (1)" in text_of(client.get("/don-vi").content)
    assert client.post(f"{PAGE}/da-doc", {"den": NOW.isoformat()})["Location"] == PAGE
    assert "Cơ quan (1)" not in text_of(client.get(PAGE).content)


def test_what_came_after_the_page_was_made_stays_unread() -> None:
    client = cast.tuan()
    told()
    client.post(f"{PAGE}/da-doc", {"den": "2026-11-18T09:00:00+07:00"})
    assert "Cơ quan (1)" in text_of(client.get(PAGE).content)
    client.post(f"{PAGE}/da-doc", {"den": "hôm qua"})
    assert "Cơ quan (1)" not in text_of(client.get(PAGE).content)


def test_of_another_employer_nothing_is_read_here() -> None:
    client = cast.browser_of(make_hr("Vân", (SAO_MAI, Role.CLERK), (BIEN_XANH, Role.CLERK)))
    told(BIEN_XANH, 8)
    assert "SD-8" not in text_of(client.get(PAGE).content)


def test_the_work_email_is_confirmed_by_a_code_and_told_beside(settings: Any) -> None:
    settings.MAIL_GATEWAY = "log"
    tuan = make_hr("Trần Tuấn", (SAO_MAI, Role.CLERK))
    client = cast.browser_of(tuan)
    assert client.post(EMAIL, {"email": "tuan@saomai.example"})["Location"] == f"{EMAIL}?xong=da-gui"
    code = digits(letters_to(tuan, "contact_new_code")[-1]["text"])[:6]
    assert client.post(f"{EMAIL}/ma", {"code": code})["Location"] == f"{EMAIL}?xong=xac-nhan"
    assert "Thông báo cũng gửi đến t•••@saomai.example" in text_of(client.get(PAGE).content)
    told()
    assert letters_to(tuan, "employer_correction_answered")
