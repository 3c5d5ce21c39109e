"""Receiving bodies: piece by piece, against a clock, in bounded memory."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from queue import Empty, Full, Queue
from typing import Any

PIECE = 16 * 1024  # bytes; granian's read waits until it has all it was asked for
STREAMED = 4  # pieces between a receiver and the work that reads them


@dataclass(frozen=True, slots=True)
class Pace:
    """How slow a sender may be: seconds for each piece, and for the whole by its length."""

    piece: float = 10.0
    grace: float = 30.0
    rate: int = 20_000  # bytes a second, on average, beyond the grace
    longest: float = 300.0

    def whole(self, length: int) -> float:
        """Seconds for a body of this length."""
        return min(self.grace + length / self.rate, self.longest)


MEMORY = Pace()
FILES = Pace(longest=3600.0)  # of data officers


class Late(Exception):
    """The sender was too slow and has been told so."""


class Gone(Exception):
    """The sender went away before the end."""


class TooLong(Exception):
    """More came than was allowed."""


@dataclass(eq=False)
class Reception:
    """A body on its way. The clock is looked at by another thread, for a read cannot be interrupted."""

    source: Any
    length: int | None  # None: the sender does not say
    most: int
    pace: Pace
    on_late: Callable[[], None]
    started: float = field(default_factory=time.monotonic)
    piece_due: float = inf  # while we are the ones who wait for the sender
    given_up: bool = False

    def pieces(self) -> Iterator[bytes]:
        """The body. Raises Late, Gone and TooLong."""
        got = 0
        while self.length is None or got < self.length:
            self.piece_due = time.monotonic() + self.pace.piece
            data = bytes(self.source.read(PIECE if self.length is None else min(PIECE, self.length - got)))
            self.piece_due = inf
            if self.given_up:
                raise Late
            if not data:
                break
            got += len(data)
            if got > self.most:
                raise TooLong
            yield data
        if self.length is not None and got < self.length:
            raise Gone

    def judge(self, now: float) -> None:
        """Give the sender up when it is late; once."""
        until = self.started + self.pace.whole(self.most if self.length is None else self.length)
        if not self.given_up and now > min(until, self.piece_due):
            self.given_up = True
            self.on_late()


class Receptions:
    """All bodies on their way in this process, no more than `most` at a time."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._open: set[Reception] = set()
        self._lock = threading.Lock()

    @contextmanager
    def receiving(self, reception: Reception) -> Iterator[bool]:
        """Whether there is a place for it; it has the place until the end."""
        with self._lock:
            free = len(self._open) < self.most
            if free:
                self._open.add(reception)
        try:
            yield free
        finally:
            with self._lock:
                self._open.discard(reception)

    def judge(self, now: float) -> None:
        """Give up those that are late."""
        for reception in self._copy():
            reception.judge(now)

    def stuck(self) -> int:
        """How many receivers senders hold that were given up and do not go away."""
        return sum(reception.given_up for reception in self._copy())

    def is_quiet(self) -> bool:
        """Is at most half of the places taken?"""
        return len(self._open) * 2 <= self.most

    def _copy(self) -> list[Reception]:
        with self._lock:
            return list(self._open)


class Memory:
    """Bytes that bodies of this process may take together."""

    def __init__(self, most: int) -> None:
        self._free = most
        self._lock = threading.Lock()

    def take(self, size: int) -> bool:
        """Reserve, if there is so much."""
        with self._lock:
            if size > self._free:
                return False
            self._free -= size
            return True

    def give_back(self, size: int) -> None:
        """What was taken is free again."""
        with self._lock:
            self._free += size


class Pipe:
    """A body that is worked on while it comes: a receiver puts, the work reads as from a file."""

    def __init__(self) -> None:
        self._queue: Queue[bytes] = Queue(STREAMED)
        self._rest = b""
        self._ended = self._broken = self._unwanted = False

    def put(self, data: bytes) -> bool:
        """Hand a piece over; False when nobody wants it any more."""
        while not self._unwanted:
            try:
                self._queue.put(data, timeout=0.2)
            except Full:
                continue
            return True
        return False

    def end(self, *, broken: bool = False) -> None:
        """Nothing follows; with `broken` the reader is told so by an OSError."""
        self._broken = broken
        self._ended = True

    def unwanted(self) -> None:
        """The work is done with it, read or not."""
        self._unwanted = True

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes; empty at the end. Raises OSError when the sender was late or went away."""
        while not self._rest:
            try:
                self._rest = self._queue.get(timeout=0.2)
            except Empty:
                if self._broken:
                    raise OSError("the sender went away") from None
                if self._ended and self._queue.empty():
                    return b""
        piece, self._rest = (self._rest, b"") if size < 0 else (self._rest[:size], self._rest[size:])
        return piece
