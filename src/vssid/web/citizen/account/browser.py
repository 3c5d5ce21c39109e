"""The browser a person signs in with: known from before, and how it is called in the list of devices."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from vssid.domain.accounts.actions import login_of

COOKIE = "vssid-device"
SALT = "vssid-device"
YEAR = 365 * 24 * 3600
MOST = 5


def is_known(request: HttpRequest, login: str) -> bool:
    """Has this account signed in on this browser before?"""
    mark = _mark(login)
    return any(hmac.compare_digest(mark, known) for known in _known(request))


def remember(request: HttpRequest, response: HttpResponse, login: str) -> None:
    """Note that this account signed in here. The cookie holds keyed marks, no name and no number."""
    mark = _mark(login)
    marks = [mark, *(known for known in _known(request) if known != mark)][:MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps(marks, salt=SALT),
        max_age=YEAR,
        httponly=True,
        secure=settings.SECURE,
        samesite="Lax",
    )


def _known(request: HttpRequest) -> list[str]:
    try:
        marks = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=YEAR)
    except signing.BadSignature:
        return []
    return [str(mark) for mark in marks]


def _mark(login: str) -> str:
    return salted_hmac(SALT, login_of(login), algorithm="sha256").hexdigest()[:32]


SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)
BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("coc_coc", "Cốc Cốc"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)  # fmt: skip


def name(request: HttpRequest) -> str:
    """A browser in words its owner knows: `Chrome · Android`."""
    agent = request.headers.get("User-Agent", "")
    found = [next((label for sign, label in table if sign in agent), "") for table in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, found)) or _("Không xác định thiết bị")
