"""The wait for what a closed browser left to be answered."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import urlopen

from .connections import Connections


def test_an_answer_on_its_way_is_waited_for():
    asked, may_answer, waited = threading.Event(), threading.Event(), threading.Event()

    class Slow(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.set()
            may_answer.wait(20)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *said: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Slow) as server:
        connections = Connections(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        threading.Thread(target=lambda: urlopen(address).close(), daemon=True).start()
        assert asked.wait(20)
        threading.Thread(target=lambda: (connections.until_none(), waited.set()), daemon=True).start()
        assert not waited.wait(0.1)
        may_answer.set()
        assert waited.wait(20)
        server.shutdown()
