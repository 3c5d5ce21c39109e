"""Accessibility of a page as axe sees it."""

from __future__ import annotations

from typing import Any


def findings(page: Any) -> list[str]:
    """What axe finds on the page: rule, weight, and the first element; empty when it is clean."""
    from axe_playwright_python.sync_playwright import Axe

    return [
        f"{found['id']} ({found['impact']}): {node['html'][:160]} {node['failureSummary']}"
        for found in Axe().run(page).response["violations"]
        for node in found["nodes"][:1]
    ]
