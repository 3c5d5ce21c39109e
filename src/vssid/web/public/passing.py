"""What one page hands to the next for a quarter of an hour: a signed cookie, so no address names anybody."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

PATH = "/dang-ky"
LIFE = 15 * 60


def hand_on(response: HttpResponse, name: str, value: dict[str, Any], *, path: str = PATH) -> None:
    """Let the next pages know `value` under `name`."""
    response.set_cookie(
        f"vssid-{name}",
        signing.dumps(value, salt=f"passing.{name}"),
        max_age=LIFE,
        path=path,
        httponly=True,
        secure=settings.SECURE,
        samesite="Lax",
    )


def take(request: HttpRequest, name: str) -> dict[str, Any] | None:
    """What was handed on, or None when there is none, it is too old or was changed."""
    text = request.COOKIES.get(f"vssid-{name}")
    if not text:
        return None
    try:
        value: dict[str, Any] = signing.loads(text, salt=f"passing.{name}", max_age=LIFE)
    except signing.BadSignature:
        return None
    return value


def drop(response: HttpResponse, name: str, *, path: str = PATH) -> None:
    """Hand it on no further."""
    response.delete_cookie(f"vssid-{name}", path=path, samesite="Lax")
