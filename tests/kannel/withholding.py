"""A proxy before smsbox that passes requests on and keeps the answers back: the moment of a crash, held."""

from __future__ import annotations

import socket
import threading
from types import TracebackType


class Withholding:
    """Listens on `port`. While `holding`, answers of the gateway stop here; `withheld` counts them."""

    def __init__(self, target_port: int) -> None:
        self.target_port = target_port
        self.holding = True
        self.withheld = 0
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        self._open: list[socket.socket] = []

    def __enter__(self) -> Withholding:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        for open_socket in (self._server, *self._open):
            open_socket.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        try:
            gateway = socket.create_connection(("127.0.0.1", self.target_port))
        except OSError:
            client.close()
            return
        self._open += [client, gateway]
        threading.Thread(target=self._pump, args=(client, gateway), daemon=True).start()
        self._answer(gateway, client)

    @staticmethod
    def _pump(source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                target.sendall(data)
        except OSError:
            return

    def _answer(self, gateway: socket.socket, client: socket.socket) -> None:
        try:
            while data := gateway.recv(65536):
                if self.holding:
                    self.withheld += 1
                else:
                    client.sendall(data)
            if not self.holding:
                client.close()
        except OSError:
            return
