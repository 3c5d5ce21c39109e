"""An address of a phone that a test leads elsewhere for a while."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Road:
    """What becomes of the requests to one address; they pass while nothing else is said.

    Routed once, before the phone's first page: a service worker at work learns of a route only some time
    after the driver says that it stands, and what it asks for meanwhile goes past it.
    """

    def __init__(self, context: Any, address: str) -> None:
        self._leads: Callable[[Any], Any] | None = None
        context.route(address, self._lead)

    def lead(self, leads: Callable[[Any], Any]) -> None:
        """From now on this takes each request, as a route of Playwright."""
        self._leads = leads

    def lose(self) -> None:
        """From now on every request is lost on the way."""
        self.lead(lambda route: route.abort("connectionreset"))

    def open(self) -> None:
        """From now on requests pass."""
        self._leads = None

    def _lead(self, route: Any) -> None:
        if self._leads:
            self._leads(route)
        else:
            route.continue_()
