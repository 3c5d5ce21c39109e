"""Where to go after a sign-in, and by what the browser is known until then."""

from __future__ import annotations

import re
import secrets
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from vssid.domain.accounts.actions import SignedIn
from vssid.domain.accounts.factors import vouching
from vssid.domain.accounts.sign_in import sessions

from .. import cookies, reading
from ..access import VisitRequest, local_path
from .door import Door

STEP, WORD = "vssid-buoc-hai", "vssid-xac-nhan"
SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


def next_page(request: VisitRequest, door: Door) -> str:
    """The wanted page of the door, or the one whose button found the session ended."""
    wanted = request.POST.get("tiep") or request.GET.get("tiep") or _came_from(request)
    home = door.address(door.home)
    path = local_path(request, wanted, home)
    return path if path == home or door.inside(path) else home


def _came_from(request: VisitRequest) -> str:
    """The page of this site the browser says it comes from, or nothing."""
    try:
        page = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    return page.path if page.netloc == request.get_host() else ""


def to_second_step(request: VisitRequest, door: Door, secret: str) -> HttpResponse:
    """To the page of the second step, for this browser alone."""
    response = HttpResponseRedirect(door.address("second_step", {"tiep": next_page(request, door)}))
    _set_step(response, door, secret, seconds=int(settings.CHALLENGE_LIFE.total_seconds()))
    return response


def _set_step(response: HttpResponse, door: Door, secret: str, *, seconds: int) -> None:
    _set(response, door, STEP, secret, seconds=seconds)


def set_word(response: HttpResponse, door: Door, secret: str) -> None:
    """Know the browser again in which another's word was asked for."""
    _set(response, door, WORD, secret, seconds=int(vouching.LIFE.total_seconds()))


def _set(response: HttpResponse, door: Door, name: str, secret: str, *, seconds: int) -> None:
    response.set_cookie(
        name,
        secret,
        max_age=seconds,
        path=door.address("sign_in"),
        httponly=True,
        secure=settings.SECURE,
        samesite="Lax",
    )


def new_secret() -> str:
    """A secret by which a browser is known between the two steps."""
    return secrets.token_urlsafe(32)


def step_of(request: HttpRequest) -> str:
    """The secret of this browser between the steps; empty when it has none that could be ours."""
    return _secret(request, STEP)


def word_of(request: HttpRequest) -> str:
    """The secret of the browser in which another's word was asked for; empty as `step_of`."""
    return _secret(request, WORD)


def _secret(request: HttpRequest, name: str) -> str:
    given = request.COOKIES.get(name, "")
    return given if SECRET.fullmatch(given) else ""


def let_in(request: VisitRequest, door: Door, signed_in: SignedIn, *, login: str = "") -> HttpResponse:
    """Open the door with a session that begins; the one before in this browser ends.

    `login`: whose second factor was proved; the browser is known to the member from now on.
    """
    if request.session_view is not None:
        sessions.end(request.session_view.person_id, request.session_view.session_id)
    response = HttpResponseRedirect(next_page(request, door))
    cookies.set_session(response, signed_in.token, at_work=True)
    reading.settle(request, response, signed_in.person_id)
    _set_step(response, door, "", seconds=0)
    if login:
        door.marks.remember(request, response, login)
    return response
