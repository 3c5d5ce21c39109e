"""The browser a person signs in with: known from before, and how it is called in the list of devices."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from vssid.domain.accounts.actions import login_of
from vssid.web.ui.browser_marks import BrowserMarks
from vssid.web.ui.browser_name import name

__all__ = ["MARKS", "is_known", "name", "remember"]

MARKS = BrowserMarks("vssid-device")


def is_known(request: HttpRequest, login: str) -> bool:
    """Has this account signed in on this browser before?"""
    return MARKS.know(request, login_of(login))


def remember(request: HttpRequest, response: HttpResponse, login: str) -> None:
    """Note that this account signed in here."""
    MARKS.remember(request, response, login_of(login))
