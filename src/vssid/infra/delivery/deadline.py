"""An end for a call as a whole: a peer that gives a byte now and then never lets a read time out."""

from __future__ import annotations

import contextlib
import socket
import threading
from types import TracebackType


class Deadline:
    """After `seconds` every socket it watches is shut, so that whoever waits there gets an error at once."""

    def __init__(self, seconds: float) -> None:
        self._sockets: list[socket.socket] = []
        self._over = False
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for connection in self._sockets:
                connection.close()
            self._sockets.clear()

    @property
    def is_over(self) -> bool:
        """What was read until now may be cut off."""
        return self._over

    def watch(self, connection: socket.socket) -> None:
        """Also this connection. It is known by a handle of our own, since TLS takes the caller's away."""
        with self._lock:
            self._sockets.append(connection.dup())
            if self._over:
                _shut(connection)

    def _end(self) -> None:
        with self._lock:
            self._over = True
            for connection in self._sockets:
                _shut(connection)


def _shut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
