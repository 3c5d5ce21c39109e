"""GET and POST /quen-mat-khau, /mo-khoa-tai-khoan: who asks, and where the code shall go."""

from __future__ import annotations

import re
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vssid.domain.accounts.models.accounts import Claim
from vssid.domain.accounts.recovery import claims
from vssid.domain.verification.errors import Limited
from vssid.infra import mail
from vssid.web.ui import client
from vssid.web.ui.access import VisitRequest, public

from .. import browser
from .. import words as account_words
from ..forms import NameForm
from ..sign_in import REFUSED
from . import claim_cookie

SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: VisitRequest, purpose: str) -> HttpResponse:
    """GET and POST /quen-mat-khau and /mo-khoa-tai-khoan: the login name, and where the code shall go."""
    form = NameForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return ask_for_code(request, purpose, form)
    return draw(request, purpose, form, status=REFUSED if form.errors else 200)


def ask_for_code(request: VisitRequest, purpose: str, form: NameForm) -> HttpResponse:
    """Begin the claim of a valid form and go on to its code; too many are refused on the same page."""
    name = form.cleaned_data["name"]
    channel = _channel(request, purpose)
    secret = _claim_secret(request, purpose, name, channel)
    try:
        claims.ask(
            purpose,
            name,
            channel,
            secret=secret,
            address=client.address(request),
            known_device=browser.is_known(request, name),
            now=timezone.now(),
            before=claim_cookie.secret_of(request, purpose),
        )
    except Limited as limited:
        form.add_error(None, account_words.limited(limited))
        return draw(request, purpose, form, status=429)
    return claim_cookie.to_code(purpose, secret)


def _channel(request: HttpRequest, purpose: str) -> str:
    asked = request.POST.get("kenh", "")
    if purpose == Claim.RESET and (asked == Claim.BOTH or (asked == Claim.EMAIL and mail.is_offered())):
        return asked
    return Claim.SMS


def _claim_secret(request: HttpRequest, purpose: str, name: str, channel: str) -> str:
    """The same form sent twice is one claim; gone back to and corrected it is another."""
    said = f"{_given_secret(request)}|{purpose}|{name}|{channel}"
    return urlsafe_b64encode(sha256(said.encode()).digest()).decode().rstrip("=")


def _given_secret(request: HttpRequest) -> str:
    given = request.POST.get("khoa", "")
    return given if SECRET.fullmatch(given) else secrets.token_urlsafe(32)


def draw(request: VisitRequest, purpose: str, form: NameForm, *, status: int = 200) -> HttpResponse:
    """The first page of a purpose, with the secret that its form brings along."""
    page = {
        "form": form,
        "secret": _given_secret(request),
        "mail_on": mail.is_offered(),
        "thaw_hours": int(settings.THAW_WAIT.total_seconds() // 3600),
    }
    return render(request, f"citizen/account/recovery_{purpose}.html", page, status=status)
