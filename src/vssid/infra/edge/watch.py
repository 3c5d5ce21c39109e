"""Who is late, and is this process of any use still? One thread looks, every half second.

It ends the process when all threads of a lane have been at one thing for too long, when the server that
started it is gone, when half of the receivers are held by senders that were given up (a read of granian
cannot be interrupted otherwise), and by a second clock outside Python when nothing can look any more.
granian starts another.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable

import structlog

from vssid.infra import metrics

from .door import Door
from .lanes import Lane

log = structlog.get_logger("vssid.edge")
STEP = 0.5  # seconds
FROZEN = 60.0  # without a look for so long, no Python runs
STOPPING = 10.0  # for what is under way, once the process has been asked to end


class Watch:
    """Looks after the door of this process."""

    def __init__(self, door: Door, *, end: Callable[[int], None] = os._exit) -> None:
        self._door, self._end = door, end
        self._parent = os.getppid()
        self._ends_at: float | None = None

    def start(self) -> None:
        """Look from now on."""
        threading.Thread(target=self._run, name="watch", daemon=True).start()

    def _run(self) -> None:
        while True:
            faulthandler.dump_traceback_later(FROZEN, exit=True)
            try:
                self.look(time.monotonic())
            except Exception as error:  # one look that failed must not be the last
                log.exception("watch_failed", error=type(error).__name__)
            time.sleep(STEP)

    def look(self, now: float) -> None:
        """Judge senders, lanes and the process itself."""
        self._door.receptions.judge(now)
        for lane in self._door.lanes:
            if lane.is_stuck():
                log.critical("process_stuck", lane=lane.name, at=_where(lane))
                metrics.REFUSED.labels("stuck").inc()
                self._end(1)
        if self._ends_at is not None:
            if now > self._ends_at:
                self._end(1)
        elif os.getppid() != self._parent:
            self._stop("orphaned", now)
        elif self._door.receptions.stuck() * 2 > self._door.receptions.most:
            self._stop("receivers_held", now)

    def _stop(self, why: str, now: float) -> None:
        log.critical("process_ends", why=why)
        self._ends_at = now + STOPPING
        os.kill(os.getpid(), signal.SIGTERM)


def _where(lane: Lane) -> list[str]:
    """Where each thread of a lane stands: files and lines, no values."""
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    frames = sys._current_frames().items()
    ours = [frame for ident, frame in frames if names.get(ident, "").startswith(f"{lane.name}-")]
    tops = [traceback.extract_stack(frame)[-3:] for frame in ours]
    return [
        " > ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in top) for top in tops
    ]
