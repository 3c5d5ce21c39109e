"""Pages that caches may keep: those of strangers who chose nothing, which are the same for all of them.

Such a page has no form token: its forms are taken by `from_here`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from .access import VisitRequest

P = ParamSpec("P")
View = Callable[Concatenate[VisitRequest, P], HttpResponse]
READS = frozenset({"GET", "HEAD"})
KEPT = "public, max-age=60"


def cacheable(view: View[P]) -> View[P]:
    """Let caches keep the page for a minute, and browsers ask whether it has changed (ETag).

    Not for a visitor with a cookie of ours, nor for a page that drew a form token: these stay with nobody.
    """

    @wraps(view)
    def wrapper(request: VisitRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if not _is_for_all(request, response):
            return response
        etag = f'W/"{sha256(response.content).hexdigest()[:32]}"'
        response["Cache-Control"], response["ETag"] = KEPT, etag
        return get_conditional_response(request, etag=etag, response=response) or response

    wrapper.is_cacheable = True  # type: ignore[attr-defined]
    return wrapper


def _is_for_all(request: HttpRequest, response: HttpResponse) -> bool:
    ours = [name for name in request.COOKIES if name.startswith("vssid-")]
    return (
        request.method in READS
        and response.status_code == 200
        and not set(ours) - {settings.CSRF_COOKIE_NAME}
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")  # get_token leaves it
        and not response.cookies
    )


def from_here(view: View[P]) -> View[P]:
    """Take a form without a token when the browser says that it was sent by a page of this site.

    A browser that says nothing, or another site, needs a token; no page of another site can forge what
    the browser says (Sec-Fetch-Site, Origin).
    """
    checked = csrf_protect(view)

    @wraps(view)
    def wrapper(request: VisitRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        trusted = request.method in READS or _is_from_here(request)
        return (view if trusted else checked)(request, *args, **kwargs)

    return csrf_exempt(wrapper)


def _is_from_here(request: HttpRequest) -> bool:
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
