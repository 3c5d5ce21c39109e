"""A lane: a fixed number of threads for one sort of work, and a line of bounded length before them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue

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


class Lane:
    """`threads` threads; at most `line` wait, each `wait` seconds; none should work `patience` seconds."""

    def __init__(
        self, name: str, *, threads: int, line: int = 200, wait: float = 20, patience: float = 90
    ) -> None:
        self.name, self.threads = name, threads
        self._line, self._wait, self._patience = line, wait, patience
        self._queue: SimpleQueue[Waiting] = SimpleQueue()
        self._since: dict[int, float] = {}
        for number in range(threads):
            threading.Thread(target=self._work, name=f"{name}-{number}", daemon=True).start()

    def run(self, work: Work, *, late: Work) -> None:
        """Have it done by a thread of this lane. Raises Full."""
        if self._queue.qsize() >= self._line:
            raise Full
        self._queue.put(Waiting(work, late, time.monotonic() + self._wait))

    def is_stuck(self) -> bool:
        """Has every thread been at one piece of work for longer than `patience`?"""
        since = list(self._since.values())
        return len(since) == self.threads and max(since) < time.monotonic() - self._patience

    def _work(self) -> None:
        me = threading.get_ident()
        while True:
            waiting = self._queue.get()
            self._since[me] = started = time.monotonic()
            try:
                (waiting.work if started <= waiting.until else waiting.late)()
            except BaseException as error:  # whatever it is, the thread goes on
                log.exception("edge_work_failed", lane=self.name, error=type(error).__name__)
            finally:
                del self._since[me], waiting
