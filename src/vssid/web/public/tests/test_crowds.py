"""Many people behind one address, through the pages: nobody is told that they typed something wrong."""

from __future__ import annotations

import re
from contextlib import suppress
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from tests.making.registrations import make_person
from vssid.domain.verification import limits
from vssid.domain.verification.errors import ChallengeNeeded
from vssid.domain.verification.proofs import Address
from vssid.web.citizen.tests.cast import LAN, PASSWORD, browser, make_citizen, sign_in

from ..registration.tests.test_confirm import codes_sent
from .visitor import holder, upload

pytestmark = pytest.mark.django_db
FACTORY = "203.0.113.77"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def crowd(name: str) -> None:
    with suppress(ChallengeNeeded):
        for _ in range(limits.RULES[name].limit):
            limits.hit(name, Address(FACTORY), now=timezone.now())


def solved(page: str) -> dict[str, str]:
    """The form of the page with its sum done, as a person without a script sends it."""
    left, right = re.search(r"(\d+) cộng (\d+)", page).groups()  # type: ignore[union-attr]
    form = page[page.index("data-work") : page.index("data-sum")]
    fields = {name: unescape(value) for name, value in HIDDEN.findall(form)}
    return fields | {"tong": str(int(left) + int(right))}


def test_the_right_password_behind_a_crowded_address_signs_in_after_one_step():
    make_citizen()
    crowd("sign_in_address")
    client = browser(FACTORY)
    answer = sign_in(client, tiep="/thiet-bi")
    assert answer.status_code == 429
    assert "chưa bị coi là sai" in answer.text
    assert "chưa đúng" not in answer.text
    again = client.post("/dang-nhap", solved(answer.text))
    assert (again.status_code, again["Location"]) == (302, "/thiet-bi")


def test_a_wrong_password_after_the_step_is_wrong_and_a_wrong_sum_asks_anew():
    make_citizen()
    crowd("sign_in_address")
    client = browser(FACTORY)
    page = sign_in(client).text
    wrong = client.post("/dang-nhap", solved(page) | {"tong": "1"})
    assert (wrong.status_code, "Hãy trả lời câu hỏi mới" in wrong.text) == (429, True)
    bad = client.post("/dang-nhap", solved(wrong.text) | {"password": "khong-phai"})
    assert bad.status_code == 422


def test_a_known_device_asks_for_no_step_and_is_not_stopped_by_strangers():
    make_citizen()
    known = browser(FACTORY)
    assert sign_in(known).status_code == 302
    crowd("sign_in_address")
    for _ in range(limits.RULES["sign_in_pair"].limit + 1):
        sign_in(browser(FACTORY), password="doan-mo")
    assert sign_in(browser(FACTORY)).status_code == 429
    assert sign_in(known).status_code == 302


def test_a_stopped_account_is_told_that_the_password_was_not_looked_at():
    make_citizen()
    for _ in range(limits.RULES["sign_in_pair"].limit):
        sign_in(browser(FACTORY), password="doan-mo")
    answer = sign_in(browser(FACTORY))
    assert answer.status_code == 429
    assert "chưa được kiểm tra" in answer.text
    assert "nhập chưa đúng" not in answer.text


def test_the_worker_after_sixty_others_gets_the_code():
    crowd("code_address")
    make_person()
    client = holder(proved=False)
    client.defaults["REMOTE_ADDR"] = FACTORY
    page = client.get("/dang-ky/xem-lai")
    seen = re.search(r'name="seen" value="([^"]+)"', page.text)
    answer = client.post("/dang-ky/xem-lai", {"commitment": "yes", "seen": seen and seen[1]})
    assert answer.status_code == 429
    assert codes_sent(client) == 0
    sent = client.post("/dang-ky/xem-lai", solved(answer.text))
    assert sent.status_code == 302, re.sub(r"<[^>]+>|\s+", " ", sent.text)
    assert sent["Location"] == "/dang-ky/ma-xac-nhan"
    assert codes_sent(client) == 1


def test_the_password_in_the_carried_form_is_on_no_other_page_and_kept_by_nobody():
    make_citizen()
    crowd("sign_in_address")
    answer = sign_in(browser(FACTORY))
    assert answer["Cache-Control"] == "no-store, private"
    assert PASSWORD in unescape(answer.text)
    assert answer.headers.get("X-Offline") is None
    assert LAN not in answer.headers.get("Location", "")


def test_a_form_with_files_is_told_to_wait_and_nothing_is_lost(monkeypatch):
    crowd("draft_address")
    client = Client(REMOTE_ADDR=FACTORY)
    answer = client.post("/dang-ky/ban-than", {"photo": upload(b"x"), "go": "scan"})
    assert answer.status_code == 429
    assert "thử lại" in answer.text
