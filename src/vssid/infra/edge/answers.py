"""What goes back to granian: one answer to each request, whole or as it is read."""

from __future__ import annotations

import threading
from typing import Any

import structlog

from vssid.infra import metrics

from . import words

log = structlog.get_logger("vssid.edge")


class Answer:
    """The one answer to a request; what comes after it is dropped."""

    def __init__(self, proto: Any, path: str) -> None:
        self._proto, self._path = proto, path
        self._lock = threading.Lock()
        self._given = False

    def send(self, status: int, headers: list[words.Header], body: bytes) -> None:
        """Send it whole; nobody waits for the reader."""
        if self._take():
            self._proto.response_bytes(status, headers, body)

    def stream(self, status: int, headers: list[words.Header], parts: Any) -> None:
        """Send it as it is read; the caller waits for the reader."""
        if self._take():
            self._proto.response_iter(status, headers, parts)

    def refuse(self, status: int, why: str) -> None:
        """Say no without asking anybody."""
        if self._take():
            headers, body = words.said(status, self._path)
            closing = [("Connection", "close")] if status == 408 else []
            self._proto.response_bytes(status, [*headers, *closing], body)
            log.warning("edge_refused", why=why, status=status)
            metrics.REFUSED.labels(why).inc()

    def _take(self) -> bool:
        with self._lock:
            given, self._given = self._given, True
        return not given


class Parts:
    """A streamed answer as granian reads it."""

    def __init__(self, parts: Any) -> None:
        self._next, self.close = iter(parts).__next__, parts.close

    def __next__(self) -> bytes:
        return bytes(self._next())
