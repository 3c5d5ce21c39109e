"""/qua-trinh/c14-ts and /kiem-tra: from the page to the signed file, and from the file back."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pypdf import PdfReader

from vssid.domain.statements import files, retention
from vssid.domain.statements.models import Statement
from vssid.web.citizen.tests.cast import (
    LAN,
    TUAN,
    add_period,
    bare,
    browser,
    make_citizen,
    make_worker,
    signed_in,
)
from vssid.web.officer.tests import desk

pytestmark = pytest.mark.django_db
TAB, CHECK = "/qua-trinh/c14-ts", "/kiem-tra"


def with_a_year():
    """Lan with nine months of 2025, and her browser."""
    person_id, client = bare()
    add_period(person_id, date(2025, 1, 1), date(2025, 9, 1), workplace="Xưởng 2")
    add_period(person_id, date(2025, 1, 1), date(2025, 9, 1), scheme="bhtn", wage=6_000_000)
    return person_id, client


def issue(client, year: str = "2025"):
    return client.post(TAB, {"nam": year})


def code_of(pdf: bytes) -> str:
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    match = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", text)
    assert match is not None
    return match[0]


def ask(code: str, last4: str = LAN[-4:]):
    return browser("198.51.100.7").post(CHECK, {"cach": "ma", "code": code, "last4": last4})


def send(content: bytes):
    file = SimpleUploadedFile("c14.pdf", content, content_type="application/pdf")
    return browser("198.51.100.7").post(CHECK, {"cach": "tep", "file": file})


def test_the_tab_shows_the_year_and_says_that_the_layout_is_ours():
    _, client = with_a_year()
    page = client.get(TAB).text
    for words in ("01/2025 – 09/2025", "Sao Mai", "Xưởng 2", "6.500.000 đ", "6.000.000 đ", "9 tháng"):
        assert words in page, words
    assert "không phải mẫu C14-TS chính thức" in page
    assert 'href="/qua-trinh/c14-ts" aria-current="page"' in page
    assert TAB in client.get("/qua-trinh").text


def test_opening_the_tab_issues_nothing():
    _, client = with_a_year()
    client.get(f"{TAB}?nam=2025")
    assert not Statement.objects.exists()


def test_posting_gives_a_file_and_the_tab_lists_it():
    _, client = with_a_year()
    answer = issue(client)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="c14-ts-2025.pdf"'
    assert answer["Cache-Control"] == "no-store, private"
    assert answer.content.startswith(b"%PDF-")
    assert "Những bản đã cấp" in client.get(TAB).text


@pytest.mark.parametrize("year", ["2024", "abcd", ""])
def test_a_year_without_months_has_no_statement(year: str):
    _, client = with_a_year()
    assert issue(client, year).status_code == 404
    assert not Statement.objects.exists()


def test_without_any_month_it_says_why_and_whom_to_ask():
    _, client = bare()
    page = client.get(TAB).text
    assert "Chưa có gì để xác nhận" in page
    assert "phòng nhân sự" in page
    assert client.get(f"{TAB}?nam=2025").status_code == 404


def test_without_a_certificate_it_says_so_and_offers_no_form(settings):
    _, client = with_a_year()
    settings.SIGNING_KEY_FILE = ""
    assert "data-download" not in client.get(TAB).text
    assert issue(client).status_code == 503
    assert send(b"%PDF-1.7").status_code == 200


def test_anyone_with_code_and_digits_reads_what_was_stated_but_no_name_or_code():
    _, client = with_a_year()
    page = ask(code_of(issue(client).content)).text
    for words in ("Có bản xác nhận này", "N••••• T•• L••", "2025", "9 tháng"):
        assert words in page, words
    for secret in ("Nguyễn Thị Lan", "Sao Mai", LAN, "0100 000 001"):
        assert secret not in page, secret


@pytest.mark.parametrize(("last4", "words"), [("9999", "Không có bản xác nhận nào"), ("1", "đúng 4 chữ số")])
def test_wrong_digits_tell_nothing(last4: str, words: str):
    _, client = with_a_year()
    answer = ask(code_of(issue(client).content), last4)
    assert answer.status_code == 422
    assert words in answer.text
    assert "N•••••" not in answer.text


def test_too_many_tries_are_told_when_to_come_back():
    for _try in range(10):
        ask("7K2M-04QX-9TRE")
    answer = ask("7K2M-04QX-9TRE")
    assert answer.status_code == 429
    assert "Kiểm tra mã" in answer.text


def test_the_file_is_recognised_and_a_changed_one_is_not():
    _, client = with_a_year()
    pdf = issue(client).content
    assert "Tệp đúng là bản chúng tôi đã ký" in send(pdf).text
    assert "Tệp đã bị sửa sau khi ký" in send(pdf + b"\n").text
    assert "Tệp không có chữ ký số" in send(b"%PDF-1.7 khong co chu ky").text


@pytest.mark.parametrize("content", [b"", b"x" * (2 * 1024 * 1024 + 1)])
def test_an_empty_or_too_large_file_is_refused(content: bytes):
    assert send(content).status_code == 422


def test_tuan_a_stranger_and_an_officer_get_no_statement_of_lan():
    make_worker()
    make_citizen(TUAN)
    tuan = signed_in(TUAN)
    assert "Sao Mai" not in tuan.get(TAB).text
    assert issue(tuan).status_code == 404
    assert issue(browser())["Location"].startswith("/dang-nhap")
    assert issue(desk.minh())["Location"].startswith("/dang-nhap")
    assert not Statement.objects.exists()
    assert issue(signed_in(LAN), str(timezone.now().year)).status_code == 200


def test_an_issued_one_is_listed_with_its_code_and_taken_again_as_the_same_bytes():
    person_id, client = with_a_year()
    pdf = issue(client).content
    row = Statement.objects.get(person_id=person_id)
    page = client.get(TAB).text
    assert code_of(pdf) in page
    assert f'href="{TAB}/{row.id}"' in page
    assert client.get(f"{TAB}/{row.id}").content == pdf


def test_another_person_and_an_unknown_number_find_no_file():
    person_id, client = with_a_year()
    issue(client)
    row = Statement.objects.get(person_id=person_id)
    make_citizen(TUAN)
    assert signed_in(TUAN).get(f"{TAB}/{row.id}").status_code == 404
    assert client.get(f"{TAB}/00000000-0000-4000-8000-000000000001").status_code == 404


def test_past_its_term_the_file_is_gone_and_the_code_still_tells():
    person_id, client = with_a_year()
    pdf = issue(client).content
    row = Statement.objects.get(person_id=person_id)
    later = timezone.now() + timedelta(days=retention.term(timezone.now().date()).days + 1)
    assert (files.erase_old(timezone.now()), files.erase_old(later), files.erase_old(later)) == (0, 1, 0)
    assert client.get(f"{TAB}/{row.id}").status_code == 404
    assert "Tệp đã hết hạn lưu" in client.get(TAB).text
    assert "9 tháng" in ask(code_of(pdf)).text
