"""/tai-khoan and below, and the devices: what is done and what is refused."""

from __future__ import annotations

import json
import re
import uuid

import pytest
from django.db import transaction
from django.utils import timezone

from tests.making.registrations import HONG_BANG, make_office
from tests.making.sms import texts_to
from tests.page_text import without_tokens
from vssid.domain.accounts.contacts import changes
from vssid.domain.accounts.models.accounts import Account, CounterRequest, Passkey, PasskeyOwner, Session
from vssid.domain.accounts.sign_in import passkeys
from vssid.domain.accounts.tests.authenticator import Device
from vssid.domain.verification.models import Challenge
from vssid.kernel.actor import SYSTEM
from vssid.kernel.ids import Phone
from vssid.web.citizen.tests.cast import LAN, PASSWORD, TUAN, browser, enter, make_citizen

pytestmark = pytest.mark.django_db
HOME = "/tai-khoan/lien-he"


def signed_in(code: str = LAN, address: str = "203.0.113.5"):
    client = browser(address)
    enter(client, code)
    return client


def code_to(person_id: int, kind: str) -> str:
    match = re.search(r"\b\d{6}\b", texts_to(person_id, kind)[-1])
    assert match is not None
    return match.group()


def test_the_account_page_says_what_happened_and_hides_the_phone():
    make_citizen()
    page = signed_in().get("/tai-khoan").text
    assert "Đăng nhập" in page
    assert "678" in page
    assert "0912" not in without_tokens(page)


# --- contacts ------------------------------------------------------------------------------


def test_the_phone_is_changed_with_a_code_from_each():
    person_id = make_citizen()
    client = signed_in()
    sent = client.post(f"{HOME}/so-dien-thoai", {"value": "0987 654 321"})
    assert sent["Location"] == f"{HOME}/so-dien-thoai/ma"
    page = client.get(sent["Location"]).text
    assert "678" in page
    assert "0987 654 321" in page
    old = client.post(sent["Location"], {"ben": "old", "code": code_to(person_id, "contact_old_code")})
    assert old["Location"] == sent["Location"]
    assert "Đã xác nhận" in client.get(sent["Location"]).text
    new = client.post(sent["Location"], {"ben": "new", "code": code_to(person_id, "contact_new_code")})
    assert new["Location"] == "/tai-khoan?xong=lien-he"
    assert changes.of(person_id).phone == "+84987654321"


@pytest.mark.parametrize(
    ("value", "words"),
    [("", "Hãy nhập số điện thoại mới"), ("12", "số di động Việt Nam"), ("0912345678", "đang dùng")],
)
def test_what_is_no_new_phone_is_refused_in_words(value, words):
    make_citizen()
    answer = signed_in().post(f"{HOME}/so-dien-thoai", {"value": value})
    assert answer.status_code == 422
    assert words in answer.text


def test_no_code_goes_to_a_phone_that_is_not_the_newest_and_what_was_typed_stays():
    person_id = make_citizen()
    before = bytes(Account.objects.get(person_id=person_id).phone or b"")
    with transaction.atomic():
        changes.apply(person_id, "phone", Phone("+84901234567"), by=SYSTEM, now=timezone.now())
    Account.objects.filter(person_id=person_id).update(phone=before)
    answer = signed_in().post(f"{HOME}/so-dien-thoai", {"value": "0987 654 321"})
    assert answer.status_code == 409
    assert "không khớp với lần thay đổi gần nhất" in answer.text
    assert "0987 654 321" in answer.text


def test_a_wrong_code_is_refused_and_a_page_without_a_change_leads_back():
    person_id = make_citizen()
    client = signed_in()
    assert client.get(f"{HOME}/so-dien-thoai/ma")["Location"] == f"{HOME}/so-dien-thoai"
    client.post(f"{HOME}/so-dien-thoai", {"value": "0987654321"})
    right = code_to(person_id, "contact_old_code")
    wrong = "000000" if right != "000000" else "111111"
    for typed in (wrong, "12"):
        answer = client.post(f"{HOME}/so-dien-thoai/ma", {"ben": "old", "code": typed})
        assert answer.status_code == 422
        assert 'class="summary"' in answer.text


def test_there_is_no_email_page_without_a_mail_server(settings):
    settings.MAIL_GATEWAY = "off"
    make_citizen()
    client = signed_in()
    assert client.get(f"{HOME}/email").status_code == 404
    assert client.get(f"{HOME}/khac").status_code == 404
    settings.MAIL_GATEWAY = "log"
    assert client.get(f"{HOME}/email").status_code == 200


def test_a_lost_phone_is_asked_for_at_an_office_with_a_state():
    person_id = make_citizen()
    make_office(HONG_BANG)
    client = signed_in()
    path = f"{HOME}/tai-co-quan"
    sent = client.post(path, {"value": "0987654321", "office": HONG_BANG})
    row = CounterRequest.objects.get(person_id=person_id)
    assert sent["Location"] == f"{path}/{row.id}"
    assert "0987 654 321" in client.get(sent["Location"]).text
    assert client.post(sent["Location"], {"code": "12"}).status_code == 422
    done = client.post(sent["Location"], {"code": code_to(person_id, "contact_new_code")})
    assert done["Location"] == path
    page = client.get(path).text
    assert "Đang chờ" in page
    assert "đã xác nhận" in page
    client.post(f"{path}/{row.id}/rut")
    assert "Đã rút" in client.get(path).text


@pytest.mark.parametrize(
    "form", [{}, {"value": "12", "office": HONG_BANG}, {"value": "0987654321", "office": "x"}]
)
def test_a_request_without_a_phone_or_an_office_is_refused(form):
    make_citizen()
    make_office(HONG_BANG)
    assert signed_in().post(f"{HOME}/tai-co-quan", form).status_code == 422


def test_the_request_of_somebody_else_is_not_there():
    make_citizen()
    make_citizen(TUAN)
    make_office(HONG_BANG)
    signed_in().post(f"{HOME}/tai-co-quan", {"value": "0987654321", "office": HONG_BANG})
    path = f"{HOME}/tai-co-quan/{CounterRequest.objects.get().id}"
    other = signed_in(TUAN)
    assert other.get(path).status_code == 404
    assert other.post(path, {"code": "123456"}).status_code == 404
    other.post(f"{path}/rut")
    assert CounterRequest.objects.get().state == "open"


# --- close ---------------------------------------------------------------------------------


def test_closing_needs_the_password_and_can_be_undone():
    person_id = make_citizen()
    client = signed_in()
    page = client.get("/tai-khoan/dong").text
    assert "Vẫn được lưu trữ" in page
    assert client.post("/tai-khoan/dong", {"password": "sai"}).status_code == 422
    assert client.post("/tai-khoan/dong", {}).status_code == 422
    assert Account.objects.get(person_id=person_id).close_at is None
    client.post("/tai-khoan/dong", {"password": PASSWORD})
    assert Account.objects.get(person_id=person_id).close_at is not None
    assert "Tài khoản sắp đóng" in client.get("/tai-khoan").text
    assert client.post("/tai-khoan/giu")["Location"] == "/tai-khoan?xong=giu"
    assert Account.objects.get(person_id=person_id).close_at is None


# --- devices -------------------------------------------------------------------------------


def test_all_other_devices_end_with_one_button_and_this_one_stays():
    person_id = make_citizen()
    lost = signed_in(address="198.51.100.7")
    client = signed_in()
    assert "Đăng xuất tất cả máy khác" in client.get("/thiet-bi").text
    client.post("/thiet-bi", {"go": "cac-may-khac"})
    assert Session.objects.filter(person_id=person_id).count() == 1
    assert client.get("/thiet-bi").status_code == 200
    answer = lost.get("/thiet-bi")
    assert lost.get(answer["Location"])["X-Offline"] == "wipe"


def test_the_devices_of_others_do_not_end_with_mine():
    make_citizen()
    make_citizen(TUAN)
    tuan, lan = signed_in(TUAN), signed_in()
    lan.post("/thiet-bi", {"go": "cac-may-khac"})
    assert tuan.get("/thiet-bi").status_code == 200


# --- passkeys ------------------------------------------------------------------------------


def post(client, path, body):
    return client.post(path, json.dumps(body), content_type="application/json")


@pytest.fixture
def site(settings):
    settings.BASE_URL = "http://localhost"


def added(client):
    device = Device()
    options = post(client, "/tai-khoan/khoa-truy-cap/bat-dau", {"password": PASSWORD})
    assert post(client, "/tai-khoan/khoa-truy-cap/them", device.create(options.text)).status_code == 200
    return device


def test_a_passkey_is_added_and_opens_the_wanted_page(site):
    make_citizen()
    device = added(signed_in())
    client = browser("198.51.100.7")
    options = post(client, "/dang-nhap/khoa-truy-cap/bat-dau", {"name": ""})
    assert options.cookies["vssid-passkey"]["httponly"]
    assert options.cookies["vssid-passkey"]["samesite"] == "Strict"
    answer = device.get(options.text) | {"tiep": "/thiet-bi"}
    done = post(client, "/dang-nhap/khoa-truy-cap", answer)
    assert done.json() == {"next": "/thiet-bi"}
    assert client.get("/thiet-bi").status_code == 200
    assert post(client, "/dang-nhap/khoa-truy-cap", answer).status_code == 422


def test_a_passkey_leads_to_no_other_site(site):
    make_citizen()
    device = added(signed_in())
    client = browser()
    options = post(client, "/dang-nhap/khoa-truy-cap/bat-dau", {})
    done = post(client, "/dang-nhap/khoa-truy-cap", device.get(options.text) | {"tiep": "//evil.example"})
    assert done.json() == {"next": "/"}


def test_adding_needs_the_password(site):
    make_citizen()
    answer = post(signed_in(), "/tai-khoan/khoa-truy-cap/bat-dau", {"password": "sai"})
    assert answer.status_code == 422
    assert "Mật khẩu chưa đúng" in answer.json()["refused"]
    assert not Challenge.objects.exists()


@pytest.mark.parametrize("path", ["/tai-khoan/khoa-truy-cap/them", "/dang-nhap/khoa-truy-cap"])
def test_without_a_challenge_nothing_is_taken(site, path):
    make_citizen()
    client = signed_in()
    bodies: list[object] = [{}, [], {"rawId": "AAAA", "response": {}}]
    for body in bodies:
        assert post(client, path, body).status_code == 422
    assert client.post(path, "no json", content_type="application/json").status_code == 422


def test_a_passkey_to_a_frozen_account_is_told_so(site):
    person_id = make_citizen()
    device = added(signed_in())
    Account.objects.filter(person_id=person_id).update(frozen_at=timezone.now())
    client = browser()
    options = post(client, "/dang-nhap/khoa-truy-cap/bat-dau", {})
    answer = post(client, "/dang-nhap/khoa-truy-cap", device.get(options.text))
    assert answer.status_code == 403
    assert "đang khóa" in answer.json()["refused"]


def test_the_passkey_of_somebody_else_is_not_there(site):
    person_id = make_citizen()
    make_citizen(TUAN)
    added(signed_in())
    passkey_id = passkeys.of(person_id)[0].id
    other = signed_in(TUAN)
    assert "Chrome" not in other.get("/tai-khoan/khoa-truy-cap").text
    for form in ({"go": "xoa"}, {"name": "Của tôi"}):
        assert other.post(f"/tai-khoan/khoa-truy-cap/{passkey_id}", form).status_code == 302
    assert passkeys.of(person_id)[0].name == "Chrome · Android"
    other.post(f"/tai-khoan/khoa-truy-cap/{uuid.uuid4()}", {"go": "xoa"})
    assert Passkey.objects.count() == PasskeyOwner.objects.count() == 1


@pytest.mark.parametrize(
    "path",
    [
        "/tai-khoan",
        "/tai-khoan/khoa",
        "/tai-khoan/dong",
        "/tai-khoan/khoa-truy-cap",
        f"{HOME}/so-dien-thoai",
        f"{HOME}/so-dien-thoai/ma",
        f"{HOME}/tai-co-quan",
    ],
)
def test_a_stranger_is_sent_to_sign_in(path):
    for answer in (browser().get(path), browser().post(path)):
        assert answer["Location"].startswith("/dang-nhap")


def test_a_passkey_in_doubt_is_the_owners_again_with_the_password_only():
    person_id = make_citizen()
    client = browser()
    enter(client)
    row = Passkey.objects.create(
        person_id=person_id, id=uuid.uuid4(), credential_id=b"c", public_key=b"k", sign_count=5,
        name="Chrome", transports=[], created_at=timezone.now(), suspect_at=timezone.now(),
    )  # fmt: skip
    here = "/tai-khoan/khoa-truy-cap"
    assert "Đúng là khóa của tôi" in client.get(here).text
    wrong = client.post(f"{here}/{row.id}", {"go": "dung", "password": "sai"})
    assert (wrong.status_code, "Mật khẩu chưa đúng." in wrong.text) == (422, True)
    assert Passkey.objects.get().suspect_at is not None
    assert client.post(f"{here}/{row.id}", {"go": "dung", "password": PASSWORD}).status_code == 302
    assert Passkey.objects.get().suspect_at is None
    assert "Cần xác nhận" not in client.get(here).text
