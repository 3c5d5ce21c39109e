"""What the scripts of pages say of passkeys, and how a browser is known from the question to the answer."""

from __future__ import annotations

import json
import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException

from vssid.domain.verification.errors import WrongProof

COOKIE = "vssid-passkey"
SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
NUL = r"\u0000"  # as JSON writes it


def asking(options: str, secret: str) -> HttpResponse:
    """The question, bound to this browser."""
    response = HttpResponse(options, content_type="application/json")
    response.set_cookie(
        COOKIE,
        secret,
        max_age=int(settings.CHALLENGE_LIFE.total_seconds()),
        httponly=True,
        secure=settings.SECURE,
        samesite="Strict",
    )
    return response


def browser(request: HttpRequest) -> str:
    """The browser that was asked. Raises WrongProof for one that was not."""
    given = request.COOKIES.get(COOKIE, "")
    if not SECRET.fullmatch(given):
        raise WrongProof
    return given


def body(request: HttpRequest) -> dict[str, Any]:
    """What the script of the page sent. Raises WrongProof for what no script of ours sends: a form, lists
    nested without end, text that cannot be stored.
    """
    try:
        said = json.loads(request.body)
        text = json.dumps(said, ensure_ascii=False)
        text.encode()
    except (ValueError, RecursionError, RawPostDataException):
        raise WrongProof from None
    if not isinstance(said, dict) or NUL in text:
        raise WrongProof
    return said
