"""Which push addresses we call. A browser names the address, so it must not lead our server just anywhere."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.conf import settings

LONGEST = 1000
_PLAIN = re.compile(r"[!-~]+")
LOOPBACK = frozenset({"127.0.0.1", "localhost"})


def is_allowed(endpoint: str) -> bool:
    """https at a push service of settings.PUSH_HOSTS, on its usual port; a name with a leading dot stands
    for everything below it. settings.PUSH_LOOPBACK adds this machine, for tests and demo.
    """
    if len(endpoint) > LONGEST or not _PLAIN.fullmatch(endpoint) or "\\" in endpoint:
        return False
    try:
        parts = urlsplit(endpoint)
        host, port = (parts.hostname or ""), parts.port
    except ValueError:
        return False
    if "@" in parts.netloc or parts.fragment:
        return False
    if settings.PUSH_LOOPBACK and host in LOOPBACK and parts.scheme == "http":
        return True
    return parts.scheme == "https" and port in {None, 443} and _is_push_service(host)


def _is_push_service(host: str) -> bool:
    return any(
        host.endswith(known) and len(host) > len(known) if known.startswith(".") else host == known
        for known in settings.PUSH_HOSTS
    )
