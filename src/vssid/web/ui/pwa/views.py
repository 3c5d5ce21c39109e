"""The installable app: manifest, service worker, the page shown without a network."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template, render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vssid.domain.support.help import faq

from ..access import public
from ..context import BRAND, frame

SHELL = (
    "ui/tokens.css",
    "ui/base.css",
    "ui/components.css",
    "ui/print.css",
    "ui/js/app.js",
    "ui/js/age.js",
    "ui/js/bars.js",
    "ui/js/install.js",
    "ui/js/worker.js",
    "ui/js/whose.js",
    "ui/js/bell.js",
    "ui/js/push.js",
    "ui/icons/icon.svg",
    "ui/icons/icon-192.png",
    "citizen/citizen.css",
    "citizen/family.css",
    "citizen/wallet.css",
    "citizen/awake.js",
    "citizen/card_use.css",
    "citizen/card_use.js",
    "citizen/notices.css",
    "citizen/notices.js",
    "citizen/offer.js",
    "public/help.css",
    "public/faq.js",
    "public/public.css",
    "public/saved.js",
    "ui/js/shelf.js",
)
# The pages that lie ready on every device, and those that its service worker names.
READY = ("ui:offline", "public:help_book", "public:saved_offline")
NAMED = {
    "offline": "ui:offline",
    "help_book": "public:help_book",
    "saved_offline": "public:saved_offline",
    "help": "public:help",
    "guides": "public:guides",
    "saved": "public:saved",
    "notices": "citizen:notices",
    "push_device": "citizen:push_device",
    "on_site": "officer:on_site",
}
SIGN_OUTS = ("citizen:sign_out", "officer:sign_out")
NO_ID = UUID(int=0)  # stands in the address of a notice until its id is known


@public
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """GET /manifest.webmanifest"""
    icons = [
        {"src": static(f"ui/icons/{name}.png"), "sizes": size, "type": "image/png", "purpose": purpose}
        for name, size, purpose in (
            ("icon-192", "192x192", "any"),
            ("icon-512", "512x512", "any"),
            ("maskable-512", "512x512", "maskable"),
        )
    ]
    home = reverse("citizen:home")
    body = {
        "id": home,
        "name": _("VssID mở: BHXH của tôi"),
        "short_name": str(BRAND),
        "description": _("Thẻ bảo hiểm y tế và quá trình tham gia của bạn, mở được cả khi không có mạng."),
        "lang": "vi",
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "background_color": "#f2f5f8",
        "theme_color": "#0b57a4",
        "icons": icons,
        "shortcuts": [
            {"name": _("Thẻ BHYT"), "url": reverse("citizen:card")},
            {"name": _("Quá trình tham gia"), "url": reverse("citizen:participation")},
        ],
    }
    response = HttpResponse(json.dumps(body, ensure_ascii=False), content_type="application/manifest+json")
    response["Cache-Control"] = "public, max-age=3600"
    return response


@public
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """GET /sw.js, for the whole site. Changes when a file of the shell does."""
    response = HttpResponse(_worker_source(), content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = reverse("citizen:home")
    response["Cache-Control"] = "no-cache"
    return response


def _named() -> dict[str, str]:
    """The addresses that the service worker knows."""
    return {
        **{name: reverse(page) for name, page in NAMED.items()},
        "notice": reverse("citizen:notice", args=[NO_ID]),
        "notice_read": reverse("citizen:notice_read", args=[NO_ID]),
        "sign_outs": json.dumps([reverse(page) for page in SIGN_OUTS]),
    }


@lru_cache(maxsize=1)
def _worker_source() -> str:
    urls = [*(static(name) for name in SHELL), *map(reverse, READY)]
    named = _named()
    template = "ui/pwa/sw.js"
    sources = [get_template(name).template.source for name in (template, "ui/pwa/sw_push.js")]  # type: ignore[attr-defined]
    # In one language: processes that were first asked in different ones must still serve one version.
    with translation.override("vi"):
        page = render_to_string("ui/pwa/offline.html")
        saved = render_to_string("public/places/saved_offline.html")
    book = str(get_template("public/help/offline_book.html").template.source) + faq.edition()  # type: ignore[attr-defined]
    version = hashlib.sha256(
        "\n".join([*sources, page, book, saved, *urls, *named.values()]).encode()
    ).hexdigest()[:12]
    context = {
        "version": version,
        "precache": json.dumps(urls),
        "static_url": settings.STATIC_URL,
        "icon": static("ui/icons/icon-192.png"),
        **named,
    }
    # JavaScript, not HTML: the values are our own and hold neither quotes nor tags.
    return render_to_string(template, {key: mark_safe(value) for key, value in context.items()})  # noqa: S308


@public
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """GET /ngoai-tuyen: precached, so it knows nobody: the same bytes for every visitor."""
    known = {key: frame(request)[key] for key in ("brand", "hotline", "hotline_tel", "lang")}
    response = HttpResponse(render_to_string("ui/pwa/offline.html", known))
    response["Cache-Control"] = "no-cache"
    return response
