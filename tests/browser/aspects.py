"""What is looked at on a loaded page; each aspect gives what is wrong, and nothing when all is well."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from tests.browser.looks import ask_at
from vssid.web.ui.context import SIZES

# How far the page is wider than its screen, at each text size and with letters twice as large as usual. A
# chosen size comes from the server as this attribute; the width is known before a frame is drawn.
TOO_WIDE = """(sizes) => {
  const root = document.documentElement, before = root.dataset.size || "", found = [];
  const over = () => root.scrollWidth - root.clientWidth;
  for (const size of sizes) {
    if (size === "200%") root.style.fontSize = size; else root.dataset.size = size;
    if (over() > 0) found.push(`${over()} px too wide for ${innerWidth} px, letters ${size || "as usual"}`);
    root.style.fontSize = "";
  }
  root.dataset.size = before;
  return found;
}"""
USUAL = ("",)
CHOSEN = (*USUAL, *SIZES)
TWICE = ("200%",)
# Values that stand below their label but not below its beginning, or beside it but not at the end.
ASTRAY = """(size) => {
  const root = document.documentElement, before = root.dataset.size || "";
  root.dataset.size = size;
  const found = [...document.querySelectorAll(".rows > div")].filter((row) => {
    const [label, value] = [...row.children].map((one) => one.getBoundingClientRect());
    const end = row.getBoundingClientRect().right, is_below = value.top >= label.bottom - 2;
    return Math.abs(is_below ? value.left - label.left : value.right - end) > 1;
  }).map((row) => `a value is astray at ${innerWidth} px: ${row.textContent.trim().slice(0, 80)}`);
  root.dataset.size = before;
  return found;
}"""
LANDMARKS = """() => ({
  main: document.querySelectorAll("main").length,
  banner: document.querySelectorAll("body > header").length,
  unnamed: [...document.querySelectorAll("nav")].filter((nav) => !nav.ariaLabel).length,
  headings: [...document.querySelectorAll("h1, h2, h3, h4")].map((one) => Number(one.tagName[1])),
})"""
# The bar on top: what one can press in it beside the way back and whose service it is, and what does not
# stand on its one line.
BAR = """() => {
  const bar = document.querySelector("header.top");
  if (!bar) return ["it has no bar on top"];
  const tools = [...bar.querySelectorAll("a, button, summary")]
    .filter((one) => one.checkVisibility() && !one.matches(".brand, .tool:first-child"));
  const parts = [...bar.children].filter((one) => one.offsetHeight);
  const middle = (one) => one.getBoundingClientRect().top + one.offsetHeight / 2;
  const below = parts.filter((one) => Math.abs(middle(one) - middle(parts[0])) > 4);
  return [...tools.slice(1).map(() => "more than one tool in the bar"),
          ...below.map((one) => `not on the line of the bar: ${one.textContent.trim()}`)];
}"""
COLUMNS = """() => new Set([...document.querySelectorAll("main .panel, main .note, main .wcard, main form")]
  .filter((one) => one.offsetHeight && !one.parentElement.closest(".panel"))
  .map((one) => Math.round(one.getBoundingClientRect().left))).size"""
# How much of the screen is covered by what does not scroll away.
COVERED = """() => {
  scrollTo(0, 400);
  const stays = [...document.querySelectorAll("body > *")].filter((one) => {
    const box = one.getBoundingClientRect(), stays = ["fixed", "sticky"];
    return stays.includes(getComputedStyle(one).position) && box.bottom > 0 && box.top < innerHeight;
  });
  return stays.reduce((sum, one) => sum + one.offsetHeight, 0) / innerHeight;
}"""
# Scrolled to its end, the last part of the page stands above the bottom bar.
BAR_HIDES = """() => {
  const bar = document.querySelector(".bar");
  if (!bar || getComputedStyle(bar).position !== "fixed") return false;
  scrollTo(0, document.body.scrollHeight);
  const parts = [...document.querySelectorAll("main > *")].filter((part) => part.offsetHeight);
  return parts.at(-1).getBoundingClientRect().bottom > bar.getBoundingClientRect().top;
}"""

WIDTH_AND_VALUES = f"([sizes, size]) => [...({TOO_WIDE})(sizes), ...({ASTRAY})(size)]"
WIDTH_AND_COVERED = f"(sizes) => [({TOO_WIDE})(sizes), ({COVERED})()]"
WIDTH_VALUES_AND_COLUMNS = f"(both) => [({WIDTH_AND_VALUES})(both), ({COLUMNS})()]"


def too_wide(page: Any, letters: tuple[str, ...]) -> list[str]:
    """Where the page runs out of its screen sideways: at which sizes of letters, and how far."""
    places: list[str] = page.evaluate(TOO_WIDE, list(letters))
    return places


def astray(page: Any, size: str = "") -> list[str]:
    """Values that stand neither at the end of the line of their label nor below it."""
    values: list[str] = page.evaluate(ASTRAY, size)
    return values


def bar_on_top(page: Any) -> list[str]:
    """More than one tool in the bar on top, more than one line; the title is not the heading in the page."""
    faults: list[str] = page.evaluate(BAR)
    titled = page.evaluate("document.querySelectorAll('main h1').length") == 1
    return faults if titled else [*faults, "not one h1 in main"]


def structure(page: Any) -> list[str]:
    """Not one main and one banner, navigation without a name, headings with a gap."""
    landmarks = page.evaluate(LANDMARKS)
    levels = landmarks["headings"]
    wrong = {
        "not one main": landmarks["main"] != 1,
        "not one banner": landmarks["banner"] != 1,
        "navigation without a name": landmarks["unnamed"] > 0,
        "not one h1": levels.count(1) != 1,
        f"headings with a gap: {levels}": any(after - before > 1 for before, after in pairwise(levels)),
    }
    return [what for what, is_so in wrong.items() if is_so]


def on_narrow_screens(page: Any) -> list[str]:
    """Too wide at any size of letters, on the narrowest phone at any one can choose; values astray."""
    faults: list[str] = page.evaluate(WIDTH_AND_VALUES, [[*CHOSEN, *TWICE], SIZES[-1]])
    return faults + ask_at(page, 320, 640, WIDTH_AND_VALUES, [CHOSEN, ""])


def at_400_percent_and_on_its_side(page: Any) -> list[str]:
    """What is too wide, or stays before the page, where there is little height."""
    faults = []
    for width, height in ((320, 256), (640, 360)):
        too_wide, share = ask_at(page, width, height, WIDTH_AND_COVERED, USUAL)
        faults += too_wide
        if share > 0:
            faults.append(f"something stays before the page at {width}×{height}")
    return faults


def on_desks(page: Any) -> list[str]:
    """What is too wide on the screens officers have: half a screen, a tablet, small and large computers."""
    faults: list[str] = []
    for width in (640, 768, 1024, 1280, 1920):
        faults += ask_at(page, width, 900, TOO_WIDE, USUAL)
    return faults


def on_wide_screens(page: Any, *, least_columns: int = 0) -> list[str]:
    """On a tablet and a computer: too wide, values astray, fewer columns than these."""
    faults = []
    for width in (768, 1280):
        wrong, columns = ask_at(page, width, 900, WIDTH_VALUES_AND_COLUMNS, [USUAL, ""])
        faults += wrong
        if columns < least_columns:
            faults.append(f"fewer than {least_columns} columns at {width} px")
    return faults


def bottom_bar(page: Any) -> list[str]:
    """The end of the page lies below the bar at the bottom, however far one scrolls."""
    return ["the bottom bar covers the end of the page"] if page.evaluate(BAR_HIDES) else []
