"""Look at one loaded page in more than one way: widths, heights and themes without loading it again."""

from __future__ import annotations

from typing import Any

from tests.browser.axe import findings, findings_of_colours

# What answers a change of size or theme has run, and what moves has arrived.
SETTLED = """async () => {
  for (const frame of [1, 2]) await new Promise(requestAnimationFrame);
  for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish();
}"""
RESIZED = f"""async ([width, height]) => {{
  while (innerWidth !== width || innerHeight !== height) await new Promise(requestAnimationFrame);
  await ({SETTLED})();
}}"""

THEMES = ("light", "dark")


def resize(page: Any, width: int, height: int) -> None:
    """Give the page this room and let it answer."""
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate(RESIZED, [width, height])


def ask_at(page: Any, width: int, height: int, asked: str, arg: Any = None) -> Any:
    """Give the page this room, let it answer, and ask it this function."""
    page.set_viewport_size({"width": width, "height": height})
    both = f"async ([room, arg]) => {{ await ({RESIZED})(room); return ({asked})(arg); }}"
    return page.evaluate(both, [[width, height], arg])


def in_theme(page: Any, theme: str) -> None:
    """Show the page in the light or the dark theme and let it answer."""
    page.emulate_media(color_scheme=theme)
    page.evaluate(SETTLED)


def findings_in_both_themes(page: Any) -> list[str]:
    """What axe finds in the light theme, and in the dark one of its colours: nothing else can differ."""
    in_theme(page, "light")
    faults = [f"light: {finding}" for finding in findings(page)]
    in_theme(page, "dark")
    return faults + [f"dark: {finding}" for finding in findings_of_colours(page)]


def in_letters(page: Any, size: str) -> None:
    """Show the page as for who has chosen this size of letters, and let it answer."""
    page.evaluate("(size) => { document.documentElement.dataset.size = size; }", size)
    page.evaluate(SETTLED)
