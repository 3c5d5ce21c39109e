"""Lists of files: addresses of their tabs and pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.urls import reverse

PER_PAGE = 50
SIDE_ROWS = 16  # what a screen shows of them; the list has all
# Of offices, where all rows are of the own one.
NO_NAMES: Mapping[str, str] = {}


def address(route: str, **parts: Any) -> str:
    """The address of a list with those parts of its query that say something."""
    query = urlencode({name: value for name, value in parts.items() if value})
    return f"{reverse(route)}?{query}" if query else reverse(route)


def numbered(number: int) -> int | str:
    """The number of a page as an address says it: the first needs no word."""
    return number if number > 1 else ""


def pager(page: Page[Any], at: Callable[[int], str]) -> dict[str, Any] | None:
    """What `ui/pager.html` needs, `at` giving the address of a page; None when there is only one."""
    if page.paginator.num_pages <= 1:
        return None
    return {
        "number": page.number,
        "pages": page.paginator.num_pages,
        "count": page.paginator.count,
        "previous": at(page.number - 1) if page.has_previous() else "",
        "next": at(page.number + 1) if page.has_next() else "",
    }
