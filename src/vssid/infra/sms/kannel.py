"""Kannel over its HTTP interface (userguide 1.4.5, "SMS push" and "Delivery reports").

The message goes in the body and in headers, not in the query: addresses end up in logs. Kannel itself
writes texts at log level 1 and in its access log; run it with `log-level = 2` and no `access-log`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import httpx

from vssid.infra.delivery import Accepted, NotTaken, Unavailable, Unsure
from vssid.infra.delivery.posting import NEVER_LEFT, Answer, client, post
from vssid.infra.delivery.verdicts import KANNEL, judge, refusal
from vssid.infra.outside import require_no_transaction
from vssid.kernel.sms_text import is_gsm

from .gateway import Outcome, SmsOut

# 1 delivered, 2 failed, 4 buffered at the SMSC, 8 accepted by the SMSC, 16 rejected by the SMSC.
_DLR_ALL = 31
_OUTCOMES = {
    "1": Outcome.DELIVERED,
    "2": Outcome.FAILED,
    "4": Outcome.ACCEPTED,
    "8": Outcome.ACCEPTED,
    "16": Outcome.REJECTED,
}
RECEIPT_FIELD = "loai"
# What smsbox says to the right name and password where there is nobody to send to.
_NOBODY = 400


def outcome_of(dlr_type: str) -> Outcome | None:
    """What Kannel's `%d` means; None for a type we did not ask for."""
    return _OUTCOMES.get(dlr_type)


@dataclass(frozen=True)
class KannelGateway:
    """One smsbox."""

    url: str
    username: str
    password: str = field(repr=False)
    name: str = ""
    """Which one, where there are several; told with every answer and every error."""

    @cached_property
    def _client(self) -> httpx.Client:
        return client()

    def send(self, sms: SmsOut) -> Accepted:
        """Post to sendsms. 202 is accepted or queued; `verdicts.KANNEL` says what the rest means."""
        require_no_transaction("sms")
        answer = self._post(self._headers(sms), sms.text.encode())
        if answer.code in {200, 202}:
            said = answer.text.partition(": ")[2].partition(": ")[2].strip()[:64]
            return Accepted(provider_ref=said, provider=self.name)
        raise self._refusal(answer)

    def prove(self) -> None:
        """Name and password, without a message: a request to nobody. Raises as `send` does."""
        answer = self._post(self._credentials(), b"")
        if answer.code != _NOBODY:
            raise self._refusal(answer)

    def _refusal(self, answer: Answer) -> NotTaken:
        verdict = judge(KANNEL, answer.code, answer.text)
        return refusal(verdict, f"http_{answer.code}", provider=self.name)

    def _post(self, headers: dict[str, str], content: bytes) -> Answer:
        try:
            return post(self._client, self.url, headers=headers, content=content)
        except NEVER_LEFT as error:
            raise Unavailable("no_connection", provider=self.name) from error
        except httpx.HTTPError as error:
            raise Unsure("no_answer", provider=self.name) from error

    def _credentials(self) -> dict[str, str]:
        return {
            "Content-Type": "text/plain; charset=UTF-8",
            "X-Kannel-Username": self.username,
            "X-Kannel-Password": self.password,
        }

    def _headers(self, sms: SmsOut) -> dict[str, str]:
        headers = self._credentials() | {
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
