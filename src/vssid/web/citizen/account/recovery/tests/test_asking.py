"""A code asked for and typed, without a session and without JavaScript: the same to everybody, once a tap."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.making.sms import texts_to
from vssid.domain.accounts.models.accounts import Account, Claim
from vssid.domain.notifications.models.messages import Message
from vssid.domain.verification import limits
from vssid.web.citizen.tests.cast import LAN, browser, make_citizen

from .asking import ask, code_in_text, work, wrong_code

pytestmark = pytest.mark.django_db


def test_asking_anew_in_one_browser_stops_the_code_before_and_the_page_says_which_one_works():
    make_citizen()
    client = browser()
    ask(client)
    first = Claim.objects.order_by("-id").first()
    ask(client)
    assert first is not None
    assert texts_to(first.id) == []
    assert "chỉ mã gửi sau cùng dùng được" in client.get("/quen-mat-khau/ma").text
    answer = client.post("/quen-mat-khau/ma", {"code": code_in_text()})
    assert answer["Location"] == "/quen-mat-khau/mat-khau"


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
    assert client.post("/quen-mat-khau/ma", {"code": code_in_text()})["Location"].endswith("/mat-khau")


@pytest.mark.parametrize(
    ("typed", "words"),
    [("", "đủ 6 chữ số"), ("12345", "đủ 6 chữ số"), ("abcdef", "đủ 6 chữ số"), ("wrong", "chưa đúng")],
)
def test_a_code_that_does_not_fit_is_refused_in_words(typed: str, words: str):
    make_citizen()
    client = browser()
    ask(client)
    answer = client.post("/quen-mat-khau/ma", {"code": wrong_code() if typed == "wrong" else typed})
    assert answer.status_code == 422
    assert words in answer.text


def test_a_claim_of_one_purpose_opens_no_other():
    make_citizen()
    client = browser()
    ask(client)
    cookie = client.cookies["vssid-claim-reset"].value
    client.cookies["vssid-claim-thaw"] = client.cookies["vssid-claim-freeze"] = cookie
    assert client.get("/mo-khoa-tai-khoan/ma")["Location"] == "/mo-khoa-tai-khoan"
    assert client.post("/khoa-tai-khoan/ma", {"code": code_in_text()})["Location"] == "/khoa-tai-khoan"
    assert not Account.objects.filter(frozen_at__isnull=False).exists()


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


def test_no_address_and_no_cookie_names_anybody():
    make_citizen()
    client = browser()
    answer = ask(client)
    assert LAN not in answer["Location"]
    assert all(LAN not in cookie.value for cookie in client.cookies.values())
