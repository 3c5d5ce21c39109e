"""Nothing that stays on the screen covers the field that Tab leads to, however large the letters are."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browser.citizen.test_citizen_pages import enter
from tests.browser.looks import SETTLED, resize
from tests.making.registrations import make_draft
from vssid.web.citizen.tests.cast import make_worker
from vssid.web.public.registration import file_cookie
from vssid.web.ui import cookies
from vssid.web.ui.context import SIZES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STEPS = ("ban-than", "lien-he", "anh", "anh?loai=mat-truoc", "noi-nop", "xem-lai", "ma-xac-nhan")
PAGES = ("/dang-nhap", "/dang-ky", *(f"/dang-ky/{step}" for step in STEPS))
PHONES = ((320, 568), (360, 740))
ZOOMED = ((640, 512), (427, 341), (320, 256))
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
  const one = document.activeElement, found = [];
  if (one === document.body || one.closest(".bar, .top, .skip")) return found;
  const name = one.name || one.textContent.trim().slice(0, 40);
  for (const part of new Set([one, one.closest(".choice") || one])) {
    const box = part.getBoundingClientRect(), height = Math.min(box.height, innerHeight - 2);
    const left = Math.max(box.left, 0), width = Math.min(box.right, innerWidth) - left;
    for (const [x, y] of [[.5, .5], [.1, .1], [.9, .1], [.1, .9], [.9, .9]]) {
      const hit = document.elementFromPoint(left + width * x, box.top + height * y);
      if (hit ? hit.closest(".bar, .top, .unsent") : part === one) found.push(`${name} at ${x} ${y}`);
    }
  }
  return found;
}"""
# All that Tab leads to, in its order: to give it the focus scrolls as Tab does, without a key for each.
STOPS = """() => [...document.querySelectorAll("a[href], button, summary, input, select, textarea, "
    + "[tabindex]")]
  .filter((one) => one.checkVisibility() && one.tabIndex >= 0 && !one.disabled && one.type !== "hidden")"""
ALL_COVERED = f"""() => {{
  const covered = {COVERED}, found = [];
  scrollTo(0, 0);
  for (const one of ({STOPS})()) {{
    one.focus();
    if (document.activeElement === one) found.push(...covered());
  }}
  return found;
}}"""
ALL_COVERED_IN_LETTERS = f"""async (sizes) => {{
  const covered = {ALL_COVERED}, space = {SPACED}, settled = {SETTLED}, found = {{}};
  for (const size of sizes) {{
    document.documentElement.dataset.size = size;
    await settled();
    found[size] = covered();
    space();
    await settled();
    found[`${{size}} spaced`] = covered();
    document.adoptedStyleSheets = [];
  }}
  document.documentElement.dataset.size = "";
  return found;
}}"""
PLACES = f"""() => {{
  scrollTo(0, 0);
  return ({STOPS})().map((one) => {{ one.focus(); return [one.outerHTML, Math.round(scrollY)]; }});
}}"""
PLACE = "() => [document.activeElement.outerHTML, Math.round(scrollY)]"


def covered(page: Any) -> list[str]:
    """What is covered of each thing that Tab leads to, from the first to the last."""
    hidden: list[str] = page.evaluate(ALL_COVERED)
    return hidden


def covered_by_tab(page: Any, most: int = 90) -> list[str]:
    """The same with the key itself: until the focus leaves the page, or comes to the first thing again."""
    hidden: list[str] = []
    first = None
    for _press in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate(PLACE)[0]
        if here == first:
            return hidden
        first = first or here
        hidden += page.evaluate(COVERED)
    return hidden


@pytest.fixture
def holding_phone(sight: Any, live_server: Any) -> Any:
    """A phone with a draft that is ready for its code."""
    sight.host = urlsplit(live_server.url).hostname
    sight.url_base = live_server.url
    cookie = {"name": file_cookie.COOKIE, "value": make_draft(proved=False), "domain": sight.host}
    sight.context.add_cookies([{**cookie, "path": file_cookie.path()}])
    return sight


def look_at(page: Any, path: str) -> dict[str, list[str]]:
    """What is covered on phones at each size of letters, spaced too, and on a screen at 200 to 400 %."""
    page.goto(path)
    by_screen = {}
    for screen in PHONES:
        resize(page, *screen)
        for how, what in covered_in_letters(page, "", SIZES[0], SIZES[-1]).items():
            by_screen[f"{path} {screen} {how}"] = what
    for screen in ZOOMED:
        resize(page, *screen)
        by_screen[f"{path} {screen}"] = covered(page)
    return {where: what for where, what in by_screen.items() if what}


def covered_in_letters(page: Any, *sizes: str) -> dict[str, list[str]]:
    """What is covered at each of these sizes of letters, as they are and spaced."""
    hidden: dict[str, list[str]] = page.evaluate(ALL_COVERED_IN_LETTERS, list(sizes))
    return hidden


@pytest.mark.parametrize("paths", [PAGES[:3], PAGES[3:6], PAGES[6:]], ids=["first", "middle", "last"])
def test_no_field_of_a_registration_is_covered_on_any_screen(holding_phone, paths):
    for path in paths:
        assert look_at(holding_phone, path) == {}


def test_nothing_of_the_own_pages_is_covered(sight, live_server):
    sight.url_base = live_server.url
    enter(sight, make_worker())
    for path in OWN:
        sight.goto(path)
        by_letters = covered_in_letters(sight, "", SIZES[-1])
        assert not any(by_letters.values()), (path, by_letters)


def test_what_a_bar_covers_is_found(sight):
    sight.goto("/tro-giup")
    assert covered(sight) == []
    sight.evaluate("() => { document.documentElement.style.scrollPadding = 0; }")
    assert covered(sight)
    assert covered_in_letters(sight, "")[""]


def test_the_focus_scrolls_the_page_as_the_key_does(sight):
    sight.goto("/tro-giup")
    places = sight.evaluate(PLACES)
    sight.goto("/tro-giup")
    met = []
    for _stop in places:
        sight.keyboard.press("Tab")
        met.append(sight.evaluate(PLACE))
    assert met == places
    assert met[-1][1] > met[0][1]


def test_with_the_key_itself_no_field_is_covered(holding_phone):
    for path in ("/dang-ky/ban-than", "/dang-ky/xem-lai"):
        holding_phone.goto(path)
        assert covered_by_tab(holding_phone) == [], path


def test_without_a_script_nothing_is_covered_at_the_largest_size(chromium, live_server):
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    context.add_cookies([{"name": cookies.SIZE, "value": SIZES[-1], "url": live_server.url}])
    page = context.new_page()
    page.goto("/dang-ky/ban-than")
    assert covered_by_tab(page) == []
    context.close()


def test_on_a_phone_at_the_usual_size_the_tabs_stay(sight):
    sight.goto("/dang-nhap")
    assert sight.locator(".bar").evaluate("(bar) => getComputedStyle(bar).position") == "fixed"
    assert sight.evaluate("document.documentElement.hasAttribute('data-loose')") is False
