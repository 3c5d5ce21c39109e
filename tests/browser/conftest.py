"""A real Chromium, as a phone, against the live server on real PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandlerMixin

from tests import chromium as chromium_program

from .connections import Connections
from .waiting import act_when_loaded

PHONE = {"width": 360, "height": 740}


_serve = StaticFilesHandlerMixin.serve


def _serve_to_keep(handler: Any, request: Any) -> Any:
    response = _serve(handler, request)
    response["Cache-Control"] = "max-age=600"
    return response


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
    yield _browser_of_test
    for context in _browser_of_test.contexts:
        context.close()
    _connections.until_none()


@pytest.fixture
def phone(chromium: Any, live_server: Any) -> Iterator[Any]:
    """A page of a fresh phone; opens relative addresses, and fails the test on an error of its pages."""
    yield from _fresh(chromium, live_server.url, "allow")


@pytest.fixture
def sight(chromium: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A phone for looking at pages only: no service worker, which would load all others to store them.

    Styles and scripts are asked for once, as in service: of files just checked out, Chromium would ask again
    for each page whether they changed.
    """
    monkeypatch.setattr(StaticFilesHandlerMixin, "serve", _serve_to_keep)
    yield from _fresh(chromium, live_server.url, "block")


def _fresh(chromium: Any, url: str, service_workers: str) -> Iterator[Any]:
    context = chromium.new_context(
        base_url=url,
        viewport=PHONE,
        locale="vi-VN",
        service_workers=service_workers,
        reduced_motion="reduce",  # drawing the turning of pages takes a third of a visit
    )
    wrong: list[str] = []
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    context.on(
        "console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None
    )
    yield context.new_page()
    context.close()
    assert wrong == []
