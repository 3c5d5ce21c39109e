"""SMS gateways behind one protocol; `gateway()` is the one that settings choose."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from vssid.infra.delivery import Accepted, Gone, NotTaken, OurFault, Refused, Unavailable, Unsure

from .gateway import Gateway, Outcome, SmsOut
from .kannel import KannelGateway
from .log import LogGateway, demo_file

__all__ = [
    "Accepted",
    "Gateway",
    "Gone",
    "NotTaken",
    "OurFault",
    "Outcome",
    "Refused",
    "SmsOut",
    "Unavailable",
    "Unsure",
    "gateway",
]


@lru_cache(maxsize=4)
def _kannel(url: str, username: str, password: str) -> KannelGateway:
    return KannelGateway(url, username, password)


def gateway() -> Gateway:
    """The gateway of settings.SMS_GATEWAY (`log` or `kannel`)."""
    if settings.SMS_GATEWAY == "kannel":
        return _kannel(settings.KANNEL_SEND_URL, settings.KANNEL_USERNAME, settings.KANNEL_PASSWORD)
    return LogGateway(demo_file())
