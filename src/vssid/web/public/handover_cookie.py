"""What one page hands to the next for a quarter of an hour, so no address names anybody: a signed cookie that
only this house reads, as it may hold a phone number or a code.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from vssid.infra import keys

LIFE = 15 * 60


def put(response: HttpResponse, name: str, value: dict[str, Any], *, scope: str = "public:start") -> None:
    """Let the next pages, those below the page `scope`, know `value` under `name`."""
    response.set_cookie(
        f"vssid-{name}",
        signing.dumps(_sealed(name, value), salt=_salt(name)),
        max_age=LIFE,
        path=reverse(scope),
        httponly=True,
        secure=settings.SECURE,
        samesite="Lax",
    )


def take(request: HttpRequest, name: str) -> dict[str, Any] | None:
    """What was put, or None when there is none, it is too old or was changed."""
    text = request.COOKIES.get(f"vssid-{name}")
    if not text:
        return None
    try:
        return _opened(name, signing.loads(text, salt=_salt(name), max_age=LIFE))
    except (signing.BadSignature, keys.CannotOpen, ValueError):
        return None


def secret_of(request: HttpRequest, name: str) -> str:
    """The secret (`once`) of what this browser asks for: what was handed on before, or that of the form, the
    same when it is sent twice.
    """
    before: str = (take(request, name) or {}).get("once", "")
    return before or request.POST.get("once", "")[:64] or fresh()


def fresh() -> str:
    """A secret for a form, or the asking that it begins."""
    return secrets.token_urlsafe(12)


def drop(response: HttpResponse, name: str, *, scope: str = "public:start") -> None:
    """Forget it."""
    response.delete_cookie(f"vssid-{name}", path=reverse(scope), samesite="Lax")


def _sealed(name: str, value: dict[str, Any]) -> str:
    plain = json.dumps(value).encode()
    return base64.urlsafe_b64encode(keys.seal(_secret(), plain, _salt(name).encode())).decode()


def _opened(name: str, sealed: Any) -> dict[str, Any]:
    """Raises CannotOpen, as for what an older version handed on."""
    if not isinstance(sealed, str):
        raise keys.CannotOpen
    plain = keys.unseal(_secret(), base64.urlsafe_b64decode(sealed), _salt(name).encode())
    value: dict[str, Any] = json.loads(plain)
    return value


def _secret() -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), b"passing", "sha256")


def _salt(name: str) -> str:
    return f"passing.{name}"
