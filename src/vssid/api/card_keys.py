"""The public keys of signed cards, for the desks that verify them (docs/card-credential.md).

Two addresses that never change. Desks ask once a day and keep the answer; a new key is listed days before it
signs, so an hour in a cache does no harm.
"""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from vssid.domain.cards import key_list, signing

PATH = ".well-known/the-bhyt-khoa"


@require_safe
def as_jwks(request: HttpRequest) -> HttpResponse:
    """GET /.well-known/the-bhyt-khoa.json: JWKS with status and time of each key."""
    keys = signing.published(now=timezone.now())
    return _cacheable(request, key_list.to_jwks(keys).encode(), "application/jwk-set+json")


@require_safe
def as_cose(request: HttpRequest) -> HttpResponse:
    """GET /.well-known/the-bhyt-khoa.cbor: the keys alone as a COSE key set."""
    keys = signing.published(now=timezone.now())
    points = [key.point for key in keys.keys]
    return _cacheable(request, key_list.to_cose(points), "application/cose-key-set")


def _cacheable(request: HttpRequest, body: bytes, content_type: str) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type)
    response["ETag"] = etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    response["Cache-Control"] = "public, max-age=3600"
    response["Access-Control-Allow-Origin"] = "*"  # a verifier may be a page of another site
    answer: HttpResponseBase | None = get_conditional_response(request, etag=etag, response=response)
    assert isinstance(answer, HttpResponse)
    return answer


# Doors do not import each other, so the marks of web/ui/access.py are set by hand.
as_jwks.access = as_cose.access = "public"  # type: ignore[attr-defined]
