"""Web Push: encryption (RFC 8291), proof of who sends (RFC 8292), and the push services we talk to."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from .addresses import is_allowed
from .service import PushOut, PushService
from .vapid import Vapid, new_key_text

__all__ = [
    "PushOut",
    "PushService",
    "is_allowed",
    "is_offered",
    "new_key_text",
    "public_key",
    "service",
    "signs",
]


def is_offered() -> bool:
    """Has this installation a key of its own? Without one no device can subscribe."""
    return bool(settings.VAPID_KEY)


def public_key() -> str:
    """The key that a browser subscribes for: base64url of the uncompressed point."""
    return _vapid(settings.VAPID_KEY, settings.VAPID_SUBJECT).public_text


def signs() -> bool:
    """Can the key of settings sign what its own public key proves?"""
    try:
        return _vapid(settings.VAPID_KEY, settings.VAPID_SUBJECT).proves_itself()
    except ValueError:
        return False


def service() -> PushService:
    """The way to the push services, under this installation's key."""
    return PushService(_vapid(settings.VAPID_KEY, settings.VAPID_SUBJECT))


@lru_cache(maxsize=4)
def _vapid(key: str, subject: str) -> Vapid:
    return Vapid.read(key, subject)
