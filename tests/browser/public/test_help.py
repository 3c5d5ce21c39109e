"""Help in a real browser: instant search as the server searches, and every answer without a network."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from vssid.domain.support.help import faq, search
from vssid.domain.support.tests.test_search import QUERIES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOWN = """() => [...document.querySelectorAll("[data-found] [data-question]")].map((item) => item.id)"""
KEPT = """async () => Boolean(await caches.match("/tro-giup/ngoai-tuyen"))"""


def test_typing_finds_what_the_server_finds(sight: Any) -> None:
    sight.goto("/tro-giup")
    for typed, _slug in QUERIES:
        sight.locator("[data-faq-search]").fill(typed)
        slugs = [question.slug for question in search.find(faq.questions("vi"), typed)]
        assert sight.evaluate(SHOWN) == slugs, typed
    sight.locator("[data-faq-search]").fill("")
    assert sight.evaluate(SHOWN) == []
    assert sight.locator("[data-question]:visible").count() == len(faq.questions("vi"))


def test_a_page_that_the_server_searched_goes_on_when_one_types(sight: Any) -> None:
    sight.goto("/tro-giup?q=luong+huu")
    assert sight.evaluate(SHOWN)[0] == "luong-huu"
    sight.locator("[data-faq-search]").fill("thai san")
    assert sight.evaluate(SHOWN)[0] == "thai-san"


def test_every_answer_is_there_without_a_network(phone: Any) -> None:
    phone.goto("/dang-nhap")
    phone.evaluate("async () => { await navigator.serviceWorker.ready; }")
    assert phone.evaluate(KEPT)
    phone.context.set_offline(True)
    phone.goto("/tro-giup")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Câu hỏi thường gặp")
    assert phone.locator("[data-question]").count() == 2 * len(faq.questions("vi"))
    phone.locator("[data-faq-search]").fill("forgot password")
    assert "en-quen" in phone.evaluate(SHOWN)
    phone.locator("#en-quen summary").click()
    expect(phone.locator("#en-quen [data-answer]")).to_be_visible()
