"""Hand one message to a push service (RFC 8030)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from urllib.parse import urlsplit

import httpx

from vssid.infra.delivery import Accepted, Gone, NotTaken, OurFault, Refused, Unavailable, Unsure
from vssid.infra.delivery.posting import NEVER_LEFT, Answer, client, post
from vssid.infra.delivery.verdicts import PUSH, judge, refusal
from vssid.infra.outside import require_no_transaction

from .addresses import is_allowed
from .encryption import MOST, encrypt
from .vapid import Vapid

LONGEST_WAIT = timedelta(days=1)


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
        """Encrypt and post, in at most some 25 s. Raises as `verdicts.PUSH` says, Unavailable or Unsure."""
        require_no_transaction("push")
        provider = urlsplit(push.endpoint).hostname or ""
        if not is_allowed(push.endpoint):  # it was when the browser subscribed
            raise OurFault("not_allowed", provider=provider)
        if len(push.payload) > MOST:
            raise Refused("too_long", provider=provider)
        try:
            body = encrypt(push.payload, push.p256dh, push.auth)
        except ValueError:
            raise Gone("keys", provider=provider) from None
        try:
            answer = post(_client(), push.endpoint, headers=self._headers(push), content=body)
        except NEVER_LEFT as error:
            raise Unavailable("no_connection", provider=provider) from error
        except httpx.HTTPError as error:
            raise Unsure("no_answer", provider=provider) from error
        if answer.code in {200, 201, 202, 204}:
            return Accepted(provider_ref="", receipts=False, provider=provider)
        raise _refusal(answer, provider)

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
    return client()


def _refusal(answer: Answer, provider: str) -> NotTaken:
    fault = judge(PUSH, answer.code, answer.text)
    wait = retry_after(answer.headers.get("Retry-After", ""))
    return refusal(fault, f"http_{answer.code}", provider=provider, retry_after=wait)


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
