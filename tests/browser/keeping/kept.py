"""One context for all tests that only look at pages.

A fresh one begins with an empty process: its first page takes 0.3 s of processor more than those that follow.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandlerMixin
from django.core.handlers.base import BaseHandler

PHONE = {"width": 360, "height": 740}
STORES = "local_storage,indexeddb,cache_storage,websql,file_systems"
ACTS_OF_CLOCKS = (
    *("install", "fast_forward", "pause_at", "resume", "run_for"),
    *("set_fixed_time", "set_system_time"),
)
_serve = StaticFilesHandlerMixin.serve
_answer = BaseHandler.get_response


def new_context(browser: Any, url: str, *, service_workers: str) -> Any:
    return browser.new_context(
        base_url=url,
        viewport=PHONE,
        locale="vi-VN",
        service_workers=service_workers,
        reduced_motion="reduce",  # drawing the turning of pages takes a third of a visit
    )


class Kept:
    """The context, and a page in it that is never left, so that its process stays."""

    def __init__(self, browser: Any, url: str) -> None:
        self._url = url
        self._may_hold_pages = False  # in the browser's cache
        self.context = new_context(browser, url, service_workers="block")
        self._stays = self.context.new_page()
        self._stays.goto(f"{settings.STATIC_URL}ui/tokens.css")
        self._tools = self.context.new_cdp_session(self._stays)

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        """Let styles and scripts be kept, notice pages that may be; refuse what cannot be taken back."""
        patch.setattr(StaticFilesHandlerMixin, "serve", _serve_to_keep)
        patch.setattr(BaseHandler, "get_response", self._answer_noticed())
        patch.setattr(self.context, "add_init_script", _refuse)
        for act in ACTS_OF_CLOCKS:
            patch.setattr(type(self.context.clock), act, _refuse)

    def forget(self) -> None:
        """Leave nothing of a test to the next."""
        for page in self.context.pages:
            if page != self._stays:
                page.close()
        self.context.unroute_all()
        self.context.set_offline(False)
        self.context.clear_permissions()
        self.context.clear_cookies()
        self._tools.send("Storage.clearDataForOrigin", {"origin": self._url, "storageTypes": STORES})
        if self._may_hold_pages:
            self._tools.send("Network.clearBrowserCache")
            self._may_hold_pages = False

    def _answer_noticed(self) -> Any:
        def answer(handler: Any, request: Any) -> Any:
            response = _answer(handler, request)
            self._may_hold_pages |= "max-age" in response.get("Cache-Control", "")
            return response

        return answer


def _serve_to_keep(handler: Any, request: Any) -> Any:
    """Styles and scripts are asked for once, as in service.

    Of files just checked out, Chromium would ask again for each page whether they changed.
    """
    response = _serve(handler, request)
    response["Cache-Control"] = "max-age=600"
    return response


def _refuse(*_args: object, **_kwargs: object) -> None:
    raise AssertionError("it would stay for the tests that follow: take `phone`, or the page's own")
