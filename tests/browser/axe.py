"""Accessibility of a page as axe sees it."""

from __future__ import annotations

from typing import Any

# What speaks of colours costs most and depends on the theme, but not on the words of a page.
OF_COLOURS = ("color-contrast", "link-in-text-block")
# Only what is wrong comes back, of each rule the first element: axe's whole answer is as large as the page.
RUN = """async (chosen) => (await axe.run({ resultTypes: ["violations"], ...chosen })).violations.map(
  ({ id, impact, nodes: [one] }) => `${id} (${impact}): ${one.html.slice(0, 160)} ${one.failureSummary}`)"""


def findings(page: Any) -> list[str]:
    """What axe finds on the page: rule, weight, and the first element; empty when it is clean."""
    return _run(page, {})


def findings_of_colours(page: Any) -> list[str]:
    """The same, of the rules of colours alone: all that another theme can change."""
    return _run(page, {"runOnly": list(OF_COLOURS)})


def findings_of_words(page: Any) -> list[str]:
    """The same, of all other rules: what another language can change."""
    return _run(page, {"rules": {rule: {"enabled": False} for rule in OF_COLOURS}})


def _run(page: Any, chosen: dict[str, Any]) -> list[str]:
    from axe_playwright_python.base import AXE_SCRIPT

    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    violations: list[str] = page.evaluate(RUN, chosen)
    return violations
