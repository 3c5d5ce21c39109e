"""What is looked at of a request: what nobody looks at breaks nothing, whatever it is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Literal

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict
from django.test import client

Part = Literal["query", "form", "type", "body"]


class WatchedCookies(dict[str, str]):
    """Notes the names that are asked for; all of them, where it is gone through."""

    def __init__(self, cookies: dict[str, str], request: WatchedRequest) -> None:
        super().__init__(cookies)
        self._request = request

    def get(self, name: str, *default: Any) -> Any:
        self._note(name)
        return super().get(name, *default)

    def __getitem__(self, name: str) -> str:
        self._note(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self._note(str(name))
        return super().__contains__(name)

    def __iter__(self) -> Iterator[str]:
        self._note(*super().__iter__())
        return super().__iter__()

    def _note(self, *names: str) -> None:
        if self._request.resolver_match is not None:
            self._request.cookies_looked_at |= set(names)


class WatchedRequest(WSGIRequest):
    """Notes which parts are looked at, by whomever: `form` is the body taken apart, `body` the body itself,
    `type` what it is said to be.

    Of cookies it notes the names that a view or its page asks for, and not what is asked for at every address
    before its view is known.
    """

    def __init__(self, environ: dict[str, Any]) -> None:
        self.looked_at: set[Part] = set()
        self.cookies_looked_at: set[str] = set()
        super().__init__(environ)

    @cached_property
    def COOKIES(self) -> WatchedCookies:
        return WatchedCookies(super().COOKIES, self)

    @cached_property
    def GET(self) -> QueryDict:
        self.looked_at.add("query")
        return super().GET

    def _load_post_and_files(self) -> None:
        before = self.looked_at | {"form"}
        try:
            super()._load_post_and_files()  # type: ignore[misc]
        finally:
            self.looked_at = before

    @property
    def content_type(self) -> str | None:
        self.looked_at.add("type")
        return self._content_type

    @content_type.setter
    def content_type(self, value: str | None) -> None:
        self._content_type = value

    @property
    def body(self) -> bytes:
        self.looked_at.add("body")
        return super().body

    def read(self, *size: Any) -> bytes:
        self.looked_at.add("body")
        return super().read(*size)


def watch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have Django's client send requests that note what is looked at: `answer.wsgi_request.looked_at`."""
    monkeypatch.setattr(client, "WSGIRequest", WatchedRequest)
