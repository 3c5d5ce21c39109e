"""The cookie that holds a draft or a sent file: the right to open it, in this browser."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from vssid.domain.registration.draft import drafts, holders
from vssid.domain.registration.draft.drafts import DraftView
from vssid.web.ui import cookies

COOKIE = cookies.FILE
LIFE = 31 * 24 * 3600


def draft_of(request: HttpRequest) -> DraftView | None:
    """The draft this browser holds, or None."""
    token = request.COOKIES.get(COOKIE)
    return drafts.view(token) if token else None


def subject_of(request: HttpRequest) -> int | None:
    """The draft or application this browser may open, or None."""
    token = request.COOKIES.get(COOKIE)
    hold = holders.resolve(token) if token else None
    return hold.subject_id if hold else None


def keep(response: HttpResponse, token: str) -> None:
    """Hold the draft behind the token from now on."""
    response.set_cookie(
        COOKIE, token, max_age=LIFE, path=path(), httponly=True, secure=settings.SECURE, samesite="Lax"
    )


def forget(response: HttpResponse) -> None:
    """Hold nothing any more."""
    response.delete_cookie(COOKIE, path=path(), samesite="Lax")


def path() -> str:
    """The pages of the registration, which alone are sent the cookie."""
    return reverse("public:start")
