"""Forgotten password, freeze and thaw through the door, without a session and without JavaScript."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.making.sms import letters_to, texts_to
from vssid.domain.accounts.contacts import notify
from vssid.domain.accounts.guardianship import trusted
from vssid.domain.accounts.models.accounts import Account, Claim, Session
from vssid.domain.accounts.recovery import answering, claims, freezing
from vssid.domain.notifications.models.messages import Message
from vssid.domain.notifications.outbox import sending
from vssid.domain.vault import sealing as vault
from vssid.domain.verification import limits
from vssid.kernel.actor import SYSTEM
from vssid.kernel.ids import Phone
from vssid.web.citizen.tests.cast import LAN, PASSWORD, browser, make_citizen, make_worker, sign_in

pytestmark = pytest.mark.django_db
NEW = "bon tu khac han"


def work() -> None:
    """What the worker does meanwhile."""
    for job in ProcrastinateJob.objects.filter(task_name=claims.JOB).order_by("id"):
        answering.answer(job.args["claim_id"], now=timezone.now())


def ask(client: Any, path: str = "/quen-mat-khau", code: str = LAN, **more: str) -> Any:
    """Send the form with the login name as a browser without JavaScript does."""
    key = re.search(r'name="khoa" value="([^"]+)"', client.get(path).text)
    assert key is not None
    answer = client.post(path, {"name": code, "khoa": key.group(1), **more})
    work()
    return answer


def code() -> str:
    """The newest code, read from the phone."""
    claim = Claim.objects.order_by("-id").first()
    assert claim is not None
    match = re.search(r"\b\d{6}\b", texts_to(claim.id, f"{claim.purpose}_code")[-1])
    assert match is not None
    return match.group()


def test_asking_anew_in_one_browser_stops_the_code_before_and_the_page_says_which_one_works():
    make_citizen()
    client = browser()
    ask(client)
    first = Claim.objects.order_by("-id").first()
    ask(client)
    assert first is not None
    assert texts_to(first.id) == []
    assert "chỉ mã gửi sau cùng dùng được" in client.get("/quen-mat-khau/ma").text
    answer = client.post("/quen-mat-khau/ma", {"code": code()})
    assert answer["Location"] == "/quen-mat-khau/mat-khau"


def wrong() -> str:
    return "000000" if code() != "000000" else "111111"


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
    assert "0987" not in shown
    assert code() in texts_to(person_id, "trusted_code")[-1]


def test_a_forgotten_password_is_replaced_by_a_code_to_the_phone():
    person_id = make_citizen()
    elsewhere = browser("198.51.100.7")
    sign_in(elsewhere)
    client = browser()
    assert ask(client)["Location"] == "/quen-mat-khau/ma"
    assert client.post("/quen-mat-khau/ma", {"code": code()})["Location"] == "/quen-mat-khau/mat-khau"
    done = client.post("/quen-mat-khau/mat-khau", {"new": NEW, "again": NEW})
    assert done["Location"] == "/tai-khoan?xong=mat-khau"
    assert "Đã đặt mật khẩu mới" in client.get(done["Location"]).text
    assert elsewhere.get("/thiet-bi")["Location"].startswith("/dang-nhap")
    assert sign_in(browser(), password=PASSWORD).status_code == 422
    assert sign_in(browser(), password=NEW).status_code == 302
    assert Message.objects.filter(subject_id=person_id, kind="password_reset").exists()


def test_unknown_and_known_numbers_get_the_same_pages_and_words():
    make_citizen()
    pages = []
    for number in (LAN, "0999999999"):
        client = browser()
        with time_machine.travel(timezone.now(), tick=False):
            answer = ask(client, code=number)
            shown = [answer.status_code, answer["Location"], client.get("/quen-mat-khau/ma").text]
            shown += [client.post("/quen-mat-khau/ma", {"code": "999999"}).text for _ in range(6)]
            shown.append(client.get("/quen-mat-khau/mat-khau")["Location"])
        pages.append(
            [re.sub(r'csrfmiddlewaretoken" value="\w+"|\d\d:\d\d', "", str(value)) for value in shown]
        )
    assert pages[0] == pages[1]


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


def test_another_code_comes_after_a_minute_not_before():
    make_citizen()
    client = browser()
    ask(client)
    client.post("/quen-mat-khau/ma", {"go": "again"})
    work()
    assert Message.objects.filter(kind="reset_code").count() == 1
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        client.post("/quen-mat-khau/ma", {"go": "again"})
        work()
    assert Message.objects.filter(kind="reset_code").count() == 2


def test_a_second_tap_on_send_is_one_code():
    make_citizen()
    client = browser()
    key = re.search(r'name="khoa" value="([^"]+)"', client.get("/quen-mat-khau").text)
    assert key is not None
    for _ in range(2):
        client.post("/quen-mat-khau", {"name": LAN, "khoa": key.group(1)})
    work()
    assert Message.objects.filter(kind="reset_code").count() == 1


def test_a_number_corrected_after_going_back_is_another_claim():
    make_citizen()
    client = browser()
    key = re.search(r'name="khoa" value="([^"]+)"', client.get("/quen-mat-khau").text)
    assert key is not None
    for number in ("0100000009", LAN):
        client.post("/quen-mat-khau", {"name": number, "khoa": key.group(1)})
    work()
    assert client.post("/quen-mat-khau/ma", {"code": code()})["Location"].endswith("/mat-khau")


@pytest.mark.parametrize(
    ("typed", "words"),
    [("", "đủ 6 chữ số"), ("12345", "đủ 6 chữ số"), ("abcdef", "đủ 6 chữ số"), ("wrong", "chưa đúng")],
)
def test_a_code_that_does_not_fit_is_refused_in_words(typed: str, words: str):
    make_citizen()
    client = browser()
    ask(client)
    answer = client.post("/quen-mat-khau/ma", {"code": wrong() if typed == "wrong" else typed})
    assert answer.status_code == 422
    assert words in answer.text


def test_nobody_reaches_the_new_password_without_the_code():
    make_citizen()
    client = browser()
    assert client.get("/quen-mat-khau/ma")["Location"] == "/quen-mat-khau"
    ask(client)
    assert client.get("/quen-mat-khau/mat-khau")["Location"] == "/quen-mat-khau"
    client.post("/quen-mat-khau/mat-khau", {"new": NEW, "again": NEW})
    assert sign_in(browser(), password=NEW).status_code == 422


def test_a_claim_of_one_purpose_opens_no_other():
    make_citizen()
    client = browser()
    ask(client)
    cookie = client.cookies["vssid-claim-reset"].value
    client.cookies["vssid-claim-thaw"] = client.cookies["vssid-claim-freeze"] = cookie
    assert client.get("/mo-khoa-tai-khoan/ma")["Location"] == "/mo-khoa-tai-khoan"
    assert client.post("/khoa-tai-khoan/ma", {"code": code()})["Location"] == "/khoa-tai-khoan"
    assert not Account.objects.filter(frozen_at__isnull=False).exists()


@pytest.mark.parametrize("new", ["ngan7ky", "12345678", f"toi la {LAN}"])
def test_a_weak_new_password_is_refused_and_can_be_typed_again(new: str):
    make_citizen()
    client = browser()
    ask(client)
    client.post("/quen-mat-khau/ma", {"code": code()})
    assert client.post("/quen-mat-khau/mat-khau", {"new": new, "again": new}).status_code == 422
    assert client.post("/quen-mat-khau/mat-khau", {"new": NEW, "again": NEW}).status_code == 302


def test_the_next_after_a_few_requests_works_for_it_and_goes_on():
    make_citizen()
    client = browser()
    for _ in range(limits.RULES["claim_near"].limit + 1):
        answer = ask(client)
    assert answer.status_code == 429
    assert "Thêm một bước kiểm tra" in answer.text


def test_too_many_requests_say_until_when_and_the_page_stays(monkeypatch):
    make_citizen()
    rule = replace(limits.RULES["claim_near"], crowded=0)
    monkeypatch.setitem(limits.RULES, "claim_near", rule)
    client = browser()
    for _ in range(6):
        answer = ask(client)
    assert answer.status_code == 429
    assert "thử lại được từ" in answer.text
    assert client.get("/quen-mat-khau").status_code == 200
    assert ask(browser("198.51.100.7")).status_code == 302


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


def test_no_address_and_no_cookie_names_anybody():
    make_citizen()
    client = browser()
    answer = ask(client)
    assert LAN not in answer["Location"]
    assert all(LAN not in cookie.value for cookie in client.cookies.values())


# --- freeze --------------------------------------------------------------------------------


def test_an_account_is_frozen_at_once_by_the_password_without_signing_in():
    person_id = make_worker()
    phone = browser("198.51.100.7")
    sign_in(phone)
    client = browser()
    done = client.post("/khoa-tai-khoan", {"name": LAN, "password": PASSWORD, "cach": "mat-khau"})
    assert done["Location"] == "/khoa-tai-khoan/xong"
    assert not Session.objects.filter(person_id=person_id).exists()
    answer = phone.get("/the")
    assert answer["Location"].startswith("/dang-nhap")
    assert "Nguyễn" not in answer.text
    assert phone.get(answer["Location"])["X-Offline"] == "wipe"
    assert Message.objects.filter(subject_id=person_id, kind="account_frozen").exists()


def test_an_account_is_frozen_by_a_code_to_its_phone():
    person_id = make_citizen()
    client = browser()
    ask(client, "/khoa-tai-khoan", cach="ma")
    assert client.post("/khoa-tai-khoan/ma", {"code": code()})["Location"] == "/khoa-tai-khoan/xong"
    assert Account.objects.get(person_id=person_id).frozen_at is not None


def test_nobody_else_freezes_it():
    person_id = make_citizen()
    client = browser()
    wrong_password = client.post("/khoa-tai-khoan", {"name": LAN, "password": "x", "cach": "mat-khau"})
    unknown = client.post("/khoa-tai-khoan", {"name": "0999999999", "password": "x", "cach": "mat-khau"})
    assert wrong_password.status_code == unknown.status_code == 422
    assert "chưa đúng" in wrong_password.text
    assert "chưa đúng" in unknown.text
    ask(client, "/khoa-tai-khoan", cach="ma")
    assert client.post("/khoa-tai-khoan/ma", {"code": wrong()}).status_code == 422
    assert Account.objects.get(person_id=person_id).frozen_at is None


def test_freezing_by_password_asks_for_one():
    answer = browser().post("/khoa-tai-khoan", {"name": LAN, "cach": "mat-khau"})
    assert answer.status_code == 422
    assert "Hãy nhập mật khẩu." in answer.text


def test_a_signed_in_person_freezes_with_one_button():
    make_citizen()
    client = browser()
    sign_in(client)
    assert client.get("/tai-khoan/khoa").status_code == 200
    done = client.post("/tai-khoan/khoa")
    assert done["Location"] == "/khoa-tai-khoan/xong"
    assert done["X-Offline"] == "wipe"
    assert client.get("/tai-khoan")["Location"].startswith("/dang-nhap")


def test_a_frozen_account_lets_nobody_in_and_says_how_to_open_it():
    person_id = make_citizen()
    freezing.freeze(person_id, by=SYSTEM, how="test", now=timezone.now())
    right = sign_in(browser())
    assert right.status_code == 403
    assert "Tài khoản đang khóa" in right.text
    assert "/mo-khoa-tai-khoan" in right.text
    assert "vssid-session" not in right.cookies
    wrong = sign_in(browser(), password="sai")
    assert wrong.status_code == 422
    assert "đang khóa" not in wrong.text
    assert "/mo-khoa-tai-khoan" not in wrong.text.split("<main")[1].split("chua-co")[0]


def test_a_frozen_account_gets_no_password_by_code():
    person_id = make_citizen()
    freezing.freeze(person_id, by=SYSTEM, how="test", now=timezone.now())
    client = browser()
    ask(client)
    client.post("/quen-mat-khau/ma", {"code": code()})
    answer = client.post("/quen-mat-khau/mat-khau", {"new": NEW, "again": NEW})
    assert answer.status_code == 403
    assert "Tài khoản đang khóa" in answer.text


# --- thaw ----------------------------------------------------------------------------------


def test_after_the_cooling_off_a_code_and_the_password_open_it():
    person_id = make_citizen()
    freezing.freeze(person_id, by=SYSTEM, how="test", now=timezone.now() - timedelta(hours=25))
    client = browser()
    ask(client, "/mo-khoa-tai-khoan")
    assert client.post("/mo-khoa-tai-khoan/ma", {"code": code()})["Location"].endswith("/mat-khau")
    done = client.post("/mo-khoa-tai-khoan/mat-khau", {"password": PASSWORD})
    assert done["Location"] == "/dang-nhap?xong=mo-khoa"
    assert "Đã mở khóa" in client.get(done["Location"]).text
    assert sign_in(client).status_code == 302
    assert Message.objects.filter(subject_id=person_id, kind="account_thawed").exists()


def test_before_the_cooling_off_is_over_it_stays_shut_and_says_until_when():
    person_id = make_citizen()
    freezing.freeze(person_id, by=SYSTEM, how="test", now=timezone.now())
    client = browser()
    ask(client, "/mo-khoa-tai-khoan")
    client.post("/mo-khoa-tai-khoan/ma", {"code": code()})
    answer = client.post("/mo-khoa-tai-khoan/mat-khau", {"password": PASSWORD})
    assert answer.status_code == 409
    assert "Tự mở được từ" in answer.text
    assert Account.objects.get(person_id=person_id).frozen_at is not None


def test_the_code_alone_or_the_password_alone_opens_nothing():
    person_id = make_citizen()
    freezing.freeze(person_id, by=SYSTEM, how="test", now=timezone.now() - timedelta(hours=25))
    client = browser()
    assert (
        client.post("/mo-khoa-tai-khoan/mat-khau", {"password": PASSWORD})["Location"] == "/mo-khoa-tai-khoan"
    )
    ask(client, "/mo-khoa-tai-khoan")
    client.post("/mo-khoa-tai-khoan/ma", {"code": code()})
    assert client.post("/mo-khoa-tai-khoan/mat-khau", {"password": "sai"}).status_code == 422
    assert Account.objects.get(person_id=person_id).frozen_at is not None
