"""What a page may cost: requests of a later visit, a slow line, jumps while loading; weight.py: bytes."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandlerMixin
from django.templatetags.static import static
from playwright.sync_api import expect

from tests.browser import weight
from tests.browser.citizen.test_citizen_pages import SIGNED_IN, SIGNED_OUT, enter
from tests.browser.citizen.test_offline import until_stored
from tests.browser.looks import SETTLED
from vssid.web.citizen.tests.cast import LAN, PASSWORD, make_worker, signed_in
from vssid.web.ui.pwa import views

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHIFT = 0.02
SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
# As Chromium's "3G": 400 ms, 400 kbit/s down and up.
THREE_G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SHIFTS = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
JUMP = """() => {
  const banner = document.createElement("div");
  banner.style.height = "200px";
  document.querySelector("main").prepend(banner);
}"""
# The text of the page is on the screen.
PAINTED = """() => new Promise((done) => new PerformanceObserver((list) => {
  if (list.getEntriesByName("first-contentful-paint").length) done();
}).observe({ type: "paint", buffered: true }))"""
BLOCKING = """() => performance.getEntriesByType("resource")
  .filter((one) => one.renderBlockingStatus === "blocking" && one.transferSize > 0 && !one.workerStart)
  .map((one) => one.name)"""


@pytest.fixture
def device(phone: Any, live_server: Any) -> Any:
    phone.url_base = live_server.url
    return phone


def test_a_later_visit_asks_the_server_for_the_page_only(device, monkeypatch):
    asked: Counter[str] = Counter()
    serve = StaticFilesHandlerMixin.serve

    def counted(self: Any, request: Any) -> Any:
        asked[request.path] += 1
        return serve(self, request)

    enter(device, make_worker())
    device.goto("/")
    until_stored(device, {"/", "/the", "/qua-trinh/bhyt"})
    monkeypatch.setattr(StaticFilesHandlerMixin, "serve", counted)
    kept = {static(name) for name in views.SHELL}
    for path in ("/", "/the", "/the/ma", "/qua-trinh", "/thiet-bi"):
        device.goto(path, wait_until="load")
        assert device.evaluate(BLOCKING) == [], path
    assert not kept & asked.keys()


def test_every_page_of_the_service_worker_store_has_all_its_styles_there(db):
    make_worker()
    client = signed_in()
    for path in ("/", "/the", "/the/ma", "/the/hinh-anh", "/qua-trinh", "/qua-trinh/bhxh/1"):
        html = client.get(path).content.decode()
        sheets = SHEET.findall(html)
        assert len(sheets) == html.count("stylesheet"), path
        assert set(sheets) <= {static(name) for name in views.SHELL}, path


def test_on_a_slow_line_one_signs_in_and_opens_the_card(device):
    make_worker()
    session = device.context.new_cdp_session(device)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", THREE_G)
    device.goto("/dang-nhap", wait_until="commit")
    device.get_by_label("Mã số BHXH/Số ĐDCN/CCCD").fill(LAN)
    device.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    device.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(device.get_by_role("heading", level=1)).to_have_text("Nguyễn Thị Lan", timeout=20_000)
    expect(device.locator(".wcard .name")).to_have_text("NGUYỄN THỊ LAN")
    device.get_by_role("link", name="Mở mã QR").click()
    expect(device.locator(".qr svg")).to_be_visible(timeout=20_000)


def test_nothing_jumps_while_a_page_loads_whose_scripts_come_late(sight, live_server):
    """What a script moves that comes in time it has moved before the first paint, or moves here as well."""
    sight.url_base = live_server.url
    sight.add_init_script(SHIFTS)
    late, asked = Held(sight), Asked(sight)
    for path in SIGNED_OUT:
        steady(sight, path, asked, late)
    enter(sight, make_worker())
    for path in SIGNED_IN:
        steady(sight, path, asked, late)


class Held:
    """Scripts as on a weak line: they come when the text has been there already."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._held: list[Any] | None = None
        page.route("**/*.js", self._hold)

    def _hold(self, route: Any) -> None:
        if self._held is None:
            route.continue_()
        else:
            self._held.append(route)

    def goto(self, path: str) -> None:
        self._held = []
        self._page.goto(path, wait_until="commit")
        self._page.evaluate(PAINTED)
        routes, self._held = self._held, None
        assert routes, f"{path} asked for no script before it was shown"
        for route in routes:
            route.continue_()
        self._page.wait_for_load_state("load")


class Asked:
    """Counts what a page asks for and has not got."""

    def __init__(self, page: Any) -> None:
        self._page, self._open = page, 0
        page.on("request", lambda _: self._count(1))
        page.on("requestfinished", lambda _: self._count(-1))
        page.on("requestfailed", lambda _: self._count(-1))

    def _count(self, step: int) -> None:
        self._open += step

    def until_none(self) -> None:
        """Wait until all has come, and what it changed was drawn and asked for nothing more."""
        self._page.evaluate(SETTLED)
        while self._open:
            self._page.wait_for_timeout(20)
            self._page.evaluate(SETTLED)


def steady(page: Any, path: str, asked: Asked, late: Held) -> None:
    """The page's layout shift, all of it, stays below what anyone sees."""
    late.goto(path)
    asked.until_none()
    assert page.evaluate("window.shift") < SHIFT, path


def test_the_meter_of_jumps_sees_one(sight):
    sight.add_init_script(SHIFTS)
    sight.goto("/tro-giup")
    # Again and again, as what moves before the first frame was drawn is no jump; a busy machine draws late.
    for _try in range(200):
        sight.evaluate(JUMP)
        sight.evaluate(SETTLED)
        if sight.evaluate("window.shift") > SHIFT:
            return
    pytest.fail("the jump was not seen")


def test_the_scale_sees_what_is_too_heavy_and_what_is_missing(sight, monkeypatch):
    answer = sight.goto("/tro-giup")
    assert weight.findings(sight, answer) == []
    monkeypatch.setattr(weight, "FIRST_VISIT", weight.shell() + 20_000)
    assert "at most" in weight.findings(sight, answer)[0]
    sight.evaluate("() => performance.clearResourceTimings()")
    monkeypatch.setattr(weight, "LEAST", len(answer.body()))
    assert "were seen" in weight.findings(sight, answer)[0]
