"""Keyboard and screen reader: the skip link, landmarks, a focus that is seen and goes on."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from tests.browser.citizen.test_citizen_pages import SIGNED_IN, SIGNED_OUT, enter
from tests.making.registrations import make_officer_account
from vssid.domain.accounts.sign_in import sessions
from vssid.web.citizen.tests.cast import make_worker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PUBLIC = (*SIGNED_OUT, "/dang-ky", "/dich-vu-cong", "/tra-cuu", "/tro-giup", "/cai-dat-ung-dung")

# Each press of Tab notes what has the focus before it goes on: a name to tell it by, whether it is seen, and
# whether the bottom bar lies over it. The walk is over where the focus leaves the page or begins anew.
NOTING = """() => {
  const met = new Set(), stops = [];
  window.walk = { stops, over: false };
  addEventListener("keydown", ({ key }) => {
    const it = document.activeElement;
    if (key !== "Tab" || !it || (it === document.body && !stops.length)) return;
    if (it === document.body || met.has(it)) window.walk.over = true;
    if (window.walk.over) return;
    met.add(it);
    const box = it.getBoundingClientRect(), style = getComputedStyle(it);
    const shown = it.closest(".choice") || it;
    const x = Math.min(Math.max(box.x + box.width / 2, 1), innerWidth - 1), y = box.y + box.height / 2;
    const on_top = document.elementFromPoint(x, y);
    stops.push({
      html: it.outerHTML.slice(0, 120),
      skip: it.matches(".skip"),
      seen: box.width > 0 && box.height > 0 && style.visibility === "visible",
      ringed: getComputedStyle(shown).outlineStyle !== "none",
      covered: !(it.contains(on_top) || on_top?.contains(it)),
    });
  }, { capture: true });
}"""
EXPECTED = """() => [...document.querySelectorAll("a[href], button, summary, input:not([type=hidden])")]
  .filter((it) => it.checkVisibility() && it.tabIndex >= 0 && !it.disabled && it.type !== "radio").length"""


@pytest.fixture
def device(sight: Any, live_server: Any) -> Any:
    sight.url_base = live_server.url
    return sight


def walk(page: Any, path: str) -> None:
    """Tab once through the whole page, looking at each stop; then the skip link leads to its content."""
    page.goto(path)
    page.evaluate("document.activeElement.blur()")
    page.evaluate(NOTING)
    for _round in range(10):
        for _press in range(15):
            page.keyboard.press("Tab")
        if page.evaluate("walk.over"):
            break
    stops, expected = page.evaluate("walk.stops"), page.evaluate(EXPECTED)
    assert stops[0]["skip"], f"{path} starts at {stops[0]['html']}"
    for at in stops:
        assert at["seen"], f"{path}: the focus is out of sight at {at['html']}"
        assert at["ringed"], f"{path}: no ring at {at['html']}"
        assert not at["covered"], f"{path}: something lies over {at['html']}"
    assert len(stops) >= expected, f"{path}: {len(stops)} of {expected} reached"
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "noi-dung", path


def test_public_pages_are_walked_with_the_keyboard(device):
    for path in PUBLIC:
        walk(device, path)


def test_own_pages_are_walked_with_the_keyboard(device):
    enter(device, make_worker())
    for path in SIGNED_IN:
        walk(device, path)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("main a { visibility: hidden !important }", "of"),
        ("*:focus-visible { outline: none !important }", "no ring"),
        (".foot::after { content: ''; position: fixed; inset: 0 }", "something lies over"),
    ],
)
def test_a_walk_tells_what_is_wrong(device, fault, told):
    device.add_init_script(f"""addEventListener("DOMContentLoaded", () => {{
      const sheet = new CSSStyleSheet();
      sheet.replaceSync({fault!r});
      document.adoptedStyleSheets = [sheet];
    }})""")
    with pytest.raises(AssertionError, match=told):
        walk(device, "/tro-giup")


def test_the_menu_opens_and_closes_with_the_keyboard_and_gives_the_focus_back(device):
    token = sessions.start(make_officer_account(), device="", proved_at=timezone.now(), now=timezone.now())
    device.context.add_cookies([{"name": "vssid-session", "value": token, "url": device.url_base}])
    device.goto("/can-bo")
    device.locator("details.menu summary").focus()
    device.keyboard.press("Enter")
    assert device.locator("details.menu").evaluate("(menu) => menu.open")
    device.keyboard.press("Tab")
    assert device.evaluate("document.activeElement.closest('.sheet') !== null")
    device.keyboard.press("Escape")
    assert not device.locator("details.menu").evaluate("(menu) => menu.open")
    assert device.evaluate("document.activeElement.tagName") == "SUMMARY"
