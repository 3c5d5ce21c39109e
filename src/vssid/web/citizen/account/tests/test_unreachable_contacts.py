"""The person is shown what does not arrive, since when, and what to do; and may say that it does."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from vssid.domain.accounts.contacts import changes, notify
from vssid.domain.accounts.guardianship import trusted
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.notifications.inbox import subscriptions
from vssid.domain.notifications.models.messages import Message, Subscription
from vssid.domain.notifications.outbox import dead_addresses
from vssid.domain.vault import sealing as vault
from vssid.infra import push
from vssid.infra.push.vapid import encoded
from vssid.infra.tests.push_endpoint import Browser
from vssid.kernel.ids import Phone
from vssid.web.citizen.tests.cast import browser, enter, make_citizen
from vssid.web.ui.templatetags.ui import ngay_gio

pytestmark = pytest.mark.django_db


@pytest.fixture
def lan(settings) -> int:
    settings.MAIL_GATEWAY = "log"
    person_id = make_citizen()
    Account.objects.filter(person_id=person_id).update(
        email=vault.seal(person_id, notify.EMAIL, b"lan@example.vn")
    )
    return person_id


def kill(person_id: int, channel: str):
    contacts = changes.of(person_id)
    to = contacts.phone if channel == "sms" else contacts.email
    assert to is not None
    now = timezone.now()
    dead_addresses.mark(Message(channel=channel), {"to": to.reveal()}, reason="smtp_550", now=now)
    return ngay_gio(now)


def opened(page: str) -> tuple[Client, str]:
    client = browser()
    enter(client)
    return client, client.get(page).text


@pytest.mark.parametrize(
    ("channel", "said", "change"),
    [
        ("sms", "Tin nhắn không đến được số điện thoại của bạn", "/tai-khoan/lien-he/so-dien-thoai"),
        ("email", "Thư không đến được e-mail của bạn", "/tai-khoan/lien-he/email"),
    ],
)
def test_the_account_says_what_does_not_arrive_since_when_and_what_to_do(lan, channel, said, change):
    _, before = opened("/tai-khoan")
    assert said not in before
    at = kill(lan, channel)
    _, shown = opened("/tai-khoan")
    assert said in shown
    assert at in shown
    assert shown.count(f'href="{change}"') == 2, "in the note and in the list"


def test_the_owner_says_that_it_arrives_and_the_note_goes(lan):
    kill(lan, "email")
    client, _ = opened("/tai-khoan")
    answer = client.post("/tai-khoan/lien-he/con-dung", {"loai": "email"}, follow=True)
    assert "Thư không đến được" not in answer.text
    assert "Tin sau sẽ gửi lại vào đây" in answer.text
    assert client.post("/tai-khoan/lien-he/con-dung", {"loai": "gì đó"})["Location"] == "/tai-khoan"
    assert client.get("/tai-khoan/lien-he/con-dung").status_code in {404, 405}


def test_the_settings_of_notices_show_the_way_and_the_device_that_lead_nowhere(lan, settings):
    settings.VAPID_KEY, settings.PUSH_LOOPBACK = push.new_key_text(), True
    at = kill(lan, "sms")
    subscriber = Browser()
    address = subscriptions.PushAddress.parse(
        "http://127.0.0.1:9/a", encoded(subscriber.p256dh), encoded(subscriber.auth)
    )
    now = timezone.now()
    made = subscriptions.subscribe(lan, address, session_id=uuid4(), device="Chrome · Android", now=now)
    subscriptions.mark_dead(lan, made, now=now)
    client, shown = opened("/thong-bao/cai-dat")
    assert f"Không nhận được tin từ {at}" in shown
    assert f"Không nhận được từ {ngay_gio(now)}" in shown
    client.post("/thong-bao/may/bo", {"id": str(made)})
    assert not Subscription.objects.exists()


def test_the_page_of_the_trusted_person_says_that_nothing_arrives_there(lan):
    phone, now = Phone.parse("0987654321"), timezone.now()
    trusted.ask(lan, "Bình", phone, address="203.0.113.5", now=now)
    assert "không nhận được tin" not in opened("/nguoi-tin-cay")[1]
    dead_addresses.mark(Message(channel="sms"), {"to": phone.reveal()}, reason="http_403", now=now)
    assert f"Số này không nhận được tin từ {ngay_gio(now)}." in opened("/nguoi-tin-cay")[1]
