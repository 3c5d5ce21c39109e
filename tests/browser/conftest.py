"""A real Chromium, as a phone, against the live server on real PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests import chromium as chromium_program

from .keeping.connections import Connections
from .keeping.kept import Kept, new_context
from .waiting import act_when_loaded


@pytest.fixture(scope="package")
def _driver() -> Iterator[Any]:
    """What drives browsers, one for all files that follow each other in a worker.

    It ends with them: while it runs, no other can start in this process and no test can run a loop.
    """
    if chromium_program.LIGHT is None:
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import Locator, sync_playwright

    # The driver runs an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as driver, pytest.MonkeyPatch.context() as patch:
        act_when_loaded(Locator, patch)
        yield driver
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="package")
def _browser(_driver: Any) -> Iterator[Any]:
    """The browser program of nearly all tests."""
    browser = chromium_program.launch(_driver)
    yield browser
    browser.close()


@pytest.fixture
def _browser_of_test(request: pytest.FixtureRequest, _driver: Any) -> Iterator[Any]:
    """That one, or for a test marked `whole_chromium` the whole of Chromium."""
    if request.node.get_closest_marker("whole_chromium") is None:
        yield request.getfixturevalue("_browser")
        return
    if chromium_program.WHOLE is None:
        pytest.skip("Chromium is not installed")
    browser = chromium_program.launch(_driver, chromium_program.WHOLE)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def _connections(live_server: Any) -> Connections:
    return Connections(live_server.thread.httpd)


@pytest.fixture
def chromium(_browser_of_test: Any, transactional_db: None, _connections: Connections) -> Iterator[Any]:
    """The browser of one test: what it left open is closed, and answered, before the database is emptied."""
    before = [*_browser_of_test.contexts]
    yield _browser_of_test
    for context in _browser_of_test.contexts:
        if context not in before:
            context.close()
    _connections.until_none()


@pytest.fixture
def phone(chromium: Any, live_server: Any) -> Iterator[Any]:
    """A page of a fresh phone; opens relative addresses, and fails the test on an error of its pages."""
    context = new_context(chromium, live_server.url, service_workers="allow")
    yield from _page_without_errors(context, context.close)


@pytest.fixture
def little_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser has to find 256 hashes instead of 33,000: how many it is told by the page."""
    from vssid.domain.verification import proofs

    monkeypatch.setattr(proofs, "BITS", 8)


@pytest.fixture(scope="package")
def kept(_browser: Any, live_server: Any) -> Kept:
    return Kept(_browser, live_server.url)


@pytest.fixture
def sight(kept: Kept, chromium: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A phone for looking at pages only: no service worker, which would load all others to store them."""
    with monkeypatch.context() as patch:
        kept.watch(patch)
        yield from _page_without_errors(kept.context, kept.forget)


def _page_without_errors(context: Any, end: Callable[[], None]) -> Iterator[Any]:
    """A new page of it; what goes wrong in any page of the context, until its end, fails the test."""
    wrong: list[str] = []

    def note_error(error: Any) -> None:
        wrong.append(str(error.error))

    def note_refusal(said: Any) -> None:
        if "Content Security Policy" in said.text:
            wrong.append(said.text)

    context.on("weberror", note_error)
    context.on("console", note_refusal)
    yield context.new_page()
    end()
    context.remove_listener("weberror", note_error)
    context.remove_listener("console", note_refusal)
    assert wrong == []
