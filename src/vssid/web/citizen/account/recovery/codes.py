"""…/ma: the code of a claim, what became of its text, and another code."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vssid.domain.accounts.errors import ClaimOver
from vssid.domain.accounts.models.accounts import Claim
from vssid.domain.accounts.recovery import claims, freezing
from vssid.domain.accounts.recovery.claims import ClaimView
from vssid.domain.verification.errors import CodeExpired, Limited, WrongCode
from vssid.infra import mail
from vssid.web.ui import client
from vssid.web.ui.access import VisitRequest, public
from vssid.web.ui.templatetags.ui import gio, ngay_gio
from vssid.web.ui.words.delivery import Step, message_steps

from .. import words as account_words
from ..forms import CodeForm
from ..sign_in import REFUSED
from . import claim_cookie, freeze


@public
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: VisitRequest, purpose: str) -> HttpResponse:
    """GET and POST …/ma: the code; `go=again` asks for another."""
    secret = claim_cookie.secret_of(request, purpose)
    claim = claims.view(secret, now=timezone.now()) if secret else None
    if claim is None or claim.purpose != purpose:
        return HttpResponseRedirect(claim_cookie.first_page(purpose))
    if claim.state == Claim.PROVED and purpose != Claim.FREEZE:
        return HttpResponseRedirect(claim_cookie.password_address(purpose))
    if request.method != "POST":
        return _code_page(request, claim, CodeForm())
    if request.POST.get("go") == "again":
        return _again(request, claim, secret)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _code_page(request, claim, form, status=REFUSED)
    return _enter(request, claim, secret, form)


def _again(request: VisitRequest, claim: ClaimView, secret: str) -> HttpResponse:
    try:
        claims.ask_again(secret, address=client.address(request), now=timezone.now())
    except Limited as limited:
        return _refused(request, claim, account_words.limited(limited), status=429)
    except ClaimOver:
        return HttpResponseRedirect(claim_cookie.first_page(claim.purpose))
    return HttpResponseRedirect(claim_cookie.code_address(claim.purpose))


def _enter(request: VisitRequest, claim: ClaimView, secret: str, form: CodeForm) -> HttpResponse:
    typed, address, now = form.cleaned_data["code"], client.address(request), timezone.now()
    try:
        if claim.purpose == Claim.FREEZE:
            freezing.freeze_by_code(secret, typed, address=address, now=now)
            return freeze.to_frozen()
        claims.enter(secret, claim.purpose, typed, address=address, now=now)
    except (WrongCode, CodeExpired, Limited) as refused:
        # Another tap of the same finger may have used the code up.
        fresh = claims.view(secret, now=now)
        if fresh is not None and fresh.state == Claim.PROVED:
            return HttpResponseRedirect(claim_cookie.password_address(claim.purpose))
        status = 429 if isinstance(refused, Limited) else REFUSED
        return _refused(request, claim, account_words.of_code(refused), status=status)
    except ClaimOver:
        return HttpResponseRedirect(claim_cookie.first_page(claim.purpose))
    return HttpResponseRedirect(claim_cookie.password_address(claim.purpose))


def _refused(request: VisitRequest, claim: ClaimView, words: str, *, status: int) -> HttpResponse:
    form = CodeForm({"code": "000000"})
    form.add_error("code", words)
    form.data = {}
    return _code_page(request, claim, form, status=status)


def _code_page(request: VisitRequest, claim: ClaimView, form: CodeForm, *, status: int = 200) -> HttpResponse:
    now = timezone.now()
    page: dict[str, Any] = {
        "form": form,
        "claim": claim,
        "mail_on": mail.is_offered(),
        "first_page": claim_cookie.first_page(claim.purpose),
        "code_address": claim_cookie.code_address(claim.purpose),
        "steps": _steps(claim),
        "other_steps": message_steps(claim.other_message)[1:] if claim.other_message else [],
        "may_again": claim.again_at <= now,
        "seconds": max(1, int((claim.again_at - now).total_seconds()) + 1),
    }
    return render(request, "citizen/account/recovery_code.html", page, status=status)


def _steps(claim: ClaimView) -> list[Step]:
    """The way of the message: as the network says for a device the account knows, else as it usually is."""
    asked = Step("done", _("Đã yêu cầu mã"), ngay_gio(claim.asked_at))
    if claim.message is not None:
        return [asked, *message_steps(claim.message)[1:]]
    usual = _("Tin thường đến trong 1 phút. Chưa đến: gửi lại được từ %(at)s.") % {"at": gio(claim.again_at)}
    return [asked, Step("now", _("Chờ mã đến"), "", usual)]
