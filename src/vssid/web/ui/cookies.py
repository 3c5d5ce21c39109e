"""The cookies: session, file held, language, theme, text size; csrf is Django's. Flags are here only."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse

SESSION = "vssid-session"
# The registration this browser holds, under /dang-ky only (web/public/registration/file_cookie.py).
FILE = "vssid-draft"
LANGUAGE = "vssid-lang"
THEME = "vssid-theme"
SIZE = "vssid-size"
YEAR = 365 * 24 * 3600


def set_session(response: HttpResponse, token: str, *, at_work: bool = False) -> None:
    """Sign the browser in: at work (staff, HR people) until it closes, a person's own device for
    settings.DEVICE_IDLE.
    """
    age = None if at_work else int(settings.DEVICE_IDLE.total_seconds())
    response.set_cookie(SESSION, token, max_age=age, httponly=True, secure=settings.SECURE, samesite="Lax")


def clear_session(response: HttpResponse) -> None:
    """Sign the browser out and have it forget stored pages."""
    response.delete_cookie(SESSION, samesite="Lax")
    response["Clear-Site-Data"] = '"cache"'
    wipe_offline(response)


def keep_offline(response: HttpResponse) -> HttpResponse:
    """Let the service worker store this personal page for use without a network."""
    response["X-Offline"] = "keep"
    return response


def wipe_offline(response: HttpResponse) -> HttpResponse:
    """Have the service worker delete every stored personal page (sign-in page, signed out)."""
    response["X-Offline"] = "wipe"
    return response


def leave_offline(response: HttpResponse) -> HttpResponse:
    """Leave what is stored on the device as it is, whatever the view said."""
    response.headers.pop("X-Offline", None)
    return response


def set_preference(response: HttpResponse, name: str, value: str) -> None:
    """Keep a choice of language, theme or text size for a year; an empty value forgets it."""
    if value:
        response.set_cookie(name, value, max_age=YEAR, httponly=True, secure=settings.SECURE, samesite="Lax")
    else:
        response.delete_cookie(name, samesite="Lax")
