"""Look at one loaded page in more than one way: widths, heights and themes without loading it again."""

from __future__ import annotations

from typing import Any

from tests.browser.axe import findings

# What answers a change of size or theme has run, and what moves has arrived.
SETTLED = """async () => {
  for (const frame of [1, 2]) await new Promise(requestAnimationFrame);
  for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish();
}"""
THEMES = ("light", "dark")


def resize(page: Any, width: int, height: int) -> None:
    """Give the page this room and let it answer."""
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function(
        "([width, height]) => innerWidth === width && innerHeight === height", arg=[width, height]
    )
    page.evaluate(SETTLED)


def findings_in_both_themes(page: Any) -> list[str]:
    """What axe finds in the light and in the dark theme."""
    found = []
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        page.evaluate(SETTLED)
        found += [f"{theme}: {one}" for one in findings(page)]
    return found
