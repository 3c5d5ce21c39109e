"""Where a request comes from."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """The client's address, for limits only: never written to a log.

    With `settings.TRUSTED_PROXIES` = n the n-th entry from the right of X-Forwarded-For, the one our
    outermost proxy wrote; what stands left of it anyone can make up.
    """
    direct = str(request.META.get("REMOTE_ADDR", ""))
    proxies: int = settings.TRUSTED_PROXIES
    if proxies <= 0:
        return direct
    chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    return chain[-proxies] if len(chain) >= proxies else direct
