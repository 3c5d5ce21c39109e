"""What granian calls for each request, in a receiver (see __init__)."""

from __future__ import annotations

import io
import sys
import threading
from collections.abc import Callable, Iterable
from enum import Enum
from functools import partial
from typing import Any

from . import bodies, words
from .answers import Answer, Parts
from .bodies import Gone, Late, Memory, Pipe, Reception, Receptions, TooLong
from .lanes import Full, Lane

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]

RECEPTIONS = 28  # receivers that may wait for a body; granian has more, so some are always free
SMALL = 64 * 1024  # bytes: a form without a file
LARGEST = 34 * 1024 * 1024  # three photos and the form around them
BODIES = 160 * 1024 * 1024  # bytes of all bodies in memory
WHOLE = 8 * 1024 * 1024  # a streamed answer up to this is sent at once, whoever reads it how slowly
ASKING = 30.0  # seconds to find out who sends
ALIVE = "/healthz"
MACHINES = frozenset({"/readyz", "/workerz", "/metrics"})
FIXED: Environ = {
    "GATEWAY_INTERFACE": "CGI/1.1",
    "SCRIPT_NAME": "",
    "SERVER_SOFTWARE": "vssid",
    "wsgi.errors": sys.stderr,
    "wsgi.input_terminated": True,
    "wsgi.multiprocess": True,
    "wsgi.multithread": True,
    "wsgi.run_once": False,
    "wsgi.version": (1, 0),
}


class Plan(Enum):
    """What to do with a large body before it is read."""

    REFUSE = "refuse"  # whoever sends it may not, or sent no form of ours: answer without reading
    KEEP = "keep"  # in memory, then work
    STREAM = "stream"  # work while it comes


class Door:
    """`threads` work on pages, half as many on files, one for machines that ask how we are."""

    def __init__(
        self,
        application: Application,
        *,
        plan: Callable[[Environ], Plan],
        threads: int,
        proxied: bool,
        pace: bodies.Pace = bodies.MEMORY,
        largest_file: int = 0,
    ) -> None:
        self._application, self._plan, self._proxied = application, plan, proxied
        self._pace, self._largest_file = pace, largest_file
        self.pages = Lane("pages", threads=threads)
        self.files = Lane("files", threads=max(1, threads // 2), line=20, patience=2 * bodies.FILES.longest)
        self.machines = Lane("machines", threads=1, line=20)
        self.receptions = Receptions(RECEPTIONS)
        self._memory = Memory(BODIES)
        self._streams = threading.BoundedSemaphore(max(1, self.files.threads - 1))

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """Where work is done."""
        return self.pages, self.files, self.machines

    def __call__(self, proto: Any, scope: Environ) -> None:
        """Answer now or later; never wait for a lane."""
        path = scope["PATH_INFO"]
        answer, environ = Answer(proto, path), FIXED | scope
        if path == ALIVE:
            answer.send(200, [("Content-Type", "text/plain; charset=utf-8"), *words.ALWAYS], b"ok\n")
        elif path in MACHINES:
            environ["CONTENT_LENGTH"], environ["wsgi.input"] = "", io.BytesIO()
            self._hand(self.machines, environ, answer)
        elif (length := _announced(environ)) == 0:
            self._hand(self.pages, environ, answer)
        else:
            self._receive(environ, answer, length)

    def _receive(self, environ: Environ, answer: Answer, length: int | None) -> None:
        reception = Reception(
            environ["wsgi.input"], length, LARGEST, self._pace, partial(answer.refuse, 408, "late")
        )
        with self.receptions.receiving(reception) as free:
            if not free:
                answer.refuse(503, "receivers")
            elif length is not None and length <= SMALL:
                self._keep(reception, environ, answer, self.pages)
            else:
                self._by_plan(reception, environ, answer)

    def _by_plan(self, reception: Reception, environ: Environ, answer: Answer) -> None:
        plan = self._ask(environ, answer)
        if plan is None:
            return
        if plan is Plan.STREAM and reception.length is not None:
            self._stream(reception, environ, answer)
        elif plan is Plan.REFUSE or (reception.length or 0) > LARGEST:
            environ["wsgi.input"] = io.BytesIO()
            self._hand(self.pages, environ, answer)
            self._linger(reception)
        else:
            self._keep(reception, environ, answer, self.files)

    def _ask(self, environ: Environ, answer: Answer) -> Plan | None:
        """Who sends it, and may they? None when that was not found out in time."""
        plans: list[Plan] = []
        done = threading.Event()

        def ask() -> None:
            try:
                plans.append(self._plan({**environ, "wsgi.input": io.BytesIO()}))
            finally:
                done.set()

        try:
            self.pages.run(ask, late=done.set)
            done.wait(ASKING)
        except Full:
            pass
        if not plans:
            answer.refuse(503, "pages")
            return None
        return plans[0]

    def _keep(self, reception: Reception, environ: Environ, answer: Answer, lane: Lane) -> None:
        """Receive it whole, then have it worked on."""
        size = reception.most if reception.length is None else reception.length
        if not self._memory.take(size):
            answer.refuse(503, "memory")
            return
        give_back = partial(self._memory.give_back, size)
        try:
            body = b"".join(reception.pieces())
        except (Late, Gone, TooLong) as ended:
            give_back()
            if isinstance(ended, TooLong):  # the page about it is Django's
                environ |= {"CONTENT_LENGTH": str(reception.most + 1), "wsgi.input": io.BytesIO()}
                self._hand(self.pages, environ, answer)
            else:
                answer.refuse(408, "gone")
            return
        environ |= {"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
        environ.pop("HTTP_TRANSFER_ENCODING", None)
        self._hand(lane, environ, answer, give_back)

    def _stream(self, reception: Reception, environ: Environ, answer: Answer) -> None:
        """Have it worked on while it comes; one place among the files is left for others."""
        if not self._streams.acquire(blocking=False):
            answer.refuse(503, "files")
            return
        reception.pace, reception.most = bodies.FILES, max(self._largest_file, LARGEST)
        environ["wsgi.input"] = pipe = Pipe()
        reception.on_late = partial(_late, answer, pipe)

        def done() -> None:
            pipe.unwanted()
            self._streams.release()

        self._hand(self.files, environ, answer, done)
        is_read = True
        try:
            for data in reception.pieces():
                is_read = is_read and pipe.put(data)
                if not is_read and not self._may_linger():
                    break
            pipe.end()
        except (Late, Gone, TooLong):
            pipe.end(broken=True)

    def _may_linger(self) -> bool:
        return self._proxied or self.receptions.is_quiet()

    def _linger(self, reception: Reception) -> None:
        """Let the rest come, unread by anybody: one who sends all at once would else not see the answer."""
        if not self._may_linger():
            return
        reception.most = max(reception.most, reception.length or 0)
        try:
            for _data in reception.pieces():
                if not self._may_linger():
                    return
        except (Late, Gone, TooLong):
            return

    def _hand(
        self, lane: Lane, environ: Environ, answer: Answer, done: Callable[[], None] = lambda: None
    ) -> None:
        def late() -> None:
            answer.refuse(503, lane.name)
            done()

        try:
            lane.run(partial(self._work, environ, answer, done), late=late)
        except Full:
            late()

    def _work(self, environ: Environ, answer: Answer, done: Callable[[], None]) -> None:
        said: list[Any] = []

        def start_response(status: str, headers: list[words.Header], _info: Any = None) -> None:
            said[:] = [int(status.split(" ", 1)[0]), headers]

        try:
            parts = self._application(environ, start_response)
            self._send(answer, said[0], said[1], parts)
        except BaseException:
            answer.refuse(500, "broken")
            raise
        finally:
            done()

    def _send(self, answer: Answer, status: int, headers: list[words.Header], parts: Any) -> None:
        if isinstance(parts, list):
            answer.send(status, headers, b"".join(parts))
        elif not getattr(parts, "streaming", False) or _length(headers) <= WHOLE:
            try:
                answer.send(status, headers, b"".join(parts))
            finally:
                parts.close()
        else:
            out = partial(answer.stream, status, headers, Parts(parts))
            self.files.run(out, late=partial(answer.refuse, 503, "files"))


def _late(answer: Answer, pipe: Pipe) -> None:
    answer.refuse(408, "late")
    pipe.end(broken=True)


def _announced(environ: Environ) -> int | None:
    """The length of the body; None when there is one of unknown length."""
    given = environ.get("CONTENT_LENGTH", "")
    if given.isascii() and given.isdigit():
        return int(given)
    return None if "HTTP_TRANSFER_ENCODING" in environ else 0


def _length(headers: list[words.Header]) -> float:
    """What the answer says of its length; without a word it may be any."""
    for name, value in headers:
        if name.lower() == "content-length" and value.isdigit():
            return int(value)
    return float("inf")
