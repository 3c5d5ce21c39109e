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


class Scale:
    """Notes what the page asks for from one `clear` to the next."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._answers: dict[str, Any] = {}
        page.on("response", self._note)

    def _note(self, answer: Any) -> None:
        if answer.status == 200:
            self._answers[answer.url] = answer

    def clear(self) -> None:
        self._answers.clear()

    def findings(self) -> list[str]:
        """The page is too heavy for a first visit, or was not weighed whole."""
        own = sum(self._weigh(answer) for answer in list(self._answers.values()))
        if own <= LEAST:
            return [f"only {own} bytes of it were seen"]
        whole = own + shell()
        return [f"a first visit weighs {whole} bytes, {FIRST_VISIT} at most"] if whole >= FIRST_VISIT else []

    def _weigh(self, answer: Any) -> int:
        path = urlsplit(answer.url).path
        if path.startswith(settings.STATIC_URL):
            return _of_file(path.removeprefix(settings.STATIC_URL))
        if answer.request.is_navigation_request():
            return wire(answer.body())
        return wire(self._page.request.get(answer.url).body())
