"""The service worker in a real browser: what it keeps, what it shows without a network, what it forgets."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application

from tests import chromium
from vssid.web.ui.tests import urls

from ..pwa import views

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not chromium.LIGHT, reason="Chromium is not installed")]
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
        browser = chromium.launch(driver)
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
    page.locator("[data-signout] button").click(no_wait_after=True)
    page.get_by_role("heading", name="Không có mạng").wait_for()
    _until_stored(page, [])


def test_a_changed_shell_replaces_the_old_one_and_keeps_the_personal_pages(page, address, monkeypatch):
    _opened_once(page, address)
    shells = """async () => (await caches.keys()).filter((name) => name.startsWith("shell-"))"""
    (old,) = page.evaluate(shells)
    monkeypatch.setattr(views, "SHELL", views.SHELL[:-1])
    views._worker_source.cache_clear()
    page.goto(f"{address}/the")
    for _try in range(100):
        names = page.evaluate(shells)
        if names != [old] and len(names) == 1:
            break
        page.wait_for_timeout(100)
    views._worker_source.cache_clear()
    assert names != [old]
    assert len(names) == 1
    assert "/the" in page.evaluate(STORED)


OLD, NEW = "a" * 12, "b" * 12
SHELLS = "async () => (await caches.keys()).filter((name) => name.startsWith('shell-'))"
LOOK = """() => [document.documentElement.dataset.ran,
  getComputedStyle(document.querySelector("main")).getPropertyValue("--of").replaceAll('"', "")]"""
KEPT_FILES = """async () => (await caches.has("files-v1"))
  ? (await (await caches.open("files-v1")).keys()).map((kept) => new URL(kept.url).pathname).sort() : []"""


def _files(of):
    return [f"/static/deep.{of}.js", f"/static/look.{of}.css", f"/static/look.{of}.js"]


@pytest.fixture
def deploy(monkeypatch):
    """Call to put another version in place of the one that is there."""

    def put(of, shell=(*views.SHELL, "ui/js/desk.js"), **more):
        for name, value in {"name": of, "down": False, **more}.items():
            monkeypatch.setitem(urls.VERSION, name, value)
        monkeypatch.setattr(views, "SHELL", shell)
        views._worker_source.cache_clear()

    yield put
    views._worker_source.cache_clear()


def _until(page, script, expected):
    for _try in range(150):
        if page.evaluate(script) == expected:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{page.evaluate(script)}, expected: {expected}")


def _until_another_shell(page, old):
    for _try in range(150):
        names = page.evaluate(SHELLS)
        if len(names) == 1 and names != old:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"shells: {names}")


def _stored_with_its_files(page, address):
    page.goto(f"{address}/phien-ban")
    _until_stored(page, ["/phien-ban"])
    _until(page, KEPT_FILES, _files(OLD))
    return page.evaluate(SHELLS)


def test_a_stored_page_keeps_the_files_it_names_and_what_they_import(page, address):
    _stored_with_its_files(page, address)
    page.context.set_offline(True)
    page.goto(f"{address}/phien-ban")
    _until(page, LOOK, [OLD, OLD])


def test_after_an_update_a_page_stored_before_has_its_look_without_a_network(page, address, deploy):
    shells = _stored_with_its_files(page, address)
    deploy(NEW, down=True)  # the new version's page cannot be fetched
    page.goto(f"{address}/ai")
    _until_another_shell(page, shells)
    page.goto(f"{address}/ai")
    page.wait_for_timeout(500)
    page.context.set_offline(True)
    page.goto(f"{address}/phien-ban")
    _until(page, LOOK, [OLD, OLD])
    assert page.evaluate(KEPT_FILES) == _files(OLD)


def test_an_update_fetches_stored_pages_once_and_drops_the_files_of_before(page, address, deploy):
    shells = _stored_with_its_files(page, address)
    deploy(NEW)
    page.goto(f"{address}/ai")
    _until_another_shell(page, shells)
    page.goto(f"{address}/ai")
    _until(page, KEPT_FILES, _files(NEW))
    page.context.set_offline(True)
    page.goto(f"{address}/phien-ban")
    _until(page, LOOK, [NEW, NEW])


def test_files_of_the_old_shell_that_a_stored_page_names_outlive_it(page, address, deploy):
    """Whatever way a page names them: this one by a script of a script."""
    shells = _stored_with_its_files(page, address)
    deploy(NEW, shell=tuple(name for name in views.SHELL if name != "ui/js/shelf.js"), down=True)
    page.goto(f"{address}/ai")
    _until_another_shell(page, shells)
    assert page.evaluate(KEPT_FILES) == sorted([*_files(OLD), "/static/ui/js/shelf.js"])


def test_a_version_that_is_not_laid_out_everywhere_is_not_installed(page, address, deploy):
    """A server of the old version gives its own file under a name that it does not know, for now only."""
    shells = _stored_with_its_files(page, address)
    deploy(NEW)
    page.context.route(
        "**/static/ui/base.css", lambda route: route.fulfill(body="", headers={"Cache-Control": "no-store"})
    )
    page.goto(f"{address}/ai")
    page.evaluate("async () => { await (await navigator.serviceWorker.ready).update().catch(() => {}); }")
    page.wait_for_timeout(1500)
    active = page.evaluate("async () => (await navigator.serviceWorker.ready).waiting === null")
    assert active
    assert shells[0] in page.evaluate(SHELLS)


def test_every_part_of_a_script_of_the_shell_is_in_the_shell():
    static = Path(views.__file__).parents[1] / "static"
    for name in (name for name in views.SHELL if name.startswith("ui/js/")):
        for part in re.findall(r'(?:from|^import) "\./([^"]+)"', (static / name).read_text(), re.MULTILINE):
            assert f"ui/js/{part}" in views.SHELL, f"{name} imports {part}"
