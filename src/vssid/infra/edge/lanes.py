"""A lane: a fixed number of threads for one sort of work, and a line of bounded length before them.

Work goes to the thread that was free last: its database connection, and what the processor keeps of both, are
still warm; the others rest until there is more to do at once.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

Work = Callable[[], None]
log = structlog.get_logger("vssid.edge")


class Full(Exception):
    """So many wait already that one more would wait in vain."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Work in the line; `late` is done instead when its turn comes after `until`."""

    work: Work
    late: Work
    until: float


@dataclass(slots=True)
class _Free:
    """A thread without work: what it is given, and what it waits for."""

    given: Waiting | None = None
    called: threading.Lock = field(default_factory=threading.Lock)


class Lane:
    """`threads` threads; at most `line` wait, each `wait` seconds; none should work `patience` seconds."""

    def __init__(
        self, name: str, *, threads: int, line: int = 200, wait: float = 20, patience: float = 90
    ) -> None:
        self.name, self.threads = name, threads
        self._line, self._wait, self._patience = line, wait, patience
        self._queue: deque[Waiting] = deque()
        self._free: list[_Free] = []
        self._changes = threading.Lock()  # of the two above
        self._since: dict[int, float] = {}
        for number in range(threads):
            threading.Thread(target=self._work, name=f"{name}-{number}", daemon=True).start()

    def run(self, work: Work, *, late: Work) -> None:
        """Have it done by a thread of this lane. Raises Full."""
        waiting = Waiting(work, late, time.monotonic() + self._wait)
        with self._changes:
            if self._free:
                thread = self._free.pop()
                thread.given = waiting
                thread.called.release()
            elif len(self._queue) >= self._line:
                raise Full
            else:
                self._queue.append(waiting)

    def is_stuck(self) -> bool:
        """Has every thread been at one piece of work for longer than `patience`?"""
        since = list(self._since.values())
        return len(since) == self.threads and max(since) < time.monotonic() - self._patience

    def _work(self) -> None:
        me, free = threading.get_ident(), _Free()
        free.called.acquire()
        while True:
            waiting = self._next(free)
            self._since[me] = started = time.monotonic()
            try:
                (waiting.work if started <= waiting.until else waiting.late)()
            except BaseException as error:  # whatever it is, the thread goes on
                log.exception("edge_work_failed", lane=self.name, error=type(error).__name__)
            finally:
                del self._since[me], waiting

    def _next(self, free: _Free) -> Waiting:
        """The first of the line; where nobody waits, whoever comes next."""
        with self._changes:
            if self._queue:
                return self._queue.popleft()
            self._free.append(free)
        free.called.acquire()
        assert free.given is not None
        waiting, free.given = free.given, None
        return waiting
