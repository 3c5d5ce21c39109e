"""Do two answers differ in anything but what was asked: by their pages, by their statements."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from django.db import connection
from django.test.utils import CaptureQueriesContext


def bare(page: str, typed: Iterable[str]) -> str:
    """The page without its tokens and without what was typed."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)
    page = re.sub(r'nonce="[^"]+"', "", page)
    for value in typed:
        page = page.replace(f'value="{value}"', "")
    return page


def statements(call: Callable[[], object]) -> list[str]:
    """The beginning of each statement that a call runs."""
    with CaptureQueriesContext(connection) as captured:
        call()
    return [" ".join(query["sql"].split()[:4]) for query in captured if "SAVEPOINT" not in query["sql"]]
