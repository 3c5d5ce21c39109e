"""Keyboard and screen reader: the skip link, landmarks, a focus that is seen and goes on."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from django.utils import timezone

from tests.browser.citizen.test_citizen_pages import SIGNED_IN, SIGNED_OUT, enter
from tests.making.registrations import make_officer_account
from vssid.domain.accounts.sign_in import sessions
from vssid.web.citizen.tests.cast import make_worker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PUBLIC = (*SIGNED_OUT, "/dang-ky", "/dich-vu-cong", "/tra-cuu", "/tro-giup", "/cai-dat-ung-dung")

# What has the focus: a name to tell it by, whether it is seen, and whether the bottom bar lies over it.
FOCUSED = """() => {
  const it = document.activeElement;
  if (!it || it === document.body) return null;
  const box = it.getBoundingClientRect(), style = getComputedStyle(it);
  const shown = it.closest(".choice") || it;
  const x = Math.min(Math.max(box.x + box.width / 2, 1), innerWidth - 1), y = box.y + box.height / 2;
  const on_top = document.elementFromPoint(x, y);
  window.met = window.met || new Map();
  if (!window.met.has(it)) window.met.set(it, window.met.size);
  return {
    nr: window.met.size - 1 === window.met.get(it) ? window.met.get(it) : -1,
    html: it.outerHTML.slice(0, 120),
    seen: box.width > 0 && box.height > 0 && style.visibility === "visible",
    ringed: getComputedStyle(shown).outlineStyle !== "none",
    covered: !(it.contains(on_top) || on_top?.contains(it)),
  };
}"""
LANDMARKS = """() => ({
  main: document.querySelectorAll("main").length,
  banner: document.querySelectorAll("body > header").length,
  unnamed: [...document.querySelectorAll("nav")].filter((nav) => !nav.ariaLabel).length,
  headings: [...document.querySelectorAll("h1, h2, h3, h4")].map((one) => Number(one.tagName[1])),
})"""


@pytest.fixture
def device(sight: Any, live_server: Any) -> Any:
    sight.url_base = live_server.url
    return sight


def walk(page: Any, path: str) -> None:
    """Tab once through the whole page, looking at each stop."""
    page.goto(path)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.className")
    assert first == "skip", f"{path} starts at {first}"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "noi-dung", path
    page.evaluate("scrollTo(0, 0)")
    page.goto(path)
    page.evaluate("document.activeElement.blur()")
    stops = 0
    for _stop in range(150):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at is None or at["nr"] == -1:
            break
        assert at["seen"], f"{path}: the focus is out of sight at {at['html']}"
        assert at["ringed"], f"{path}: no ring at {at['html']}"
        assert not at["covered"], f"{path}: something lies over {at['html']}"
        stops += 1
    expected = page.evaluate(
        "() => [...document.querySelectorAll('a[href], button, summary, input:not([type=hidden])')]"
        ".filter((it) => it.checkVisibility() && it.tabIndex >= 0 && !it.disabled)"
        ".filter((it) => it.type !== 'radio').length"
    )
    assert stops >= expected, f"{path}: {stops} of {expected} reached"


def structured(page: Any, path: str) -> None:
    """One main, one banner, named navigation, headings without a gap."""
    page.goto(path)
    found = page.evaluate(LANDMARKS)
    assert (found["main"], found["banner"], found["unnamed"]) == (1, 1, 0), path
    levels = found["headings"]
    assert levels.count(1) == 1, path
    assert all(after - before <= 1 for before, after in pairwise(levels)), (path, levels)


def test_public_pages_are_walked_with_the_keyboard(device):
    for path in PUBLIC:
        walk(device, path)
        structured(device, path)


def test_own_pages_are_walked_with_the_keyboard(device):
    enter(device, make_worker())
    for path in SIGNED_IN:
        walk(device, path)
        structured(device, path)


def test_the_menu_opens_and_closes_with_the_keyboard_and_gives_the_focus_back(device):
    token = sessions.start(make_officer_account(), device="", now=timezone.now())
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
