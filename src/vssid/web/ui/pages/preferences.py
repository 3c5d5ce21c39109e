"""Choices of the visitor that every page offers: theme, language, text size. They work without JavaScript."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from .. import cookies, reading
from ..access import local_path, public
from ..caching import from_here
from ..context import SIZES, THEMES
from ..middleware import LANGUAGES


@public
@from_here
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """POST /giao-dien: light, dark, or as the device does."""
    chosen = request.POST.get("theme", "")
    return _remember(request, cookies.THEME, chosen if chosen in THEMES else "")


@public
@from_here
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """POST /ngon-ngu: vi or en; of who is signed in it is kept for every device, and for what is sent."""
    chosen = request.POST.get("lang", "")
    if chosen in LANGUAGES:
        reading.chose(request, chosen)
    return _remember(request, cookies.LANGUAGE, chosen if chosen in LANGUAGES else "")


@public
@from_here
@require_POST
def text_size(request: HttpRequest) -> HttpResponse:
    """POST /co-chu: large, larger, largest, or as the device does."""
    chosen = request.POST.get("size", "")
    return _remember(request, cookies.SIZE, chosen if chosen in SIZES else "")


def _remember(request: HttpRequest, name: str, value: str) -> HttpResponse:
    response = HttpResponseRedirect(local_path(request, request.POST.get("tiep")))
    cookies.set_preference(response, name, value)
    return response
