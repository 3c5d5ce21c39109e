"""The phones that were proved in this browser: codes to them count apart from what strangers ask."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from vssid.domain.verification.proofs import Address
from vssid.kernel.ids import Phone
from vssid.web.ui import client

COOKIE = SALT = "vssid-phones"
YEAR = 365 * 24 * 3600
MOST = 5


def address(request: HttpRequest, phone: Phone) -> Address:
    """Where the request comes from, as limits count it for a code to this phone."""
    found, mark = client.address(request), _mark(phone)
    is_known = any(hmac.compare_digest(mark, known) for known in _known(request))
    return found.known_by(phone.reveal()) if is_known else found


def remember(request: HttpRequest, response: HttpResponse, phone: Phone) -> None:
    """Note that this phone was proved here. The cookie holds keyed marks, no number."""
    mark = _mark(phone)
    marks = [mark, *(known for known in _known(request) if known != mark)][:MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps(marks, salt=SALT),
        max_age=YEAR,
        httponly=True,
        secure=settings.SECURE,
        samesite="Lax",
    )


def _known(request: HttpRequest) -> list[str]:
    try:
        marks = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=YEAR)
    except signing.BadSignature:
        return []
    return [str(mark) for mark in marks]


def _mark(phone: Phone) -> str:
    return salted_hmac(SALT, phone.reveal(), algorithm="sha256").hexdigest()[:32]
