"""SMS gateways behind one protocol; `routes()` are those that settings name, `gateway()` the single one."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from vssid.infra.delivery import Accepted, Gone, NotTaken, OurFault, Refused, Unavailable, Unsure

from .gateway import Gateway, Outcome, SmsOut
from .kannel import KannelGateway
from .log import LogGateway, demo_file
from .routes import Route, listed

__all__ = [
    "Accepted",
    "Gateway",
    "Gone",
    "NotTaken",
    "OurFault",
    "Outcome",
    "Refused",
    "Route",
    "SmsOut",
    "Unavailable",
    "Unsure",
    "gateway",
    "routes",
]


@lru_cache(maxsize=16)
def _kannel(url: str, username: str, password: str, name: str = "") -> KannelGateway:
    return KannelGateway(url, username, password, name)


def gateway() -> Gateway:
    """The gateway of settings.SMS_GATEWAY (`log` or `kannel`)."""
    if settings.SMS_GATEWAY == "kannel":
        return _kannel(settings.KANNEL_SEND_URL, settings.KANNEL_USERNAME, settings.KANNEL_PASSWORD)
    return LogGateway(demo_file())


def routes() -> dict[str, Route]:
    """Every gateway by name: those of settings.SMS_GATEWAYS, else the single one under its kind."""
    return listed(lambda: gateway(), _named)


def _named(name: str) -> Gateway:
    table = settings.SMS_GATEWAYS[name]
    return _kannel(table["send_url"], table["username"], table["password"], name)
