"""Officers at work over HTTP: each asks a page about every ten seconds, at moments set beforehand."""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bench.office.applications import Open
from bench.office.staff import AUDITOR, DIRECTOR, Officer

SECONDS_BETWEEN = 10  # pages of one officer
CONNECTIONS = 32
WARM = 8  # seconds
FEW = 20  # officers, where pages are asked one by one
WEIGHTS = {
    "start page": 3,
    "queue": 5,
    "file": 9,
    "search by number": 2,
    "search by name": 1,
    "search by phone": 1,
}
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_CSRF = "vssid-csrf"


@dataclass
class Seen:
    """Milliseconds from the set moment to the whole answer, by page; answers that were none."""

    waits: dict[str, list[float]] = field(default_factory=dict)
    errors: int = 0

    @property
    def count(self) -> int:
        """How many pages were asked."""
        return sum(map(len, self.waits.values()))


@dataclass(frozen=True)
class Visitor:
    """An officer's browser: the cookies and the form's token."""

    officer: Officer
    cookies: str
    token: str


def work(
    port: int,
    officers: Sequence[Officer],
    files: Sequence[Open],
    *,
    seconds: float,
    meter: Callable[[Seen], AbstractContextManager[None]],
) -> Seen:
    """All who decide files for some seconds; `meter` is told when they begin and have done.

    Before that they are at work for WARM seconds that nobody measures: a server that has just started makes
    its connections and reads its templates then.
    """
    browsers = Browsers(port)
    visitors, by_office = _at_work(browsers, officers, files)
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        _send_out(pool, browsers, visitors, by_office, Seen(), WARM)
    seen = Seen()
    with meter(seen), ThreadPoolExecutor(CONNECTIONS) as pool:
        _send_out(pool, browsers, visitors, by_office, seen, seconds)
    return seen


def _send_out(
    pool: ThreadPoolExecutor,
    browsers: Browsers,
    visitors: Sequence[Visitor],
    by_office: dict[str, list[Open]],
    seen: Seen,
    seconds: float,
) -> None:
    """Each page at least once, one after the other and each from its own moment; then as officers ask."""
    lock = threading.Lock()

    def ask(at: float, name: str, visitor: Visitor) -> None:
        time.sleep(max(0, at - time.perf_counter()))
        status = _ask(browsers, name, visitor, random.choice(by_office[visitor.officer.office]))  # noqa: S311
        wait = (time.perf_counter() - at) * 1000
        with lock:
            seen.waits.setdefault(name, []).append(wait)
            seen.errors += status not in (200, 302)

    for name in WEIGHTS:
        pool.submit(ask, time.perf_counter(), name, visitors[0]).result()
    began = time.perf_counter() + 0.1
    for at in _moments(len(visitors) / SECONDS_BETWEEN, seconds):
        name = random.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]  # noqa: S311
        pool.submit(ask, began + at, name, random.choice(visitors))  # noqa: S311


def one_by_one(port: int, officers: Sequence[Officer], files: Sequence[Open]) -> Callable[[str], None]:
    """Asks one page of this name, of another officer each time. Raises AssertionError when it is none."""
    browsers = Browsers(port)
    visitors, by_office = _at_work(browsers, officers, files, most=FEW)

    def ask(name: str) -> None:
        visitor = random.choice(visitors)  # noqa: S311
        status = _ask(browsers, name, visitor, random.choice(by_office[visitor.officer.office]))  # noqa: S311
        assert status in (200, 302), f"{name}: {status}"

    return ask


def _at_work(
    browsers: Browsers, officers: Sequence[Officer], files: Sequence[Open], most: int | None = None
) -> tuple[list[Visitor], dict[str, list[Open]]]:
    """Those who decide files, each signed in, and the files by office."""
    by_office: dict[str, list[Open]] = {}
    for file in files:
        by_office.setdefault(file.office, []).append(file)
    chosen = [
        officer
        for officer in officers
        if officer.role not in (AUDITOR, DIRECTOR) and officer.office in by_office
    ]
    return [browsers.open(officer) for officer in chosen[:most]], by_office


def _moments(a_second: float, seconds: float) -> list[float]:
    """As people come: independently of each other."""
    at, moments = random.expovariate(a_second), []
    while at < seconds:
        moments.append(at)
        at += random.expovariate(a_second)
    return moments


def _ask(browsers: Browsers, name: str, visitor: Visitor, file: Open) -> int:
    match name:
        case "start page":
            return browsers.get(visitor, "/can-bo")
        case "queue":
            return browsers.get(visitor, "/can-bo/ho-so")
        case "file":
            return browsers.get(visitor, f"/can-bo/ho-so/{file.id}")
        case "search by number":
            return browsers.post(visitor, "/can-bo/tim", {"q": file.number})
        case "search by name":
            return browsers.post(visitor, "/can-bo/tim", {"q": file.full_name})
        case _:
            return browsers.post(visitor, "/can-bo/tim", {"q": f"090{file.id % 10_000_000:07d}"})


def in_turn(
    port: int, officers: Sequence[Officer], paths: Callable[[], dict[str, str]], *, seconds: float
) -> dict[str, list[float]]:
    """Milliseconds of each path, asked one after the other by these officers for some seconds."""
    browsers = Browsers(port)
    visitors = [browsers.open(officer) for officer in officers]
    waits: dict[str, list[float]] = {}
    until = time.perf_counter() + seconds
    while not waits or time.perf_counter() < until:
        for name, path in paths().items():
            visitor = random.choice(visitors)  # noqa: S311
            started = time.perf_counter()
            status = browsers.get(visitor, path)
            waits.setdefault(name, []).append((time.perf_counter() - started) * 1000)
            assert status == 200, f"{path}: {status}"
    return waits


class Browsers:
    """Connections that are kept, one a thread."""

    def __init__(self, port: int) -> None:
        self._port, self._own = port, threading.local()

    def open(self, officer: Officer) -> Visitor:
        """An officer's first page."""
        status, headers, body = self._send(officer.cookie, "GET", "/can-bo/quyen-han")
        found = _TOKEN.search(body)
        assert status == 200, status
        assert found is not None, "no form on the page"
        given = [value.split(";")[0] for name, value in headers if name.lower() == "set-cookie"]
        csrf = [cookie for cookie in given if cookie.startswith(_CSRF)]
        return Visitor(officer, "; ".join([officer.cookie, *csrf]), found[1])

    def get(self, visitor: Visitor, path: str) -> int:
        """The status of a page."""
        return self._send(visitor.cookies, "GET", path)[0]

    def post(self, visitor: Visitor, path: str, fields: dict[str, str]) -> int:
        """The status of what a form leads to."""
        body = urlencode({**fields, "csrfmiddlewaretoken": visitor.token})
        return self._send(visitor.cookies, "POST", path, body)[0]

    def _send(
        self, cookies: str, method: str, path: str, body: str = ""
    ) -> tuple[int, list[tuple[str, str]], str]:
        connection = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._own.connection = http.client.HTTPConnection("127.0.0.1", self._port)
        headers = {"Cookie": cookies}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body=body or None, headers=headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        return answer.status, answer.getheaders(), text


def hundredth(waits: Sequence[float], which: int) -> float:
    """The wait below which so many of a hundred lie."""
    return sorted(waits)[min(len(waits) - 1, len(waits) * which // 100)]
