"""Going on with a draft on another device; the pages tell nobody whether there is one."""

import pytest
from django.test import Client

from tests.making.registrations import LAN, make_draft, view
from tests.making.sms import last_code, texts_to

from .. import file_cookie

pytestmark = pytest.mark.django_db
ASK = "/dang-ky/tiep-tuc"
PHONE = {"phone": "0912345678"}


def asked(client: Client, code: str = LAN.bhxh_code) -> str:
    answer = client.post(ASK, {**PHONE, "bhxh_code": code})
    assert answer.headers["Location"] == f"{ASK}/ma"
    return client.get(f"{ASK}/ma").content.decode()


def without_tokens(page: str) -> str:
    return "".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_phone_code_and_bhxh_code_bring_the_draft_to_another_device(client):
    subject = view(make_draft(proved=False)).subject_id
    asked(client)
    answer = client.post(f"{ASK}/ma", {"code": last_code(subject)})
    assert answer.headers["Location"] == "/dang-ky"
    there = view(client.cookies[file_cookie.COOKIE].value)
    assert there.subject_id == subject
    assert there.proved
    assert "Tiếp tục:" in client.get("/dang-ky").content.decode()


def test_the_answers_are_the_same_without_a_draft(client):
    subject = view(make_draft(proved=False)).subject_id
    there, nobody = asked(client), asked(Client(), "0000000099")
    assert without_tokens(there) == without_tokens(nobody)
    wrong = "000001" if last_code(subject) == "000000" else "000000"
    other = Client()
    asked(other, "0000000098")
    known = client.post(f"{ASK}/ma", {"code": wrong})
    unknown = other.post(f"{ASK}/ma", {"code": wrong})
    assert known.status_code == unknown.status_code == 422
    assert without_tokens(known.content.decode()) == without_tokens(unknown.content.decode())


def test_a_double_tap_sends_one_code(client):
    subject = view(make_draft(proved=False)).subject_id
    asked(client)
    asked(client)
    assert len(texts_to(subject, "phone_code")) == 1


def test_wrong_values_are_named(client):
    page = client.post(ASK, {"phone": "12", "bhxh_code": "12"}).content.decode()
    assert "Hãy nhập số di động Việt Nam" in page
    assert "Mã số BHXH có 10 hoặc 12 chữ số" in page


def test_the_second_page_needs_the_first(client):
    assert client.get(f"{ASK}/ma").headers["Location"] == ASK
