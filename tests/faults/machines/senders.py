"""Senders who begin and do not go on."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

FOREVER = 60  # seconds after which a test says that an answer does not come


@contextmanager
def begun(
    port: int,
    path: str,
    *,
    length: int,
    body: bytes = b"",
    cookie: str = "",
    host: str = "127.0.0.1",
    secure: bool = False,
) -> Iterator[socket.socket]:
    """A POST of a form, of which the head was sent and `body`, and then nothing."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {length}\r\n"
        f"Content-Type: multipart/form-data; boundary=x\r\nCookie: vssid-csrf={'a' * 32}; {cookie}\r\n\r\n"
    )
    link = socket.create_connection(("127.0.0.1", port), timeout=FOREVER)
    if secure:
        link = ssl._create_unverified_context().wrap_socket(link, server_hostname=host)
    with link:
        link.sendall(head.encode() + body)
        yield link


def status(link: socket.socket) -> int:
    """The status of the answer, once it comes."""
    said = b""
    while b"\r\n" not in said:
        got = link.recv(4096)
        assert got, f"closed after {said!r}"
        said += got
    return int(said.split(b" ", 2)[1])
