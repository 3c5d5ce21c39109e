"""One request to a provider: a limit for each step, one for the whole, and one for the size of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from .deadline import Deadline

# For each step, and for all of them once the connection stands; both within the lease of an attempt.
STEPS = httpx.Timeout(10.0, connect=5.0)
WHOLE_SECONDS = 20.0
MOST_BYTES = 16_384
# Raised before a byte of the request has left, so nothing was sent.
NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider said; of a long text the beginning."""

    code: int
    text: str
    headers: Mapping[str, str]


def client() -> httpx.Client:
    """A connection each: an idle one that the provider closes just then would make outcomes unsure."""
    return httpx.Client(
        timeout=STEPS,
        limits=httpx.Limits(max_keepalive_connections=0),
        trust_env=False,
        follow_redirects=False,
    )


def post(by: httpx.Client, url: str, *, headers: Mapping[str, str], content: bytes) -> Answer:
    """Send and read the answer. Raises httpx.HTTPError, also when the whole takes too long."""
    with Deadline(WHOLE_SECONDS) as deadline:

        def trace(event: str, facts: Mapping[str, object]) -> None:
            if event == "connection.connect_tcp.complete":
                deadline.watch(facts["return_value"].get_extra_info("socket"))  # type: ignore[attr-defined]

        # Packed, a short answer could be a long one.
        plain = {"Accept-Encoding": "identity", **headers}
        with by.stream("POST", url, headers=plain, content=content, extensions={"trace": trace}) as answer:
            return Answer(answer.status_code, _beginning(answer), answer.headers)


def _beginning(answer: httpx.Response) -> str:
    read = b""
    for piece in answer.iter_bytes():
        read += piece
        if len(read) >= MOST_BYTES:
            break
    return read[:MOST_BYTES].decode("utf-8", errors="replace")
