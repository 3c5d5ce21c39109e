"""Where the code goes, to the phone, an e-mail or a trusted person, and what the page says of its way."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from tests.making.sms import letters_to, texts_to
from tests.page_text import without_tokens
from vssid.domain.accounts.contacts import notify
from vssid.domain.accounts.guardianship import trusted
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.notifications.models.messages import Message
from vssid.domain.notifications.outbox import sending
from vssid.domain.vault import sealing as vault
from vssid.kernel.ids import Phone
from vssid.web.citizen.tests.cast import browser, make_citizen, sign_in

from .asking import ask, code_in_text

pytestmark = pytest.mark.django_db


def test_the_code_may_go_to_the_trusted_person_as_well():
    person_id = make_citizen()
    address, now = "203.0.113.5", timezone.now()
    trusted.ask(person_id, "Bình", Phone.parse("0987654321"), address=address, now=now)
    match = re.search(r"\b\d{6}\b", texts_to(person_id, "trusted_ask")[-1])
    assert match is not None
    trusted.agree(person_id, match.group(), address=address, now=now)
    client = browser()
    sign_in(client)
    client.post("/dang-xuat")
    assert ask(client, kenh="both")["Location"] == "/quen-mat-khau/ma"
    shown = client.get("/quen-mat-khau/ma").text
    assert "người tin cậy đã đồng ý" in shown
    assert "Đến người tin cậy" in shown
    assert "0987" not in without_tokens(shown)
    assert code_in_text() in texts_to(person_id, "trusted_code")[-1]


def test_the_code_page_of_a_phone_known_to_the_account_says_what_became_of_the_text():
    make_citizen()
    own = browser()
    sign_in(own)
    own.post("/dang-xuat")
    ask(own)
    message = Message.objects.get(kind="reset_code")
    now = timezone.now()
    Message.objects.filter(id=message.id).update(state="sent", sent_at=now)
    assert "Chờ báo đã đến máy" in own.get("/quen-mat-khau/ma").text
    Message.objects.filter(id=message.id).update(state="delivered", delivered_at=now, ended_at=now, body=None)
    page = own.get("/quen-mat-khau/ma").text
    assert "Đã gửi cho nhà mạng" in page
    assert "Đã đến máy" in page
    stranger = browser("198.51.100.7")
    ask(stranger)
    page = stranger.get("/quen-mat-khau/ma").text
    assert "nhà mạng" not in page
    assert "gửi lại được từ" in page
    assert "1900 9068" in page


def test_the_code_may_go_to_the_confirmed_email(settings, tmp_path):
    settings.MAIL_GATEWAY, settings.DATA = "log", tmp_path
    person_id = make_citizen()
    sealed = vault.seal(person_id, notify.EMAIL, b"lan@thu.example")
    Account.objects.filter(person_id=person_id).update(email=sealed)
    client = browser()
    ask(client, kenh="email")
    row = Message.objects.get(kind="reset_code")
    [letter] = letters_to(row.subject_id, "reset_code")
    match = re.search(r"\b\d{6}\b", letter["text"])
    assert match is not None
    assert letter["to"] == "lan@thu.example"
    page = client.get("/quen-mat-khau/ma").text
    assert "hộp thư" not in page, "delivery is told only to a device that the account knows"
    assert client.post("/quen-mat-khau/ma", {"code": match.group()})["Location"].endswith("/mat-khau")


def test_a_known_device_sees_what_became_of_the_letter(settings, tmp_path):
    settings.MAIL_GATEWAY, settings.DATA = "log", tmp_path
    person_id = make_citizen()
    sealed = vault.seal(person_id, notify.EMAIL, b"lan@thu.example")
    Account.objects.filter(person_id=person_id).update(email=sealed)
    client = browser()
    sign_in(client)
    client.post("/dang-xuat")
    ask(client, kenh="email")
    assert "Đang gửi" in client.get("/quen-mat-khau/ma").text
    row = Message.objects.get(kind="reset_code")
    sending.attempt(row.subject_id, row.id, clock=timezone.now)
    assert "Đã đến hộp thư" in client.get("/quen-mat-khau/ma").text


def test_without_a_mail_server_no_email_is_offered(settings):
    settings.MAIL_GATEWAY = "off"
    assert "e-mail đã xác nhận" not in browser().get("/quen-mat-khau").text
