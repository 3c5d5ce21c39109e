"""Accessibility of a page as axe sees it."""

from __future__ import annotations

from typing import Any

# Only what is wrong comes back, of each rule the first element: axe's whole answer is as large as the page.
RUN = """async () => (await axe.run({ resultTypes: ["violations"] })).violations.map(
  ({ id, impact, nodes: [one] }) => `${id} (${impact}): ${one.html.slice(0, 160)} ${one.failureSummary}`)"""


def findings(page: Any) -> list[str]:
    """What axe finds on the page: rule, weight, and the first element; empty when it is clean."""
    from axe_playwright_python.base import AXE_SCRIPT

    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(RUN)
    return found
