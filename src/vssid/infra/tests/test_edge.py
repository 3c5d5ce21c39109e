"""Receivers, lanes and who ends whom."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from math import inf
from typing import Any

import pytest

from vssid.infra.edge import bodies, door, watch
from vssid.infra.edge.bodies import Gone, Late, Memory, Pipe, Reception, Receptions, TooLong
from vssid.infra.edge.door import Door, Plan
from vssid.infra.edge.lanes import Full, Lane

SOON = 30  # seconds after which a test fails that should have gone on at once


class Sender:
    """A body that comes in pieces; `read` waits at the end of those that are there, as granian's does."""

    def __init__(self, *pieces: bytes, ends: bool = True) -> None:
        self.more = threading.Event()
        if ends:
            self.more.set()
        self._pieces = list(pieces)
        self.reads = 0

    def read(self, _size: int) -> bytes:
        self.reads += 1
        if self._pieces:
            return self._pieces.pop(0)
        assert self.more.wait(SOON)
        return b""


class Proto:
    """What granian gives to answer with."""

    def __init__(self) -> None:
        self.answered = threading.Event()
        self.status, self.body = 0, b""

    def response_bytes(self, status: int, headers: Any, body: bytes) -> None:
        self.status, self.body = status, body
        self.answered.set()

    def response_iter(self, status: int, headers: Any, parts: Any) -> None:
        raise AssertionError("nothing is streamed here")


def reception(sender: Sender, length: int | None, **more: Any) -> Reception:
    return Reception(sender, length, 100, bodies.Pace(piece=10, grace=30, rate=10), lambda: None, **more)


@pytest.mark.parametrize(
    ("piece_due", "now", "late"),
    [
        (inf, 1039.9, False),  # 30 seconds, and a hundred bytes at ten a second
        (inf, 1040.1, True),
        (1010.0, 1009.9, False),
        (1010.0, 1010.1, True),
    ],
)
def test_a_sender_is_late_with_a_piece_or_with_the_whole(piece_due, now, late):
    incoming = reception(Sender(), 100, started=1000.0, piece_due=piece_due)
    incoming.judge(now)
    assert incoming.given_up is late


def test_who_is_late_is_told_once_and_what_comes_then_is_not_read_on():
    told: list[str] = []
    incoming = reception(Sender(b"ab", b"cd"), 4)
    incoming.on_late = lambda: told.append("late")
    pieces = incoming.pieces()
    assert next(pieces) == b"ab"
    incoming.judge(inf)
    incoming.judge(inf)
    with pytest.raises(Late):
        next(pieces)
    assert told == ["late"]


def test_our_own_slowness_is_not_the_senders():
    incoming = reception(Sender(b"ab", b"cd"), 4)
    next(incoming.pieces())
    assert incoming.piece_due == inf


@pytest.mark.parametrize(
    ("sender", "length", "refusal"), [(Sender(b"ab"), 4, Gone), (Sender(b"a" * 60, b"a" * 60), None, TooLong)]
)
def test_a_body_cut_short_or_too_long_is_not_taken(sender, length, refusal):
    with pytest.raises(refusal):
        list(reception(sender, length).pieces())


def test_no_more_bodies_at_once_than_there_are_places():
    places = Receptions(1)
    first, second = reception(Sender(), 4), reception(Sender(), 4)
    with places.receiving(first) as free, places.receiving(second) as free_too:
        assert (free, free_too) == (True, False)
    with places.receiving(second) as free:
        assert free


def test_bodies_do_not_take_more_memory_than_there_is():
    memory = Memory(10)
    assert memory.take(8)
    assert not memory.take(3)
    memory.give_back(8)
    assert memory.take(3)


def test_a_lane_keeps_others_out_when_its_line_is_full_and_says_so():
    lane, go, begun = Lane("t", threads=1, line=1), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        assert go.wait(SOON)

    lane.run(work, late=work)
    assert begun.wait(SOON)
    lane.run(work, late=work)
    with pytest.raises(Full):
        lane.run(work, late=work)
    go.set()


def test_one_thread_does_what_comes_one_after_the_other_and_others_join_when_more_comes_at_once():
    lane, who = Lane("t", threads=3), []

    def rested() -> None:
        """Every thread is free again."""
        wait_until(lambda: len(lane._free) == 3)

    for _piece in range(6):
        rested()
        lane.run(lambda: who.append(threading.get_ident()), late=broken)
    rested()
    assert len(who) == 6
    assert len(set(who)) == 1
    together, done = threading.Barrier(4), []
    for _piece in range(3):
        lane.run(lambda: done.append(together.wait(SOON)), late=broken)
    together.wait(SOON)


def wait_until(true: Callable[[], bool]) -> None:
    """Look until it is so."""
    deadline = time.monotonic() + SOON
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.001)


def broken() -> None:
    raise ZeroDivisionError


def test_work_that_waited_too_long_is_refused_and_what_breaks_breaks_only_itself():
    lane, late, done = Lane("t", threads=1, wait=-1), threading.Event(), threading.Event()
    lane.run(broken, late=late.set)
    assert late.wait(SOON)
    other = Lane("t", threads=1)
    other.run(broken, late=late.set)
    other.run(done.set, late=late.set)
    assert done.wait(SOON)


def test_a_pipe_tells_the_end_from_a_sender_that_left():
    whole, broken = Pipe(), Pipe()
    assert whole.put(b"abc")
    whole.end()
    assert [whole.read(2), whole.read(2), whole.read(2)] == [b"ab", b"c", b""]
    broken.end(broken=True)
    with pytest.raises(OSError, match="went away"):
        broken.read(1)


def test_nobody_waits_for_work_that_wants_no_more():
    pipe = Pipe()
    pipe.unwanted()
    assert not pipe.put(b"a")


def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response("200 OK", [])
    return [environ["wsgi.input"].read()]


def opened(plan: Plan = Plan.KEEP, app: Any = application, threads: int = 2) -> Door:
    return Door(app, plan=lambda _environ: plan, threads=threads, proxied=False, largest_file=10**9)


def ask(gate: Door, path: str = "/", sender: Sender | None = None, length: int | None = None) -> Proto:
    proto = Proto()
    scope: dict[str, Any] = {"PATH_INFO": path, "REQUEST_METHOD": "POST" if length else "GET"}
    scope["wsgi.input"] = sender or Sender()
    if length:
        scope["CONTENT_LENGTH"] = str(length)
    gate(proto, scope)
    return proto


@pytest.mark.parametrize("length", [5_000_000, 200_000_000])
def test_a_stranger_is_answered_before_the_body(length):
    sender = Sender(ends=False)
    gate = opened(Plan.REFUSE)
    proto = Proto()
    scope = {"PATH_INFO": "/", "CONTENT_LENGTH": str(length), "wsgi.input": sender}
    receiver = threading.Thread(target=gate, args=(proto, scope))
    receiver.start()
    try:
        assert proto.answered.wait(SOON)
        assert proto.status == 200
    finally:
        sender.more.set()
        receiver.join()


def test_behind_a_proxy_the_rest_of_a_refused_body_is_let_come():
    """Else the proxy, which still sends, would see a cut line and no answer."""
    gate = Door(application, plan=lambda _environ: Plan.REFUSE, threads=1, proxied=True)
    sender = Sender(*[b"a" * bodies.PIECE] * 5)
    proto = ask(gate, sender=sender, length=5 * bodies.PIECE)
    assert proto.answered.wait(SOON)
    assert (proto.body, sender.reads) == (b"", 5)


def test_a_form_and_a_file_reach_the_work_whole():
    gate = opened()
    for length in (4, door.SMALL + 4):
        proto = ask(gate, sender=Sender(b"a" * (length - 1), b"b"), length=length)
        assert proto.answered.wait(SOON)
        assert (len(proto.body), proto.body[-1:]) == (length, b"b")


def test_a_large_file_is_worked_on_while_it_comes():
    def counting(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        size = sum(len(piece) for piece in iter(lambda: environ["wsgi.input"].read(1000), b""))
        start_response("200 OK", [])
        return [str(size).encode()]

    pieces = [b"a" * bodies.PIECE] * 20
    size = bodies.PIECE * 20
    proto = ask(opened(Plan.STREAM, counting), sender=Sender(*pieces), length=size)
    assert proto.answered.wait(SOON)
    assert proto.body == str(size).encode()


def test_the_sender_of_a_large_file_that_goes_away_frees_its_place():
    ended = threading.Event()

    def reading(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        try:
            while environ["wsgi.input"].read(1000):
                pass
        except OSError:
            ended.set()
        start_response("400 Bad Request", [])
        return []

    gate = opened(Plan.STREAM, reading)
    ask(gate, sender=Sender(b"abc"), length=10**6)
    assert ended.wait(SOON)
    assert gate.receptions.is_quiet()


def test_health_is_told_though_every_page_is_held():
    go, waiting = threading.Event(), threading.Semaphore(0)

    def slow(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        if environ["PATH_INFO"] == "/":
            waiting.release()
            assert go.wait(SOON)
        start_response("200 OK", [])
        return []

    gate = opened(app=slow)
    pages = [ask(gate) for _ in range(2)]
    assert waiting.acquire(timeout=SOON)
    assert waiting.acquire(timeout=SOON)
    for path in ("/healthz", "/readyz", "/workerz", "/metrics"):
        assert ask(gate, path).answered.wait(SOON), path
    assert not any(page.answered.is_set() for page in pages)
    go.set()
    assert all(page.answered.wait(SOON) for page in pages)


def held_at(path: str, go: threading.Event, waiting: threading.Semaphore) -> Any:
    """An application that reads nothing, and waits at this address."""

    def waits(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        if environ["PATH_INFO"] == path:
            waiting.release()
            assert go.wait(SOON)
        start_response("200 OK", [])
        return []

    return waits


def test_a_page_is_answered_though_every_thread_for_files_is_held():
    go, waiting = threading.Event(), threading.Semaphore(0)
    gate = opened(app=held_at("/file", go, waiting))
    length = door.SMALL + 1
    files = [ask(gate, "/file", Sender(b"a" * length), length) for _ in range(gate.pages.threads)]
    assert waiting.acquire(timeout=SOON)
    assert ask(gate).answered.wait(SOON)
    assert not any(file.answered.is_set() for file in files)
    go.set()
    assert all(file.answered.wait(SOON) for file in files)


def test_large_files_leave_a_thread_for_others():
    go, waiting = threading.Event(), threading.Semaphore(0)
    gate = opened(Plan.STREAM, held_at("/", go, waiting), threads=4)
    assert gate.files.threads == 2
    first = ask(gate, sender=Sender(b"abc"), length=10**6)
    assert waiting.acquire(timeout=SOON)
    second = ask(gate, sender=Sender(b"abc"), length=10**6)
    assert (second.status, first.answered.is_set()) == (503, False)
    go.set()
    assert first.answered.wait(SOON)


class Streamed:
    """An answer in parts, as Django streams it."""

    streaming = True

    def __iter__(self) -> Any:
        return iter([b"ab", b"cd"])

    def close(self) -> None:
        """Nothing to do."""


def test_a_streamed_answer_that_is_short_is_sent_at_once():
    """Whoever reads it how slowly: else the reader would hold the thread."""

    def streams(environ: dict[str, Any], start_response: Any) -> Any:
        start_response("200 OK", [("Content-Length", "4")])
        return Streamed()

    proto = ask(opened(app=streams))
    assert proto.answered.wait(SOON)
    assert proto.body == b"abcd"


def test_an_application_that_breaks_is_an_answer():
    def breaks(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        raise RuntimeError

    proto = ask(opened(app=breaks), "/api/x")
    assert proto.answered.wait(SOON)
    assert proto.status == 500
    assert b"broken" in proto.body


def test_a_stuck_process_ends_and_says_where(capsys):
    gate, go, working = opened(threads=1), threading.Event(), threading.Event()
    gate.pages._patience = -1.0

    def work() -> None:
        working.set()
        assert go.wait(SOON)

    ended: list[int] = []
    looking = watch.Watch(gate, end=ended.append)
    looking.look(0.0)
    assert ended == []
    gate.pages.run(work, late=work)
    assert working.wait(SOON)
    looking.look(0.0)
    go.set()
    assert ended == [1]


def test_a_process_whose_receivers_are_held_or_whose_server_is_gone_asks_to_end(monkeypatch):
    signals: list[int] = []
    monkeypatch.setattr("os.kill", lambda _pid, number: signals.append(number))
    ended: list[int] = []
    gate = opened()
    looking = watch.Watch(gate, end=ended.append)
    for _ in range(door.RECEPTIONS):
        incoming = reception(Sender(), 4)
        incoming.given_up = True
        gate.receptions._open.add(incoming)
    looking.look(100.0)
    looking.look(101.0)
    assert (len(signals), ended) == (1, [])
    looking.look(100.1 + watch.STOPPING)
    assert ended == [1]

    orphan = watch.Watch(opened(), end=ended.append)
    orphan._parent = -1
    orphan.look(100.0)
    assert len(signals) == 2
