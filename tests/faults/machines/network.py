"""A network in front of PostgreSQL that can swallow what passes, and servers to stand behind it."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Network:
    """Carries bytes between a TCP port and a Unix socket; once it `swallows`, takes all and gives nothing."""

    def __init__(self, behind: Path) -> None:
        self.swallows = False
        self._behind = behind
        self._door = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = [self._door]
        threading.Thread(target=self._welcome, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self._door.getsockname()[1])

    def close(self) -> None:
        for connection in self._open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()

    def _welcome(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._door.accept()
                server = socket.socket(socket.AF_UNIX)
                self._open += [client, server]
                server.connect(str(self._behind))
                for ends in ((client, server), (server, client)):
                    threading.Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if not self.swallows:
                    target.sendall(data)
            target.shutdown(socket.SHUT_WR)


@contextmanager
def before(behind: Path) -> Iterator[Network]:
    """A network before the server with this socket."""
    network = Network(behind)
    try:
        yield network
    finally:
        network.close()
