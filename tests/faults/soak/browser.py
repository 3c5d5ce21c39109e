"""Somebody's browser in the trial: it keeps cookies, and presses again what got no answer."""

from __future__ import annotations

import hashlib
import re
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
CHALLENGE = (r'data-nonce="([^"]+)"', r'data-bits="(\d+)"', r'name="thu-thach" value="([^"]+)"')
PATIENCE = 240.0  # seconds somebody goes on pressing
AWAY = (502, 503, 504, 507)


@dataclass
class Tally:
    """What all browsers saw together."""

    answers: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    longest_away: float = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, what: str) -> None:
        """One more answer of a sort."""
        with self._lock:
            self.answers[what] += 1

    def tell(self, what: str) -> None:
        """Something that must not happen."""
        with self._lock:
            self.wrong.append(what)
        sys.stdout.write(f"wrong: {what}\n")

    def away(self, seconds: float) -> None:
        """How long somebody pressed in vain."""
        with self._lock:
            self.longest_away = max(self.longest_away, seconds)


class GaveUp(Exception):
    """No answer for as long as anybody would try."""


class Browser:
    """One person at one address; asks one web server, and the other when the first does not answer."""

    def __init__(self, ports: list[int], address: str, tally: Tally) -> None:
        self._ports, self._tally = list(ports), tally
        self._client = httpx.Client(headers={"X-Forwarded-For": address}, timeout=30)
        self.page = ""

    def get(self, path: str) -> httpx.Response:
        """The page at a path; redirects are the caller's."""
        return self._ask("GET", path)

    def post(
        self, path: str, data: dict[str, Any], photo: bytes | None = None, *, at: str = ""
    ) -> httpx.Response:
        """Fill the form of the page `at` (the path itself if not given) and send it."""
        page = self.get(at or path).text
        match = TOKEN.search(page)
        values = data | ({"csrfmiddlewaretoken": match[1]} if match else {})
        files = {"photo": ("anh.jpg", photo, "image/jpeg")} if photo else None
        answer = self._ask("POST", path, data=values | _work(page), files=files)
        if proof := _work(answer.text):  # the house asks for work before it sends a text
            answer = self._ask("POST", path, data=values | proof, files=files)
        return answer

    def _ask(self, method: str, path: str, **body: Any) -> httpx.Response:
        began = time.monotonic()
        while True:
            answer = self._once(method, path, **body)
            if answer is not None:
                self._tally.away(time.monotonic() - began)
                return answer
            if time.monotonic() - began > PATIENCE:
                raise GaveUp(f"{method} {path}")
            self._ports.reverse()
            time.sleep(0.5)

    def _once(self, method: str, path: str, **body: Any) -> httpx.Response | None:
        try:
            answer = self._client.request(method, f"http://127.0.0.1:{self._ports[0]}{path}", **body)
        except httpx.HTTPError as error:
            self._tally.count(f"no answer ({type(error).__name__})")
            return None
        refused = 400 <= answer.status_code < 500
        self._tally.count(f"{answer.status_code}{f' {method} {_route(path)}' if refused else ''}")
        if answer.status_code in AWAY:
            return None
        if answer.status_code >= 500:
            self._tally.tell(f"{method} {path}: {answer.status_code}")
            return None
        self.page = answer.text
        return answer

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()


def _work(page: str) -> dict[str, str]:
    """What a browser works out for the challenge of a page; nothing without one."""
    nonce, bits, token = (re.search(pattern, page) for pattern in CHALLENGE)
    if not (nonce and bits and token):
        return {}
    shift = 256 - int(bits[1])
    for work in count():
        digest = hashlib.sha256(f"{nonce[1]}:{work}".encode()).digest()
        if int.from_bytes(digest) >> shift == 0:
            return {"thu-thach": token[1], "viec": str(work)}
    raise AssertionError


def _route(path: str) -> str:
    return re.sub(r"\d+", "…", path.partition("?")[0])
