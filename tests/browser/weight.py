"""What a first visit of a page costs over the wire: all the page asks for, and what is stored ahead."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders

from vssid.web.ui.pwa import views

FIRST_VISIT = 100_000  # bytes, the service worker's shell included
LEAST = 10_000  # bytes; less, and not everything was seen
ASKED_FOR = """() => [...new Set(performance.getEntriesByType("resource")
  .filter(({ responseStatus }) => responseStatus === 200).map(({ name }) => name))]"""


def wire(body: bytes) -> int:
    """Its size as the server sends it."""
    return len(gzip.compress(body, 9)) if body[:2] not in (b"\x89P", b"\xff\xd8") else len(body)


@cache
def _of_file(name: str) -> int:
    return wire(Path(str(finders.find(name))).read_bytes())


@cache
def shell() -> int:
    """What the service worker fetches ahead, without what the page has loaded anyway."""
    return sum(_of_file(name) for name in views.SHELL)


def findings(page: Any, answer: Any) -> list[str]:
    """The open page, with this answer, is too heavy for a first visit, or was not weighed whole."""
    own = wire(answer.body()) + sum(_weigh(page, url) for url in page.evaluate(ASKED_FOR))
    if own <= LEAST:
        return [f"only {own} bytes of it were seen"]
    whole = own + shell()
    return [f"a first visit weighs {whole} bytes, {FIRST_VISIT} at most"] if whole >= FIRST_VISIT else []


def _weigh(page: Any, url: str) -> int:
    path = urlsplit(url).path
    if path.startswith(settings.STATIC_URL):
        return _of_file(path.removeprefix(settings.STATIC_URL))
    return wire(page.request.get(url).body())
