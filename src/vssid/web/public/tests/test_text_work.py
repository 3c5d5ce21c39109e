"""A stranger's text through the pages: after a step of work, with and without a script; none left."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.making.registrations import make_office, make_person, plain_photo
from vssid.domain.support.help.topics import TOPICS
from vssid.domain.support.models import Ticket
from vssid.domain.verification import proofs, text_budgets
from vssid.web.citizen.tests.cast import LAN, browser, enter, make_citizen

from ..registration.tests.test_confirm import codes_sent
from .test_crowds import solved
from .visitor import holder, upload

pytestmark = pytest.mark.django_db
TOPIC = next(iter(TOPICS))
BUDGET = {"network_hour": 1, "network_day": 9, "all_hour": 9, "all_day": 9}


@pytest.fixture(autouse=True)
def costs(settings, monkeypatch):
    settings.TEXT_WORK_BITS = 6
    monkeypatch.setattr(text_budgets, "SUM_AFTER", timedelta(0))
    monkeypatch.setattr(proofs, "BITS", 6)


def review(client: Client, **more: str) -> Any:
    page = client.get("/dang-ky/xem-lai")
    seen = re.search(r'name="seen" value="([^"]+)"', page.text)
    return client.post("/dang-ky/xem-lai", {"commitment": "yes", "seen": seen and seen[1], **more})


def test_the_first_code_of_a_registration_comes_after_the_step():
    make_person()
    client = holder(proved=False)
    answer = review(client)
    assert (answer.status_code, codes_sent(client)) == (429, 0)
    assert "không phải máy tự động đang gửi" in answer.text
    assert "ui/js/hashing" in answer.text
    assert client.post("/dang-ky/xem-lai", solved(answer.text))["Location"] == "/dang-ky/ma-xac-nhan"
    assert codes_sent(client) == 1


def test_a_form_that_brings_the_work_along_needs_no_further_step():
    make_person()
    client = holder(proved=False)
    page = client.get("/dang-ky/xem-lai").text
    token = re.search(r'name="thu-thach" value="([^"]+)"', page)
    left, right = re.search(r"(\d+) cộng (\d+)", page).groups()  # type: ignore[union-attr]
    assert token is not None
    answer = review(client, **{"thu-thach": token[1], "tong": str(int(left) + int(right))})
    assert answer["Location"] == "/dang-ky/ma-xac-nhan"


def test_a_sum_sent_at_once_is_told_to_wait(monkeypatch):
    monkeypatch.setattr(text_budgets, "SUM_AFTER", timedelta(seconds=15))
    make_person()
    client = holder(proved=False)
    again = client.post("/dang-ky/xem-lai", solved(review(client).text))
    assert again.status_code == 429
    assert "đợi ít nhất 15 giây" in again.text
    assert codes_sent(client) == 0


@pytest.mark.parametrize("path", ["/quen-mat-khau", "/khoa-tai-khoan", "/mo-khoa-tai-khoan"])
def test_forgotten_password_freezing_and_thawing_carry_the_work(path):
    assert "data-nonce" in browser().get(path).text


def test_who_is_signed_in_is_asked_for_no_work():
    make_citizen()
    client = browser()
    enter(client)
    assert "data-nonce" not in client.get("/tro-giup/tin-nhan/moi").text
    assert "data-nonce" in browser().get("/tro-giup/tin-nhan/moi").text


def test_a_message_with_a_photo_keeps_its_words_when_the_work_is_not_done():
    office = make_office()
    client = browser()
    page = client.get("/tro-giup/tin-nhan/moi").text
    once = re.search(r'name="once"[^>]* value="([^"]+)"', page)
    form = {"full_name": "Nguyễn Thị Lan", "phone": "0912345678", "topic": TOPIC, "office_code": office.code}
    words = {"text": "Tôi cần hỏi về thẻ.", "once": once and once[1]}
    answer = client.post("/tro-giup/tin-nhan/moi", form | words | {"photo": upload(plain_photo())})
    assert answer.status_code == 429
    assert "chọn lại ảnh" in answer.text
    assert "Tôi cần hỏi về thẻ." in answer.text
    assert not Ticket.objects.exists()


def test_when_no_text_is_left_the_page_says_until_when_and_what_else(settings):
    settings.TEXT_BUDGETS = BUDGET
    settings.TEXT_WORK_BITS = 0
    make_citizen()
    text_budgets.spend("203.0.113.5", now=timezone.now())
    client = browser()
    page = client.get("/quen-mat-khau").text
    key = re.search(r'name="khoa" value="([^"]+)"', page)
    answer = client.post("/quen-mat-khau", {"name": LAN, "khoa": key and key[1]})
    assert answer.status_code == 429
    for words in ("quá nhiều yêu cầu gửi tin nhắn", "e-mail đã xác nhận", "1900 9068", LAN):
        assert words in answer.text
