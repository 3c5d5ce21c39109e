"""/can-bo/tai-khoan through the door."""

from __future__ import annotations

import re
import uuid

import pytest
from django.db import transaction
from django.utils import timezone

from tests.making.registrations import LAN, make_person
from tests.making.sms import texts_to
from tests.page_text import text_of, without_tokens
from vssid.domain.accounts.contacts import changes
from vssid.domain.accounts.guardianship import trusted
from vssid.domain.accounts.models.accounts import Account, CounterRequest, LoginName
from vssid.domain.audit.models import Event
from vssid.domain.notifications.models.messages import Message
from vssid.domain.notifications.outbox import dead_addresses
from vssid.kernel.actor import SYSTEM
from vssid.kernel.ids import Phone
from vssid.web.officer.tests.desk import browser_of, hanh, minh, open_account
from vssid.web.ui.templatetags.ui import ngay_gio

pytestmark = pytest.mark.django_db
DESK = "/can-bo/tai-khoan"
ACTS = ("xem-ban-chinh", "so-moi", "ma", "thuc-hien", "gui-lai", "tu-choi")


def opened(client, kind: str = "password") -> str:
    """The address of a request opened for Lan."""
    answer = client.post(DESK, {"name": LAN.bhxh_code, "kind": kind})
    return str(answer["Location"])


@pytest.fixture
def lan() -> int:
    person_id = make_person()
    open_account(person_id)
    Account.objects.filter(person_id=person_id).update(activation_expires_at=None)
    return person_id


def test_minh_issues_a_new_password_after_seeing_the_original(lan):
    client = minh()
    page = opened(client)
    shown = text_of(client.get(page).content)
    assert "031190000001" in shown
    assert "chưa đối chiếu bản chính giấy tờ" in shown
    refused = client.post(f"{page}/thuc-hien")
    assert refused.status_code == 409
    assert client.post(f"{page}/xem-ban-chinh").status_code == 302
    done = client.post(f"{page}/thuc-hien", follow=True)
    assert "Đã thực hiện" in text_of(done.content)
    assert "Tin nhắn mật khẩu" in text_of(done.content)
    assert Account.objects.get(person_id=lan).must_set_password
    assert client.post(f"{page}/gui-lai").status_code == 302
    assert client.post(f"{page}/thuc-hien").status_code == 409


def test_the_trusted_person_is_offered_only_where_one_has_agreed_and_sent_to_when_ticked(lan):
    client = minh()
    page = opened(client)
    assert "người tin cậy" not in client.get(page).text
    now = timezone.now()
    trusted.ask(lan, "Bình", Phone.parse("0987654321"), address="203.0.113.5", now=now)
    match = re.search(r"\b\d{6}\b", texts_to(lan, "trusted_ask")[-1])
    assert match is not None
    trusted.agree(lan, match.group(), address="203.0.113.5", now=now)
    shown = client.get(page).text
    assert "Gửi cả đến người tin cậy" in shown
    assert "0987" not in without_tokens(shown)
    client.post(f"{page}/xem-ban-chinh")
    client.post(f"{page}/thuc-hien", {"nguoi-tin-cay": "1"})
    assert "mat khau" in texts_to(lan, "trusted_activation")[-1]


def test_minh_changes_a_lost_phone_with_the_code_the_person_reads(lan):
    client = minh()
    page = opened(client, "phone")
    assert client.post(f"{page}/so-moi", {"phone": "12"}).status_code == 422
    assert client.post(f"{page}/so-moi", {"phone": "0987 654 321"}).status_code == 302
    match = re.search(r"\b\d{6}\b", texts_to(lan, "contact_new_code")[-1])
    assert match is not None
    wrong = "000000" if match.group() != "000000" else "111111"
    assert client.post(f"{page}/ma", {"code": wrong}).status_code == 422
    assert client.post(f"{page}/ma", {"code": match.group()}).status_code == 302
    client.post(f"{page}/xem-ban-chinh")
    assert client.post(f"{page}/thuc-hien").status_code == 302
    assert "0987 654 321" in text_of(client.get(page).content)


def test_no_password_goes_to_a_phone_that_is_not_the_newest_and_minh_is_told_what_to_do(lan):
    before = bytes(Account.objects.get(person_id=lan).phone or b"")
    with transaction.atomic():
        changes.apply(lan, "phone", Phone.parse("0901234567"), by=SYSTEM, now=timezone.now())
    Account.objects.filter(person_id=lan).update(phone=before)
    client = minh()
    page = opened(client)
    client.post(f"{page}/xem-ban-chinh")
    answer = client.post(f"{page}/thuc-hien")
    assert answer.status_code == 409
    assert "đổi số điện thoại tại quầy" in text_of(answer.content)


def test_a_refusal_needs_a_reason(lan):
    client = minh()
    page = opened(client)
    refused = client.post(f"{page}/tu-choi", {"text": "Ảnh <không> giống."})
    assert refused.status_code == 422
    assert "Chọn ít nhất một lý do." in text_of(refused.content)
    assert "Ảnh &lt;không&gt; giống.</textarea>" in refused.text
    assert "Viết lời nhắn" in client.post(f"{page}/tu-choi", {"reasons": "other"}).text
    said = {"reasons": ["other_person"], "text": "Ảnh không giống."}
    assert client.post(f"{page}/tu-choi", said).status_code == 302
    shown = text_of(client.get(page).content)
    assert "Bản chính giấy tờ không phải của chủ tài khoản" in shown
    assert "Ảnh không giống." in shown


def test_a_refusal_of_before_there_were_codes_stays_readable(lan):
    client = minh()
    page = opened(client)
    CounterRequest.objects.update(state="refused", reason="Thiếu giấy tờ.", closed_at=timezone.now())
    assert "Thiếu giấy tờ." in text_of(client.get(page).content)


def test_a_phone_that_is_none_is_still_there_to_be_mended(lan):
    client = minh()
    page = opened(client, "phone")
    assert 'value="09 12"' in client.post(f"{page}/so-moi", {"phone": "09 12"}).text


def test_another_office_and_strangers_get_nothing(lan):
    page = opened(minh())
    other = hanh()
    assert other.get(page).status_code == 404
    assert [other.post(f"{page}/{act}").status_code for act in ACTS] == [404] * len(ACTS)
    assert page not in other.get(DESK).text
    unknown = f"{DESK}/{lan}/{uuid.uuid4()}"
    assert minh_again().get(unknown).status_code == 404
    assert CounterRequest.objects.get().state == "open"


def minh_again():
    return browser_of(LoginName.objects.get(name="minh").person_id)


def test_the_list_shows_what_waits_and_a_wrong_number_is_said(lan):
    client = minh()
    page = opened(client)
    assert page in client.get(DESK).text
    answer = client.post(DESK, {"name": "0999999999", "kind": "password"})
    assert answer.status_code == 422
    assert "Không có tài khoản nào" in answer.text
    assert client.post(DESK, {"name": LAN.bhxh_code}).status_code == 422


def test_every_look_is_recorded(lan):
    client = minh()
    client.get(opened(client))
    assert Event.objects.filter(subject_id=lan, kind="account.request_viewed", actor_name="Minh").count() == 1


def test_no_address_holds_a_code_or_a_name(lan):
    page = opened(minh())
    assert LAN.bhxh_code not in page


def test_the_desk_sees_that_nothing_arrives_at_the_phone_and_since_when(lan):
    client = minh()
    page = opened(client)
    assert "Không nhận được tin" not in text_of(client.get(page).content)
    phone, now = changes.of(lan).phone, timezone.now()
    assert phone is not None
    dead_addresses.mark(Message(channel="sms"), {"to": phone.reveal()}, reason="http_403", now=now)
    shown = text_of(client.get(page).content)
    assert f"Không nhận được tin từ {ngay_gio(now)}. Hỏi người dân số đang dùng rồi đổi số." in shown
