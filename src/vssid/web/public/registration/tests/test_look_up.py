"""The public look-up tells the state and nothing personal; a code to the phone opens the file."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.making.registrations import LAN, make_application
from tests.making.sms import last_code, texts_to
from vssid.domain.registration.models import Application

pytestmark = pytest.mark.django_db
ASK = "/dang-ky/tra-cuu"
PHONE = "0912 345 678"


@pytest.fixture
def number() -> str:
    make_application(now=timezone.now())
    return Application.objects.get().number


def looked_up(client: Client, number: str) -> Client:
    answer = client.post(ASK, {"number": number, "phone": PHONE})
    assert answer.headers["Location"] == f"{ASK}/ket-qua"
    return client


def test_number_and_phone_show_the_state_and_nothing_personal(client, number):
    page = looked_up(client, number).get(f"{ASK}/ket-qua").content.decode()
    row = Application.objects.get()
    assert "Chờ nộp tờ khai" in page
    assert f"{row.due_on:%d/%m/%Y}" in page
    assert "BHXH quận Hồng Bàng" in page
    for secret in (
        LAN.full_name,
        "Lan",
        LAN.bhxh_code,
        LAN.id_number,
        "912 345",
        "0912345",
        "02/01/1990",
        "ngõ 45",
    ):
        assert secret not in page


def test_a_number_may_be_typed_short(client, number):
    short = str(int(number.split("/")[0])) + "/" + "/".join(number.split("/")[1:])
    looked_up(client, short)


def test_whether_number_or_phone_is_wrong_the_answer_is_the_same(client, number):
    wrong_phone = client.post(ASK, {"number": number, "phone": "0987654321"}).content.decode()
    wrong_number = client.post(ASK, {"number": "09999/2026/03101", "phone": PHONE}).content.decode()
    says = "Không tìm thấy hồ sơ nào có cả số hồ sơ và số điện thoại này"
    assert says in wrong_phone
    assert says in wrong_number


def test_empty_fields_are_named(client):
    page = client.post(ASK, {"number": "", "phone": ""}).content.decode()
    assert "Hãy nhập số hồ sơ" in page
    assert "Hãy nhập số điện thoại" in page


def test_the_result_needs_the_look_up_before_it(client):
    for path in ("ket-qua", "ma"):
        assert client.get(f"{ASK}/{path}").headers["Location"] == ASK
    client.cookies["vssid-tra-cuu"] = "made:up:cookie"
    assert client.get(f"{ASK}/ket-qua").headers["Location"] == ASK


def test_the_code_opens_the_file_here(client, number):
    looked_up(client, number)
    application_id = Application.objects.get().id
    for _ in range(2):
        assert client.post(f"{ASK}/mo").headers["Location"] == f"{ASK}/ma"
    assert len(texts_to(application_id, "phone_code")) == 1
    assert client.post(f"{ASK}/ma", {"code": "12"}).status_code == 422
    code = last_code(application_id)
    wrong = "000001" if code == "000000" else "000000"
    assert "còn 4 lần thử" in client.post(f"{ASK}/ma", {"code": wrong}).content.decode()
    assert client.post(f"{ASK}/ma", {"code": code}).headers["Location"] == "/dang-ky/ho-so"
    assert number in client.get("/dang-ky/ho-so").content.decode()


def test_after_many_look_ups_the_page_says_when_the_next_is_taken(client, number, monkeypatch):
    from datetime import timedelta

    from vssid.domain.verification import limits

    monkeypatch.setitem(
        limits.RULES,
        "lookup_address",
        limits.Rule(2, timedelta(hours=1), timedelta(minutes=5), timedelta(hours=1)),
    )
    for _ in range(2):
        client.post(ASK, {"number": "1/2026/03101", "phone": PHONE})
    limited = client.post(ASK, {"number": number, "phone": PHONE})
    assert limited.status_code == 429
    assert "Bạn thử lại được từ" in limited.content.decode()
    assert f'value="{number}"' in limited.content.decode()
    assert client.get(ASK).status_code == 200
    other = Client(REMOTE_ADDR="198.51.100.9")
    assert other.post(ASK, {"number": number, "phone": PHONE}).status_code == 302


def test_no_address_names_anybody(client, number):
    answer = client.post(ASK, {"number": number, "phone": PHONE})
    assert "?" not in answer.headers["Location"]
    assert PHONE.replace(" ", "")[1:] not in client.cookies["vssid-tra-cuu"].value
