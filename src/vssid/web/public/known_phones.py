"""The phones that were proved in this browser: codes to them count apart from what strangers ask."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from vssid.domain.verification.proofs import Address
from vssid.kernel.ids import Phone
from vssid.web.ui import client
from vssid.web.ui.browser_marks import BrowserMarks

MARKS = BrowserMarks("vssid-phones")


def address(request: HttpRequest, phone: Phone) -> Address:
    """Where the request comes from, as limits count it for a code to this phone."""
    plain = client.address(request)
    return plain.known_by(phone.reveal()) if MARKS.know(request, phone.reveal()) else plain


def remember(request: HttpRequest, response: HttpResponse, phone: Phone) -> None:
    """Note that this phone was proved here."""
    MARKS.remember(request, response, phone.reveal())
