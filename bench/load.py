"""Keep-alive connections of random signed-in people: wrk when it is installed, else Python.

wrk knows whole seconds only: what is shorter, Python does.

`python bench/load.py PORT PATH SECONDS CONNECTIONS FILE STATUS` is the second; it costs more of the machine
than wrk, so its figures are lower.
"""

from __future__ import annotations

import json
import random
import selectors
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Load:
    """What a run of load saw; `errors` are refused, broken, late and wrong answers."""

    requests: int
    seconds: float
    errors: int
    p50_ms: float
    p99_ms: float
    bytes: int

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return self.requests / self.seconds


def generator(seconds: float) -> str:
    """Which load generator is used for so long a time."""
    return "wrk" if seconds >= 1 and shutil.which("wrk") else "python"


def run(port: int, path: str, tokens: Path, *, seconds: float, connections: int, only: int = 0) -> Load:
    """Load a path of the server on this port for some seconds. `tokens`: a file, one `token [etag]` a line.

    With `only` every other status is an error, else those of 400 and more.
    """
    arguments = [str(tokens), str(only)]
    if generator(seconds) == "wrk":
        command = [
            "wrk",
            "-t1",
            f"-c{connections}",
            f"-d{int(seconds)}s",
            "--latency",
            "-s",
            str(HERE / "load.lua"),
        ]
        command += [f"http://127.0.0.1:{port}{path}", "--", *arguments]
    else:
        command = [sys.executable, __file__, str(port), path, str(seconds), str(connections), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    line = next(line for line in done.stdout.splitlines() if line.startswith("RESULT "))
    return Load(**json.loads(line.removeprefix("RESULT ")))


@dataclass
class _Client:
    connection: socket.socket
    sent_at: float = 0
    got: bytearray = field(default_factory=bytearray)


@dataclass
class _Seen:
    """What came back."""

    only: int
    waits: list[float] = field(default_factory=list)
    errors: int = 0
    bytes: int = 0

    def answer(self, client: _Client) -> None:
        """Note a whole answer."""
        self.waits.append(time.perf_counter() - client.sent_at)
        self.bytes += len(client.got)
        status = int(client.got[9:12])
        self.errors += status != self.only if self.only else status >= 400
        client.got.clear()

    def load(self, seconds: float) -> Load:
        """All of it."""
        waits = sorted(self.waits)
        p50, p99 = (waits[int(len(waits) * share)] * 1000 for share in (0.5, 0.99))
        return Load(len(waits), seconds, self.errors, p50, p99, self.bytes)


def _python(port: int, seconds: float, connections: int, requests: list[bytes], only: int) -> Load:
    seen, ready = _Seen(only), selectors.DefaultSelector()
    for _ in range(connections):
        client = _Client(socket.create_connection(("127.0.0.1", port)))
        ready.register(client.connection, selectors.EVENT_READ, client)
        _ask(client, requests)
    started = time.perf_counter()
    while time.perf_counter() - started < seconds or not seen.waits:
        for key, _events in ready.select(1):
            client = key.data
            client.got += client.connection.recv(65536)
            head, mark, body = client.got.partition(b"\r\n\r\n")
            if mark and len(body) >= _length(head):
                seen.answer(client)
                _ask(client, requests)
    return seen.load(time.perf_counter() - started)


def _length(head: bytes | bytearray) -> int:
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            return int(line[15:])
    return 0


def _ask(client: _Client, requests: list[bytes]) -> None:
    client.sent_at = time.perf_counter()
    client.connection.sendall(random.choice(requests))  # noqa: S311


def _request(line: str, port: str, path: str) -> bytes:
    token, _, etag = line.partition(" ")
    tag = f"If-None-Match: {etag}\r\n" if etag else ""
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: vssid-session={token}\r\n"
    return f"{head}{tag}\r\n".encode()


def _main(port: str, path: str, seconds: str, connections: str, tokens: str, only: str) -> None:
    asked = [_request(line, port, path) for line in Path(tokens).read_text().splitlines()]
    seen = _python(int(port), float(seconds), int(connections), asked, int(only))
    print("RESULT", json.dumps(asdict(seen)))  # noqa: T201


if __name__ == "__main__":
    _main(*sys.argv[1:])
