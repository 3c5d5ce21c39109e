"""The browser a person signs in with: known from before, and how it is called in the list of devices."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from vssid.domain.accounts.actions import login_of
from vssid.web.ui.browser_marks import BrowserMarks

MARKS = BrowserMarks("vssid-device")


def is_known(request: HttpRequest, login: str) -> bool:
    """Has this account signed in on this browser before?"""
    return MARKS.know(request, login_of(login))


def remember(request: HttpRequest, response: HttpResponse, login: str) -> None:
    """Note that this account signed in here."""
    MARKS.remember(request, response, login_of(login))


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
    labels = [next((label for sign, label in table if sign in agent), "") for table in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, labels)) or _("Không xác định thiết bị")
