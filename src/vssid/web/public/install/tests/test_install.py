"""The install guide: own device first, everything readable, the true address."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from .. import guides

AGENTS = {
    "android-chrome": "Mozilla/5.0 (Linux; Android 10; K) Chrome/126.0 Mobile Safari/537.36",
    "android-samsung": "Mozilla/5.0 (Linux; Android 14; SM-A156E) SamsungBrowser/25.0 Chrome/121.0 Mobile",
    "iphone": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1",
    "may-tinh": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36",
}
ZALO = AGENTS["android-chrome"] + " Zalo android/24.05"
EVERY = {guide.slug for guide in guides.GUIDES}


def _page(agent: str) -> str:
    return Client(headers={"user-agent": agent}).get("/cai-dat-ung-dung").text


@pytest.mark.parametrize("device", AGENTS)
def test_the_guide_for_this_device_comes_first_and_the_others_follow(device: str):
    shown = re.findall(r'<section class="panel guide" id="([\w-]+)"', _page(AGENTS[device]))
    assert shown[0] == device
    assert set(shown) == EVERY == set(AGENTS)


def test_every_step_has_a_drawing_of_its_own_markup_only():
    page = _page(AGENTS["iphone"])
    steps = [step for guide in guides.GUIDES for step in guide.steps]
    assert page.count('<svg class="drawn"') == len(steps)
    assert not re.search(r'<svg class="drawn"[^>]*>(?:(?!</svg>).)*(style=|href=|<script)', page)


def test_inside_another_app_it_says_to_open_the_browser_first():
    assert "Hãy mở bằng trình duyệt của máy" in _page(ZALO)
    assert "Hãy mở bằng trình duyệt của máy" not in _page(AGENTS["android-chrome"])


def test_it_tells_the_true_address_and_what_is_never_asked(settings):
    settings.BASE_URL = "https://bhxh.example.vn"
    page = _page("")
    assert '<strong class="host">bhxh.example.vn</strong>' in page
    for words in (".apk", "mã xác nhận", "không bắt đặt cọc", "1900 9068"):
        assert words in page
