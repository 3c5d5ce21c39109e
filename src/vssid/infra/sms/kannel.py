"""Kannel over its HTTP interface (userguide 1.4.5, "SMS push" and "Delivery reports").

The message goes in the body and in headers, not in the query: addresses end up in logs. Kannel itself
writes texts at log level 1 and in its access log; run it with `log-level = 2` and no `access-log`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import httpx

from vssid.infra.delivery import Accepted, Refused, Unavailable, Unsure
from vssid.kernel.sms_text import is_gsm

from .gateway import Outcome, SmsOut

# 1 delivered, 2 failed, 4 buffered at the SMSC, 8 accepted by the SMSC, 16 rejected by the SMSC.
_DLR_ALL = 31
_OUTCOMES = {
    "1": Outcome.DELIVERED,
    "2": Outcome.FAILED,
    "4": Outcome.ACCEPTED,
    "8": Outcome.ACCEPTED,
    "16": Outcome.FAILED,
}
RECEIPT_FIELD = "loai"
_TIMEOUT = httpx.Timeout(10.0, connect=5.0)
# Raised before a byte of the request has left, so nothing was sent.
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


def outcome_of(dlr_type: str) -> Outcome | None:
    """What Kannel's `%d` means; None for a type we did not ask for."""
    return _OUTCOMES.get(dlr_type)


@dataclass(frozen=True)
class KannelGateway:
    """One smsbox."""

    url: str
    username: str
    password: str = field(repr=False)

    @cached_property
    def _client(self) -> httpx.Client:
        # A connection each: an idle one that smsbox closes just then would make outcomes unsure.
        return httpx.Client(
            timeout=_TIMEOUT,
            limits=httpx.Limits(max_keepalive_connections=0),
            trust_env=False,
            follow_redirects=False,
        )

    def send(self, sms: SmsOut) -> Accepted:
        """Post to sendsms. 202 is accepted or queued; see `_refuse` for the rest."""
        try:
            answer = self._client.post(self.url, headers=self._headers(sms), content=sms.text.encode())
        except _NEVER_LEFT as error:
            raise Unavailable("no_connection") from error
        except httpx.HTTPError as error:
            raise Unsure("no_answer") from error
        if answer.status_code in {200, 202}:
            return Accepted(provider_ref=answer.text.partition(": ")[2].partition(": ")[2].strip()[:64])
        raise _refusal(answer)

    def _headers(self, sms: SmsOut) -> dict[str, str]:
        headers = {
            "Content-Type": "text/plain; charset=UTF-8",
            "X-Kannel-Username": self.username,
            "X-Kannel-Password": self.password,
            "X-Kannel-From": sms.sender,
            "X-Kannel-To": sms.to.reveal(),
            "X-Kannel-Coding": "0" if is_gsm(sms.text) else "2",
            "X-Kannel-Charset": "UTF-8",
            "X-Kannel-DLR-Mask": str(_DLR_ALL),
            "X-Kannel-DLR-Url": f"{sms.receipt_url}?{RECEIPT_FIELD}=%d",
        }
        if sms.valid_for is not None:
            headers["X-Kannel-Validity"] = str(max(1, round(sms.valid_for.total_seconds() / 60)))
        return headers


def _refusal(answer: httpx.Response) -> Refused | Unavailable | Unsure:
    """Which of the three an answer means. Our own wrong password is not the message's fault: try later."""
    code = answer.status_code
    if code in {401, 404, 429, 503} or (code == 403 and "authorization" in answer.text.lower()):
        return Unavailable(f"http_{code}")
    if 400 <= code < 500:
        return Refused(f"http_{code}")
    # A proxy's 500, 502 or 504 may stand before a smsbox that took the message.
    return Unsure(f"http_{code}")
