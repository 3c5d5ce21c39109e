"""/cai-dat-ung-dung: the app on the home screen, inviting others, and telling the real one from fakes."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from vssid.infra.documents.qr import qr_svg
from vssid.web.ui.access import VisitRequest, public

from ..frame import draw
from . import guides


@public
@require_safe
def install(request: VisitRequest) -> HttpResponse:
    """GET /cai-dat-ung-dung: the guide for this device first, all of them readable."""
    agent = request.headers.get("User-Agent", "")
    return draw(
        request,
        "public/install/install.html",
        guides=guides.for_device(agent),
        inside_app=guides.is_inside_app(agent),
        address=settings.BASE_URL,
        host=urlsplit(settings.BASE_URL).netloc,
        qr=_qr(settings.BASE_URL),
    )


@lru_cache(maxsize=4)
def _qr(address: str) -> SafeString:
    """The code of the site's own address, the same for everybody."""
    return mark_safe(qr_svg(f"{address}/"))  # noqa: S308 - drawn by us from dots
