"""Keep-alive connections that ask for records of random people: wrk when it is installed, else Python.

`python bench/load.py HOST PORT SECONDS CONNECTIONS FILE` is the second; it costs more of the machine than
wrk, so its figures are lower.
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
from dataclasses import dataclass, field
from pathlib import Path

PATH = "/api/v1/me/record"
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Load:
    """What a run of load saw; `errors` are refused, broken and late answers."""

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


def generator() -> str:
    """Which load generator is used."""
    return "wrk" if shutil.which("wrk") else "python"


def run(port: int, tokens: Path, *, seconds: int, connections: int) -> Load:
    """Load the server on this port for some seconds. `tokens`: a file with one `token [etag]` a line."""
    if generator() == "wrk":
        command = [
            "wrk",
            "-t1",
            f"-c{connections}",
            f"-d{seconds}s",
            "--latency",
            "-s",
            str(HERE / "record.lua"),
        ]
        command += [f"http://127.0.0.1:{port}{PATH}", "--", str(tokens)]
    else:
        command = [
            sys.executable,
            __file__,
            "127.0.0.1",
            str(port),
            str(seconds),
            str(connections),
            str(tokens),
        ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    line = next(line for line in done.stdout.splitlines() if line.startswith("RESULT "))
    return Load(**json.loads(line.removeprefix("RESULT ")))


@dataclass
class _Client:
    connection: socket.socket
    sent_at: float = 0
    got: bytearray = field(default_factory=bytearray)


def _python(host: str, port: int, seconds: int, connections: int, requests: list[bytes]) -> Load:
    waits: list[float] = []
    errors = total = 0
    ready = selectors.DefaultSelector()
    for _ in range(connections):
        client = _Client(socket.create_connection((host, port)))
        ready.register(client.connection, selectors.EVENT_READ, client)
        _ask(client, requests)
    started = time.perf_counter()
    while time.perf_counter() - started < seconds:
        for key, _events in ready.select(1):
            client = key.data
            client.got += client.connection.recv(65536)
            head, mark, body = client.got.partition(b"\r\n\r\n")
            if not mark or len(body) < _length(head):
                continue
            waits.append(time.perf_counter() - client.sent_at)
            total += len(client.got)
            errors += int(head[9:12]) >= 400
            client.got.clear()
            _ask(client, requests)
    took = time.perf_counter() - started
    waits.sort()
    p50, p99 = (waits[int(len(waits) * share)] * 1000 for share in (0.5, 0.99))
    return Load(len(waits), took, errors, p50, p99, total)


def _length(head: bytes | bytearray) -> int:
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            return int(line[15:])
    return 0


def _ask(client: _Client, requests: list[bytes]) -> None:
    client.sent_at = time.perf_counter()
    client.connection.sendall(random.choice(requests))  # noqa: S311


def _request(line: str, host: str, port: int) -> bytes:
    token, _, etag = line.partition(" ")
    tag = f"If-None-Match: {etag}\r\n" if etag else ""
    return (
        f"GET {PATH} HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: vssid-session={token}\r\n{tag}\r\n"
    ).encode()


if __name__ == "__main__":
    address, number, length, clients, path = sys.argv[1:]
    asked = [_request(line, address, int(number)) for line in Path(path).read_text().splitlines()]
    result = _python(address, int(number), int(length), int(clients), asked)
    print("RESULT", json.dumps(result.__dict__))  # noqa: T201
