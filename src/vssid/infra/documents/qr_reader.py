"""Read codes in pictures of strangers in a process beside, within a budget of time.

A picture of 15 kB can be drawn so that its reader looks for half a minute, and nothing interrupts it but the
end of its process. So there is one such process for each of ours, with low priority and little memory; when
the budget is used up it is ended and the next picture gets another.
"""

from __future__ import annotations

import atexit
import json
import os
import resource
import select
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from PIL import Image as Pillow

from vssid.infra import confined

SECONDS = 4.0  # for one picture; after half of them no further variant of it is tried
PLACES = 2  # pictures at work or next in line in this process
PATIENCE = 0.3  # seconds to wait for a place
TURN = 2 * SECONDS  # seconds to wait for who is at work
_MEMORY = 1 << 30
_ASKED, _LENGTH = struct.Struct(">?fIII"), struct.Struct(">I")
_places = threading.BoundedSemaphore(PLACES)


class Busy(Exception):
    """Other pictures are being read."""


class TooSlow(Exception):
    """The budget was not enough for this picture."""


@contextmanager
def place() -> Iterator[None]:
    """A place among those who have pictures read, for as long as the block takes. Raises Busy."""
    if not _places.acquire(timeout=PATIENCE):
        raise Busy
    try:
        yield
    finally:
        _places.release()


def read_qr(image: Pillow.Image, *, thorough: bool = True) -> list[str]:
    """As `qr.read_qr`. Raises Busy, or TooSlow after SECONDS."""
    gray = image.convert("L")
    if not _reader.turn.acquire(timeout=TURN):
        raise Busy
    try:
        return _reader.ask(gray, thorough)
    finally:
        _reader.turn.release()


class _Reader:
    """The process, started when it is needed."""

    def __init__(self) -> None:
        self.turn = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def ask(self, gray: Pillow.Image, thorough: bool) -> list[str]:
        pixels = gray.tobytes()
        try:
            child, until = self._running(), time.monotonic() + SECONDS
            assert child.stdin is not None
            child.stdin.write(_ASKED.pack(thorough, SECONDS / 2, *gray.size, len(pixels)) + pixels)
            child.stdin.flush()
            (length,) = _LENGTH.unpack(self._heard(child, _LENGTH.size, until))
            texts: list[str] = json.loads(self._heard(child, length, until))
            return texts
        except (TooSlow, OSError):
            self.end()
            raise TooSlow from None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self.end()
            self._child = subprocess.Popen(
                [sys.executable, "-m", "vssid.infra.documents.qr_reader"],
                cwd="/",
                env=confined.environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            self._heard(self._child, 1, time.monotonic() + 10 * SECONDS)  # its start is no picture's fault
        return self._child

    def _heard(self, child: subprocess.Popen[bytes], length: int, until: float) -> bytes:
        assert child.stdout is not None
        heard = b""
        while len(heard) < length:
            ready = select.select([child.stdout], [], [], max(0.0, until - time.monotonic()))[0]
            part = os.read(child.stdout.fileno(), length - len(heard)) if ready else b""
            if not part:
                raise TooSlow
            heard += part
        return heard

    def end(self) -> None:
        """End the process."""
        child, self._child = self._child, None
        if child is None or child.stdin is None or child.stdout is None:
            return
        child.kill()
        child.wait()
        child.stdout.close()
        with suppress(OSError):  # what was not yet written to it
            child.stdin.close()


_reader = _Reader()
atexit.register(_reader.end)


def main() -> None:
    """In the process: read what is asked until nobody asks any more."""
    from . import qr

    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    asked, out = sys.stdin.buffer, sys.stdout.buffer
    out.write(b"!")
    out.flush()
    while len(head := asked.read(_ASKED.size)) == _ASKED.size:
        thorough, seconds, width, height, length = _ASKED.unpack(head)
        confined.allow(int(SECONDS) + 1)  # holds also when who asked is gone
        gray = Pillow.frombytes("L", (width, height), asked.read(length))
        texts = qr.read_qr(gray, thorough=thorough, until=time.monotonic() + seconds)
        content = json.dumps(texts).encode()
        out.write(_LENGTH.pack(len(content)) + content)
        out.flush()


if __name__ == "__main__":
    main()
