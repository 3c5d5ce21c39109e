"""What a page may cost: bytes of a first visit, requests of a later one, a slow line, jumps while loading."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.handlers import StaticFilesHandlerMixin
from django.templatetags.static import static
from playwright.sync_api import expect

from tests.browser.citizen.test_citizen_pages import SIGNED_IN, SIGNED_OUT, enter
from tests.browser.citizen.test_offline import until_stored
from vssid.web.citizen.tests.cast import LAN, PASSWORD, make_worker
from vssid.web.ui.pwa import views

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST_VISIT = 100_000  # bytes over the wire, the service worker's shell included
SHIFT = 0.02
PUBLIC = (*SIGNED_OUT, "/dang-ky", "/dang-ky/ban-than", "/dang-ky/tra-cuu", "/dich-vu-cong", "/tra-cuu",
          "/tra-cuu/co-quan-bhxh", "/tra-cuu/co-so-kham-chua-benh", "/tra-cuu/diem-thu", "/tra-cuu/don-vi",
          "/tro-giup", "/cai-dat-ung-dung")  # fmt: skip
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
BLOCKING = """() => performance.getEntriesByType("resource")
  .filter((one) => one.renderBlockingStatus === "blocking" && one.transferSize > 0 && !one.workerStart)
  .map((one) => one.name)"""


@pytest.fixture
def device(phone: Any, live_server: Any) -> Any:
    phone.url_base = live_server.url
    return phone


def wire(body: bytes) -> int:
    """Its size as the server sends it."""
    return len(gzip.compress(body, 9)) if body[:2] not in (b"\x89P", b"\xff\xd8") else len(body)


def shell() -> int:
    """What the service worker fetches ahead, without what the page has loaded anyway."""
    paths = [Path(str(finders.find(name))) for name in views.SHELL]
    return sum(wire(path.read_bytes()) for path in paths)


def weigh(page: Any, path: str) -> int:
    """Everything the page asks for, compressed."""
    asked: set[str] = set()

    def note(answer: Any) -> None:
        if answer.status == 200:
            asked.add(answer.url)

    page.on("response", note)
    page.goto(path, wait_until="load")
    page.remove_listener("response", note)
    return sum(wire(page.request.get(address).body()) for address in asked)


def test_a_first_visit_of_any_public_page_is_light(device):
    for path in PUBLIC:
        own = weigh(device, path)
        assert own > 10_000, f"{path}: not everything was seen"
        assert own + shell() < FIRST_VISIT, path


def test_a_first_visit_of_any_own_page_is_light(device):
    enter(device, make_worker())
    for path in SIGNED_IN:
        own = weigh(device, path)
        assert own > 10_000, f"{path}: not everything was seen"
        assert own + shell() < FIRST_VISIT, path


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


def test_every_page_of_the_service_worker_store_has_all_its_styles_there(device):
    enter(device, make_worker())
    device.goto("/")
    for path in ("/", "/the", "/the/ma", "/the/hinh-anh", "/qua-trinh", "/qua-trinh/bhxh/1"):
        device.goto(path)
        sheets = device.evaluate(
            "() => [...document.querySelectorAll('[rel=stylesheet]')].map((it) => it.getAttribute('href'))"
        )
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


@pytest.mark.parametrize("scripts", ["late", "usual"])
def test_nothing_jumps_while_a_page_loads(device, scripts):
    if scripts == "late":  # as on a weak line: text is there long before the scripts
        device.route("**/*.js", lambda route: (device.wait_for_timeout(150), route.continue_()))
    device.add_init_script(SHIFTS)
    for path in SIGNED_OUT:
        steady(device, path)
    enter(device, make_worker())
    for path in SIGNED_IN:
        steady(device, path)


def steady(page: Any, path: str) -> None:
    """The page's layout shift, all of it, stays below what anyone sees."""
    page.goto(path, wait_until="networkidle")
    assert page.evaluate("window.shift") < SHIFT, path


def test_the_meter_of_jumps_sees_one(device):
    device.add_init_script(SHIFTS)
    device.goto("/tro-giup", wait_until="networkidle")
    # Again and again, as what moves before the first frame was drawn is no jump; a busy machine draws late.
    for _try in range(50):
        device.evaluate(JUMP)
        device.wait_for_timeout(200)
        if device.evaluate("window.shift") > SHIFT:
            return
    pytest.fail("the jump was not seen")
