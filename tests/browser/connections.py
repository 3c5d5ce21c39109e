"""How many connections the live server has open; a browser that was closed leaves it some to end."""

from __future__ import annotations

import threading
from typing import Any

LONGEST = 30.0  # seconds


class Connections:
    """Counts the connections of a threading HTTP server from the taking to the end of their thread."""

    def __init__(self, server: Any) -> None:
        self._open, self._changed = 0, threading.Condition()
        take, answer = server.process_request, server.process_request_thread

        def take_counted(*connection: Any) -> None:
            self._count(1)
            take(*connection)

        def answer_counted(*connection: Any) -> None:
            try:
                answer(*connection)
            finally:
                self._count(-1)

        server.process_request, server.process_request_thread = take_counted, answer_counted

    def _count(self, step: int) -> None:
        with self._changed:
            self._open += step
            self._changed.notify_all()

    def until_none(self) -> None:
        """Wait until none is open, half a minute at most."""
        with self._changed:
            self._changed.wait_for(lambda: not self._open, LONGEST)
