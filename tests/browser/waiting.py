"""Wait until a page answers yes."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import pytest


def until(page: Any, asked: str, arg: Any = None) -> None:
    """Ask the page again and again, half a minute long; `asked` is a function and may be async.

    Playwright's `wait_for_function` takes the promise of an async function for a yes and waits for nothing.
    What is no function it reads anew at each look, and our pages refuse that (no `eval` in their policy) from
    the second on: such a test fails only where the first answer was not yes.
    A page that is left while it is asked has not answered: the next one is asked.
    """
    comes_true(page, lambda: _answers_yes(page, asked, arg), f"{asked} {arg or ''}")


def comes_true(page: Any, asked: Callable[[], bool], what: str) -> None:
    """Ask again and again, half a minute long, what the page brings about elsewhere."""
    for _try in range(600):
        if asked():
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never came true: {what}")


def worker_of(page: Any) -> Any:
    """The page's service worker, once it is at work and the driver has heard of it, which is later."""
    until(page, "async () => Boolean((await navigator.serviceWorker.ready).active)")
    comes_true(page, lambda: bool(page.context.service_workers), "somebody hears of a service worker")
    return page.context.service_workers[0]


def _answers_yes(page: Any, asked: str, arg: Any) -> bool:
    from playwright.sync_api import Error

    try:
        return bool(page.evaluate(asked, arg))
    except Error as error:
        if "Execution context was destroyed" not in str(error):
            raise
        return False


class HeldAnswers:
    """The first answers of an address: got from the server and kept back. Those that follow pass."""

    def __init__(self, page: Any, address: str, count: int = 1) -> None:
        self._page, self._address, self._left = page, address, count
        self._kept: list[tuple[Any, Any]] = []
        self._ended: list[Any] = []
        page.on("requestfinished", lambda request: self._ended.append(request))
        page.on("requestfailed", lambda request: self._ended.append(request))
        page.route(address, self._take)  # with `times`, the first to be released would let all others go

    def _take(self, route: Any) -> None:
        self._left -= 1
        if self._left < 0:
            route.continue_()
        else:
            self._kept.append((route, route.fetch()))

    def until_asked(self, count: int = 1) -> None:
        """Wait until so many answers are kept back."""
        comes_true(self._page, lambda: len(self._kept) == count, f"{count} asked of {self._address}")

    def release(self, place: int = 0) -> None:
        """Let one through, however late, and wait until the page has it, or had given it up."""
        route, answer = self._kept[place]
        route.fulfill(response=answer)
        self._until_ended(route)

    def lose(self, place: int = 0) -> None:
        """Lose one on the way, as a broken network does."""
        route, _ = self._kept[place]
        route.abort("connectionreset")
        self._until_ended(route)

    def _until_ended(self, route: Any) -> None:
        comes_true(self._page, lambda: route.request in self._ended, f"{self._address} ends")
        self._page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")


ACTIONS = ("click", "dblclick", "fill", "check", "uncheck", "press", "select_option", "set_input_files")


def act_when_loaded(locators: type[Any], patch: pytest.MonkeyPatch) -> None:
    """Let every action wait until the page that shows the element has its scripts, as a person's hand does.

    Chromium shows a field, and Playwright finds it, before the scripts of the page have run; on a busy
    machine a test then presses a button that nothing listens to yet. A test of just that acts in JavaScript.
    """
    for name in ACTIONS:
        patch.setattr(locators, name, _patient(getattr(locators, name)))


def _patient(action: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(action)
    def acting(locator: Any, *args: Any, **kwargs: Any) -> Any:
        locator.wait_for(state="attached")
        locator.page.wait_for_load_state("load")
        return action(locator, *args, **kwargs)

    return acting
