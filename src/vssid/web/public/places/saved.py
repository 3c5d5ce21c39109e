"""/tra-cuu/da-luu: places kept on the device. The server knows none of them and sends empty pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from vssid.web.ui.access import VisitRequest, public
from vssid.web.ui.caching import cacheable
from vssid.web.ui.context import frame

from ..frame import draw


@public
@cacheable
@require_safe
def saved(request: VisitRequest) -> HttpResponse:
    """GET /tra-cuu/da-luu."""
    return draw(request, "public/places/saved.html")


@public
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """GET /tra-cuu/da-luu/ngoai-tuyen: precached for use without a network, so it knows nobody."""
    known = {key: frame(request)[key] for key in ("brand", "lang")}
    page = render_to_string("public/places/saved_offline.html", known)
    return HttpResponse(page, headers={"Cache-Control": "no-cache"})
