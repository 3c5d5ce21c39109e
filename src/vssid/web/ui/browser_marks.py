"""What a browser is known by from before: keyed marks in a cookie, no name and no number."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

YEAR = 365 * 24 * 3600
MOST = 5


@dataclass(frozen=True, slots=True)
class BrowserMarks:
    """The marks in one cookie, whose name is their salt too; the newest first, five at most, for a year."""

    cookie: str

    def know(self, request: HttpRequest, value: str) -> bool:
        """Was this value remembered in this browser?"""
        mark = self._mark(value)
        return any(hmac.compare_digest(mark, known) for known in self._known(request))

    def remember(self, request: HttpRequest, response: HttpResponse, value: str) -> None:
        """Add the mark of a value to the cookie."""
        mark = self._mark(value)
        marks = [mark, *(known for known in self._known(request) if known != mark)][:MOST]
        response.set_cookie(
            self.cookie,
            signing.dumps(marks, salt=self.cookie),
            max_age=YEAR,
            httponly=True,
            secure=settings.SECURE,
            samesite="Lax",
        )

    def _known(self, request: HttpRequest) -> list[str]:
        try:
            marks = signing.loads(request.COOKIES.get(self.cookie, ""), salt=self.cookie, max_age=YEAR)
        except signing.BadSignature:
            return []
        return [str(mark) for mark in marks]

    def _mark(self, value: str) -> str:
        return salted_hmac(self.cookie, value, algorithm="sha256").hexdigest()[:32]
