"""Which connections the live server has open; a browser leaves it some to end."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Any

LONGEST = 30.0  # seconds


class Connections:
    """Notes the connections of a threading HTTP server from the taking to the end of their thread."""

    def __init__(self, server: Any) -> None:
        self._open: set[socket.socket] = set()
        self._changed = threading.Condition()
        take, answer = server.process_request, server.process_request_thread

        def take_counted(connection: socket.socket, *rest: Any) -> None:
            with self._changed:
                self._open.add(connection)
            take(connection, *rest)

        def answer_counted(connection: socket.socket, *rest: Any) -> None:
            try:
                answer(connection, *rest)
            finally:
                with self._changed:
                    self._open.discard(connection)
                    self._changed.notify_all()

        server.process_request, server.process_request_thread = take_counted, answer_counted

    def until_none(self) -> None:
        """Take no more requests, and wait until none is open, half a minute at most."""
        with self._changed:
            for connection in self._open:
                with contextlib.suppress(OSError):  # ended meanwhile
                    connection.shutdown(socket.SHUT_RD)
            self._changed.wait_for(lambda: not self._open, LONGEST)
