"""The service worker in a real browser: what it keeps, what it shows without a network, what it forgets."""

from __future__ import annotations

import shutil
import threading
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application

from vssid.web.ui import pwa

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")]
STORED = """async () => {
  if (!await caches.has("personal-v1")) return [];
  return (await (await caches.open("personal-v1")).keys()).map((kept) => new URL(kept.url).pathname).sort();
}"""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture
def address(settings, tmp_path):
    settings.ROOT_URLCONF = "vssid.web.ui.tests.urls"
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    server = make_server("127.0.0.1", 0, get_wsgi_application(), _Server, _Quiet)
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


def _until_stored(page, paths):
    for _try in range(100):
        if page.evaluate(STORED) == paths:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"stored: {page.evaluate(STORED)}, expected: {paths}")


def _opened_once(page, address):
    page.goto(f"{address}/")
    _until_stored(page, ["/", "/the"])


def test_the_card_opens_without_a_network_and_says_its_age(page, address):
    _opened_once(page, address)
    page.context.set_offline(True)
    page.goto(f"{address}/the")
    assert page.locator("h1").inner_text() == "Trang của Lan"
    said = page.locator(".stored").inner_text()
    assert "Đang xem bản đã lưu trên máy" in said
    assert "xác nhận lúc 14:03, 22/11/2026" in said


def test_other_pages_give_way_to_the_offline_page(page, address):
    _opened_once(page, address)
    page.context.set_offline(True)
    page.goto(f"{address}/ai")
    assert page.locator("h1").inner_text() == "Không có mạng"


def test_only_what_the_server_allows_is_stored(page, address):
    _opened_once(page, address)
    page.goto(f"{address}/ai")
    page.goto(f"{address}/the")
    assert page.evaluate(STORED) == ["/", "/the"]


def test_the_sign_in_page_makes_the_device_forget(page, address):
    _opened_once(page, address)
    page.goto(f"{address}/dang-nhap")
    _until_stored(page, [])
    page.context.set_offline(True)
    page.goto(f"{address}/the")
    assert page.locator("h1").inner_text() == "Không có mạng"


def test_signing_out_forgets_even_when_the_network_is_gone(page, address):
    _opened_once(page, address)
    page.context.set_offline(True)
    page.locator("details.menu summary").click()
    page.locator("[data-signout] button").click(no_wait_after=True)
    page.get_by_role("heading", name="Không có mạng").wait_for()
    _until_stored(page, [])


def test_a_changed_shell_replaces_the_old_one_and_keeps_the_personal_pages(page, address, monkeypatch):
    _opened_once(page, address)
    shells = """async () => (await caches.keys()).filter((name) => name.startsWith("shell-"))"""
    (old,) = page.evaluate(shells)
    monkeypatch.setattr(pwa, "SHELL", pwa.SHELL[:-1])
    pwa._worker_source.cache_clear()
    page.goto(f"{address}/the")
    for _try in range(100):
        names = page.evaluate(shells)
        if names != [old] and len(names) == 1:
            break
        page.wait_for_timeout(100)
    pwa._worker_source.cache_clear()
    assert names != [old]
    assert len(names) == 1
    assert "/the" in page.evaluate(STORED)
