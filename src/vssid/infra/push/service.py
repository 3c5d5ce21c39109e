"""Hand one message to a push service (RFC 8030)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache

import httpx

from vssid.infra.delivery import Accepted, Gone, NotTaken, Refused, Unavailable, Unsure

from .addresses import is_allowed
from .encryption import encrypt
from .vapid import Vapid

_TIMEOUT = httpx.Timeout(10.0, connect=5.0)
# Raised before a byte of the request has left, so nothing was sent.
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
LONGEST_WAIT = timedelta(days=1)
# A clock that is wrong, too many at once: not the message's fault. 403 is: the browser subscribed for another
# key, and subscribes for the present one at its next visit.
_OUR_FAULT = frozenset({401, 408, 425, 429})


@dataclass(frozen=True, slots=True)
class PushOut:
    """One message to one browser. The address is a secret: who knows it may send to it."""

    endpoint: str = field(repr=False)
    p256dh: bytes = field(repr=False)
    auth: bytes = field(repr=False)
    payload: bytes = field(repr=False)
    topic: str
    """At most 32 characters of base64url: a copy sent again replaces the one that still waits."""
    valid_for: timedelta


@dataclass(frozen=True)
class PushService:
    """Every push service, under one key."""

    vapid: Vapid

    def send(self, push: PushOut) -> Accepted:
        """Encrypt and post. Takes at most some 20 s. Raises Gone, Refused, Unavailable or Unsure."""
        if not is_allowed(push.endpoint):
            raise Refused("address")
        try:
            body = encrypt(push.payload, push.p256dh, push.auth)
        except ValueError:
            raise Refused("keys") from None
        try:
            answer = _client().post(push.endpoint, headers=self._headers(push), content=body)
        except _NEVER_LEFT as error:
            raise Unavailable("no_connection") from error
        except httpx.HTTPError as error:
            raise Unsure("no_answer") from error
        if answer.status_code in {200, 201, 202, 204}:
            return Accepted(provider_ref="", receipts=False)
        raise _refusal(answer)

    def _headers(self, push: PushOut) -> dict[str, str]:
        return {
            "Authorization": self.vapid.authorization(push.endpoint, datetime.now(UTC)),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(max(0, int(push.valid_for.total_seconds()))),
            "Topic": push.topic,
            "Urgency": "normal",
        }


@lru_cache(maxsize=1)
def _client() -> httpx.Client:
    return httpx.Client(
        timeout=_TIMEOUT,
        limits=httpx.Limits(max_keepalive_connections=0),
        trust_env=False,
        follow_redirects=False,
    )


def _refusal(answer: httpx.Response) -> NotTaken:
    code = answer.status_code
    if code in {404, 410}:
        return Gone(f"http_{code}")
    if code in _OUR_FAULT or code >= 500:
        return Unavailable(f"http_{code}", retry_after=retry_after(answer.headers.get("Retry-After", "")))
    # A redirect too: where it leads is not the address that was looked at.
    return Refused(f"http_{code}")


def retry_after(header: str) -> timedelta | None:
    """How long a Retry-After asks us to wait, at most a day; None when it says nothing readable."""
    if header.isascii() and header.isdigit():
        return timedelta(seconds=min(int(header[:9]), LONGEST_WAIT.total_seconds()))
    try:
        until = parsedate_to_datetime(header)
    except ValueError:
        return None
    wait = until.astimezone(UTC) - datetime.now(UTC)
    return min(max(wait, timedelta(0)), LONGEST_WAIT)
