"""Nothing that stays on the screen covers the field that Tab leads to, however large the letters are."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browser.citizen.test_citizen_pages import enter
from tests.browser.looks import SETTLED
from tests.making.registrations import make_draft
from vssid.web.citizen.tests.cast import make_worker
from vssid.web.public.registration import file_cookie
from vssid.web.ui import cookies
from vssid.web.ui.context import SIZES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STEPS = ("ban-than", "lien-he", "anh", "anh?loai=mat-truoc", "noi-nop", "xem-lai", "ma-xac-nhan")
PAGES = ("/dang-nhap", "/dang-ky", *(f"/dang-ky/{step}" for step in STEPS))
OWN = ("/ca-nhan", "/the", "/qua-trinh")
# WCAG 1.4.12: what a reader may set and nothing may be lost by.
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; "
    + "word-spacing: .16em !important } p { margin-bottom: 2em !important }");
  document.adoptedStyleSheets = [sheet];
}"""
# Five points of what has the focus are in view, and nothing that stays lies over it or the box of its label;
# what a row of tabs scrolls away sideways is not looked at.
COVERED = """() => {
  const one = document.activeElement, found = [], here = one.outerHTML.slice(0, 200);
  if (one === document.body || one.closest(".bar, .top, .skip")) return [here, found];
  const name = one.name || one.textContent.trim().slice(0, 40);
  for (const part of new Set([one, one.closest(".choice") || one])) {
    const box = part.getBoundingClientRect(), height = Math.min(box.height, innerHeight - 2);
    const left = Math.max(box.left, 0), width = Math.min(box.right, innerWidth) - left;
    for (const [x, y] of [[.5, .5], [.1, .1], [.9, .1], [.1, .9], [.9, .9]]) {
      const hit = document.elementFromPoint(left + width * x, box.top + height * y);
      if (hit ? hit.closest(".bar, .top, .unsent") : part === one) found.push(`${name} at ${x} ${y}`);
    }
  }
  return [here, found];
}"""


def covered_by_tab(page: Any, most: int = 90) -> list[str]:
    """What is covered of each thing that Tab leads to, from the first to the last."""
    found: list[str] = []
    first = None
    for _press in range(most):
        page.keyboard.press("Tab")
        here, covered = page.evaluate(COVERED)
        if here == first:
            return found
        first = first or here
        found += covered
    return found


@pytest.fixture
def holding_phone(sight: Any, live_server: Any) -> Any:
    """A phone with a draft that is ready for its code."""
    sight.host = urlsplit(live_server.url).hostname
    sight.url_base = live_server.url
    cookie = {"name": file_cookie.COOKIE, "value": make_draft(proved=False), "domain": sight.host}
    sight.context.add_cookies([{**cookie, "path": file_cookie.path()}])
    return sight


def sized(page: Any, size: str, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.context.add_cookies([{"name": cookies.SIZE, "value": size, "url": page.url_base}])


@pytest.mark.parametrize("size", ["", SIZES[0], SIZES[-1]])
@pytest.mark.parametrize(("width", "height"), [(320, 568), (360, 740)])
def test_on_a_phone_at_every_size_no_field_of_a_registration_is_covered(holding_phone, width, height, size):
    sized(holding_phone, size, width, height)
    wrong = {}
    for path in PAGES:
        holding_phone.goto(path)
        found = covered_by_tab(holding_phone)
        holding_phone.evaluate(SPACED)
        holding_phone.evaluate(SETTLED)
        # The walk ended at the first thing; a step back, and it goes round once more with the letters spaced.
        holding_phone.keyboard.press("Shift+Tab")
        found += [f"spaced: {one}" for one in covered_by_tab(holding_phone)]
        if found:
            wrong[path] = found
    assert wrong == {}


@pytest.mark.parametrize(("width", "height"), [(640, 512), (427, 341), (320, 256)])
def test_at_200_to_400_percent_of_a_computer_screen_no_field_is_covered(holding_phone, width, height):
    sized(holding_phone, "", width, height)
    wrong = {path: covered_by_tab(holding_phone) for path in PAGES if holding_phone.goto(path)}
    assert {path: found for path, found in wrong.items() if found} == {}


@pytest.mark.parametrize("size", ["", SIZES[-1]])
def test_nothing_of_the_own_pages_is_covered(sight, live_server, size):
    sight.url_base = live_server.url
    enter(sight, make_worker())
    sized(sight, size, 360, 740)
    for path in OWN:
        sight.goto(path)
        sight.evaluate(SPACED)
        sight.evaluate(SETTLED)
        assert covered_by_tab(sight) == [], path


def test_without_a_script_nothing_is_covered_at_the_largest_size(chromium, live_server):
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    context.add_cookies([{"name": cookies.SIZE, "value": SIZES[-1], "url": live_server.url}])
    page = context.new_page()
    page.goto("/dang-ky/ban-than")
    assert covered_by_tab(page) == []
    context.close()


def test_on_a_phone_at_the_usual_size_the_tabs_stay(phone):
    phone.goto("/dang-nhap")
    assert phone.locator(".bar").evaluate("(bar) => getComputedStyle(bar).position") == "fixed"
    assert phone.evaluate("document.documentElement.hasAttribute('data-loose')") is False
