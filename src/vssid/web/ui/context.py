"""What every page knows. Reads the request only, never the database, so error pages can use it too."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from vssid.domain.support.help import guides

from . import cookies
from .pages import copy_notice
from .pwa import device_owner

HOTLINE = "1900 9068"
BRAND = _("BHXH của tôi")
# Who provides the service, unless the setting VSSID_AUTHORITY names another.
AUTHORITY = _("Bảo hiểm xã hội Việt Nam")
THEMES = frozenset({"light", "dark"})
# Steps above the device's own text size; static/ui/tokens.css says how large they are.
SIZES = ("large", "larger", "largest")

# The bottom bar: (page, label, icon, pages that belong to it with all below them). The first is the wallet of
# who is signed in, and for a stranger where one begins.
START = pgettext_lazy("to begin", "Bắt đầu")
NAV: tuple[tuple[str, str | Promise, str, tuple[str, ...]], ...] = (
    (
        "citizen:home",
        _("Thẻ của tôi"),
        "card",
        (
            *("citizen:card", "citizen:participation", "citizen:benefits", "citizen:visits"),
            *("citizen:own_data", "citizen:family", "citizen:trusted", "citizen:personal"),
            *("citizen:account", "citizen:change_password", "citizen:notices", "citizen:devices"),
        ),
    ),
    ("public:services", _("Dịch vụ công"), "doc", ("public:services",)),
    ("public:look_ups", _("Tra cứu"), "find", ("public:look_ups",)),
    ("public:help", _("Trợ giúp"), "help", ("public:help", "public:install")),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Variables of ui/base.html and the frames under it."""
    theme = request.COOKIES.get(cookies.THEME, "")
    size = request.COOKIES.get(cookies.SIZE, "")
    session = getattr(request, "session_view", None)
    return {
        "lang": get_language() or "vi",
        "theme": theme if theme in THEMES else "",
        "size": size if size in SIZES else "",
        "brand": BRAND,
        "demo": settings.DEMO,
        "copied": copy_notice.is_copy(),
        "authority": settings.AUTHORITY or AUTHORITY,
        "fresh_days": settings.RECORD_FRESH_DAYS,
        "here": request.get_full_path() if request.method == "GET" else request.path,
        "section": section(request.path),
        "guide_slug": _guide(request),
        "hotline": HOTLINE,
        "hotline_tel": HOTLINE.replace(" ", ""),
        "signed_in": session is not None and session.is_ready,
        "staff": session is not None and session.kind == "staff",
        "at_employer": session is not None and session.kind == "employer",
        "display_name": session.display_name if session else "",
        "device_mark": "" if (mark := device_owner.mark(request)) == device_owner.NOBODY else mark,
        "device_ask": device_owner.address(request.path),
    }


def _guide(request: HttpRequest) -> str:
    """The guide of the screen, or empty."""
    match = request.resolver_match
    return guides.slug_of(match.view_name) if match else ""


def section(path: str) -> str:
    """The address in the bottom bar that a page belongs to, or empty."""
    for address, beginnings in _sections():
        if path == address or path.startswith(beginnings):
            return address
    return ""


@lru_cache(maxsize=1)
def _sections() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each entry's address, and how the addresses of its pages begin; a child's belong to the wallet."""
    child = reverse("citizen:child_home", args=[UUID(int=0)]).removesuffix(str(UUID(int=0)))
    first, *others = [(reverse(page), tuple(map(reverse, pages))) for page, _label, _icon, pages in NAV]
    return ((first[0], (*first[1], child)), *others)
