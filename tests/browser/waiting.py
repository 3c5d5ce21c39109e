"""Wait until a page answers yes."""

from __future__ import annotations

from typing import Any

import pytest


def until(page: Any, asked: str, arg: Any = None) -> None:
    """Ask the page again and again, half a minute long; `asked` is a function and may be async.

    Playwright's `wait_for_function` takes the promise of an async function for a yes and waits for nothing.
    """
    for _try in range(300):
        if page.evaluate(asked, arg):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"never came true: {asked} {arg or ''}")
